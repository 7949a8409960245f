import type { EnquiryKind } from "@lectern/contract/vocabulary";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { courseInput } from "../../../data/inputs.ts";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";
import { filterSearchOf, textOf } from "../filters/filter-search.ts";

const KINDS = ["contact", "company", "private_course"] as const satisfies EnquiryKind[];

export interface ContactSearch {
  kind?: EnquiryKind | undefined;
  /** Slug of the course that the enquiry is about. */
  course?: string | undefined;
}

function contactSearchOf(raw: Record<string, unknown>): ContactSearch {
  const kind = textOf(raw["kind"]);
  return {
    kind: KINDS.find((known) => known === kind),
    course: filterSearchOf({ topic: raw["course"] }).topic?.[0],
  };
}

export const contactRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/contact",
  staticData: { page: "src/routes/public/contact/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "ContactPage"),
  validateSearch: contactSearchOf,
  loaderDeps: ({ search: { course } }) => ({ course }),
  loader: async ({ context: { api, queryClient }, deps: { course } }) => {
    // A course that is gone is no reason not to be able to write.
    if (course !== undefined) {
      await queryClient.prefetchQuery(api.courses.bySlug.queryOptions(courseInput(course)));
    }
  },
  head: ({ match: { context } }) =>
    pageHead({
      ...context,
      title: context.translate("site.contact"),
      description: context.translate("titles.contactWords"),
      path: "/contact",
    }),
});
