import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** What a company is called, where its invoices go, and which domains are its own. */
export const organisationDetailsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/organisation/$id/details",
  staticData: { page: "src/routes/account/organisation-details/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "OrganisationDetailsPage"),
  head: accountHead("accountOrganisation"),
});
