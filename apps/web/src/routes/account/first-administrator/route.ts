import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** Makes the first administrator, by the link that the start of an academy prints. */
export const firstAdministratorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/first-administrator",
  staticData: { page: "src/routes/account/first-administrator/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "FirstAdministratorPage"),
  head: accountHead("accountFirst"),
});
