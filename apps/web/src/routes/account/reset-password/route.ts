import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** Sets a password anew, by the link from a mail: what opens it stands after `#`. */
export const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/reset-password",
  staticData: { page: "src/routes/account/reset-password/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "ResetPasswordPage"),
  head: accountHead("accountReset"),
});
