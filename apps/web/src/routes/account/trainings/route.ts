import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** What somebody learns, has learned, and waits for. */
export const trainingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/trainings",
  staticData: { page: "src/routes/account/trainings/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "TrainingsPage"),
  head: accountHead("accountTrainings"),
});
