import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { courseInput } from "../../../data/inputs.ts";
import { loadOrNotFound } from "../../../data/load.ts";
import { breadcrumbThing, courseThing } from "../../../seo/course-thing.ts";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";

export const courseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/courses/$slug",
  staticData: { page: "src/routes/public/course/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "CoursePage"),
  loader: async ({ context: { api, queryClient }, params: { slug } }) => {
    const found = await loadOrNotFound(
      queryClient,
      api.courses.bySlug.queryOptions(courseInput(slug)),
    );
    // An address that it had before leads to the one that it has now.
    if (found.slug !== slug) {
      const params = { slug: found.slug };
      redirect({ to: "/courses/$slug", params, statusCode: 301, throw: true });
    }
    return found;
  },
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
