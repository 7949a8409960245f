import { createRouter } from "@tanstack/react-router";
import type { SiteOptions } from "../router.tsx";
import { approveRoute } from "./public/approve/route.ts";
import { changeEmailRoute } from "./account/change-email/route.ts";
import { joinRoute } from "./public/join/route.ts";
import { claimRoute } from "./public/claim/route.ts";
import { deviceRoute } from "./account/device/route.ts";
import { firstAdministratorRoute } from "./account/first-administrator/route.ts";
import { invitationRoute } from "./account/invitation/route.ts";
import { organisationDetailsRoute } from "./account/organisation-details/route.ts";
import { organisationPeopleRoute } from "./account/organisation-people/route.ts";
import { organisationRoute } from "./account/organisation/route.ts";
import { organisationSpendingRoute } from "./account/organisation-spending/route.ts";
import { organisationsRoute } from "./account/organisations/route.ts";
import { openidRoute } from "./account/openid/route.ts";
import { quoteRoute } from "./public/quote/route.ts";
import { resetPasswordRoute } from "./account/reset-password/route.ts";
import { verifyRoute } from "./account/verify/route.ts";
import { officeTree } from "./office/office-tree.ts";
import { rootRoute } from "./root.tsx";
import { siteRoutes } from "./route-tree.ts";

/** Every page there is. */
const wholeTree = rootRoute.addChildren([
  ...siteRoutes,
  claimRoute,
  joinRoute,
  approveRoute,
  quoteRoute,
  openidRoute,
  verifyRoute,
  resetPasswordRoute,
  changeEmailRoute,
  invitationRoute,
  firstAdministratorRoute,
  deviceRoute,
  organisationsRoute,
  organisationRoute,
  organisationPeopleRoute,
  organisationSpendingRoute,
  organisationDetailsRoute,
  officeTree,
]);

/**
 * Makes the router of every page: on a server, and in a browser whose address is none of those that the first page
 * leads to. What only links in mails open, and the back office, would be a weight for everybody else.
 */
export function createWholeRouter(options: SiteOptions) {
  return createRouter({ ...options, routeTree: wholeTree });
}
