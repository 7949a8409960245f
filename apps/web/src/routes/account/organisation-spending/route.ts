import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";
import { periodOf } from "../../../organisation/period.ts";

/** What a company booked, paid and still owes. */
export const organisationSpendingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/organisation/$id/spending",
  validateSearch: periodOf,
  staticData: { page: "src/routes/account/organisation-spending/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "OrganisationSpendingPage"),
  head: accountHead("accountOrganisation"),
});
