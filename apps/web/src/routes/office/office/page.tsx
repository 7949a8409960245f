import { Outlet } from "@tanstack/react-router";
import { OfficeFrame } from "../../../office/office-frame.tsx";

export function OfficeFramePage() {
  return (
    <OfficeFrame>
      <Outlet />
    </OfficeFrame>
  );
}
