import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** Who is in a company, and who is invited. */
export const organisationPeopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/organisation/$id/people",
  staticData: { page: "src/routes/account/organisation-people/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "OrganisationPeoplePage"),
  head: accountHead("accountOrganisation"),
});
