import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

interface DeviceSearch {
  /** What the program shows, if it leads here itself. */
  code?: string | undefined;
}

function deviceSearchOf({ code }: Record<string, unknown>): DeviceSearch {
  return typeof code === "string" && /^[A-Za-z-]{1,20}$/u.test(code) ? { code } : {};
}

/** Approves a program that asks to be signed in. */
export const deviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/device",
  staticData: { page: "src/routes/account/device/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "DevicePage"),
  validateSearch: deviceSearchOf,
  head: accountHead("accountDevice"),
});
