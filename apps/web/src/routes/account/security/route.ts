import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** How somebody signs in, and where they are signed in. */
export const securityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/security",
  staticData: { page: "src/routes/account/security/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "SecurityPage"),
  head: accountHead("accountSecurity"),
});
