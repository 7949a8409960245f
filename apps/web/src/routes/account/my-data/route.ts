import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** What somebody agreed to, and what becomes of their data. */
export const myDataRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/privacy",
  staticData: { page: "src/routes/account/my-data/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "MyDataPage"),
  head: accountHead("accountMyData"),
});
