import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** Confirms another address, by the link from a mail: what opens it stands after `#`. */
export const changeEmailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/change-email",
  staticData: { page: "src/routes/account/change-email/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "ChangeEmailPage"),
  head: accountHead("accountChangeEmail"),
});
