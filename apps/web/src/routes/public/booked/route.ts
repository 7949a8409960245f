import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";

/**
 * A booking, for whoever has its key: in the tab that booked, or with the private link, whose key stands
 * after `#` and is never sent to the server.
 */
export const bookedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/bookings/$reference",
  staticData: { page: "src/routes/public/booked/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "BookedPage"),
  head: ({ match: { context }, params: { reference } }) =>
    pageHead({
      ...context,
      title: context.translate("titles.booked", { reference }),
      description: context.translate("titles.bookedWords"),
      path: `/bookings/${reference}`,
      isPrivate: true,
    }),
});
