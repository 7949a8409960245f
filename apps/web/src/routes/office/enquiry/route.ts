import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { officeHead } from "../../../office/office-head.ts";
import { officeRoute } from "../office/route.ts";

/** One enquiry, with what was quoted. */
export const officeEnquiryRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: "/enquiries/$id",
  staticData: { page: "src/routes/office/enquiry/page.tsx" },
  component: lazyRouteComponent(() => import("./page.tsx"), "OfficeEnquiryPage"),
  head: officeHead("page_enquiries"),
});
