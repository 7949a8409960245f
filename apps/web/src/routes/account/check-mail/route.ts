import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** What to do after signing up. */
export const checkMailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-up/check-mail",
  staticData: { page: "src/routes/account/check-mail/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "CheckMailPage"),
  head: accountHead("accountCheckMail"),
});
