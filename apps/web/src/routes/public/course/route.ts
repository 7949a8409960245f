import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadOrNotFound } from "../../../data/load.ts";
import { breadcrumbThing, courseThing } from "../../../seo/course-thing.ts";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";

export const courseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/courses/$slug",
  staticData: { page: "src/routes/public/course/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "CoursePage"),
  loader: ({ context: { api, queryClient }, params: { slug } }) =>
    loadOrNotFound(queryClient, api.courses.bySlug.queryOptions({ slug })),
  head: ({ match: { context }, loaderData: course }) => {
    if (course === undefined) return {};
    const { translate, origin } = context;
    const path = `/courses/${course.slug}`;
    return pageHead({
      ...context,
      title: course.title,
      description: course.summary,
      path,
      about: [
        courseThing(course, origin),
        breadcrumbThing(origin, [
          { name: translate("catalogue.title"), path: "/courses" },
          { name: course.title, path },
        ]),
      ],
    });
  },
});
