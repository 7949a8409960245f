import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** For whoever does not know their password any more. */
export const forgottenPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/forgotten-password",
  staticData: { page: "src/routes/account/forgotten-password/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "ForgottenPasswordPage"),
  head: accountHead("accountForgotten"),
});
