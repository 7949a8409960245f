import type { ReactNode } from "react";
import "./editing-foot.css";

/** What stays at the end of the window for as long as the text above is longer: how it stands, and what is asked. */
export function EditingFoot({ children }: { children: ReactNode }) {
  return <div className="editing-foot">{children}</div>;
}
