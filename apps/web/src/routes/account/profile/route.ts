import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** What somebody told of themselves. */
export const profileRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account",
  staticData: { page: "src/routes/account/profile/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "ProfilePage"),
  head: accountHead("accountProfile"),
});
