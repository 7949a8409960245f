import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** A course begins. */
export const newCourseRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/courses/new",
  staticData: { page: "src/routes/office/new-course/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "NewCoursePage"),
  head: officeHead("page_courses"),
});
