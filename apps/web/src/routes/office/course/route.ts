import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** One course: what it says, in all its languages and versions. */
export const officeCourseRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/courses/$id",
  staticData: { page: "src/routes/office/course/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeCoursePage"),
  head: officeHead("page_courses"),
});
