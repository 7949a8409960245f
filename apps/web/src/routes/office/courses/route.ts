import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** The courses, in every state. */
export const officeCoursesRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/courses",
  staticData: { page: "src/routes/office/courses/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeCoursesPage"),
  head: officeHead("page_courses"),
});
