import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** An invitation, by the link from a mail: what opens it stands after `#`. */
export const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/invitation",
  staticData: { page: "src/routes/account/invitation/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "InvitationPage"),
  head: accountHead("accountInvitation"),
});
