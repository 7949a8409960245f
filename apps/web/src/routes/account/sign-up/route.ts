import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { nextSearchOf } from "../../../account/next-page.ts";
import { rootRoute } from "../../root.tsx";

/** The way to an account. */
export const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-up",
  staticData: { page: "src/routes/account/sign-up/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "SignUpPage"),
  validateSearch: nextSearchOf,
  head: accountHead("accountSignUp"),
});
