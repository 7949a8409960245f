import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** The places and dates of a company. */
export const organisationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/organisation/$id",
  staticData: { page: "src/routes/account/organisation/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "OrganisationPage"),
  head: accountHead("accountOrganisation"),
});
