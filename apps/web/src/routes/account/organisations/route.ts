import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** The companies that somebody is in, or can join. */
export const organisationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/organisation",
  staticData: { page: "src/routes/account/organisations/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "OrganisationsPage"),
  head: accountHead("accountOrganisation"),
});
