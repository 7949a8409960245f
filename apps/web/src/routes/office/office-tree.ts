import { checkWithoutEval } from "@lectern/contract/without-eval";
import { officeArticleRoute } from "./article/route.ts";
import { officeArticlesRoute } from "./articles/route.ts";
import { officeBookingRoute } from "./booking/route.ts";
import { officeBookingsRoute } from "./bookings/route.ts";
import { officeCourseRoute } from "./course/route.ts";
import { officeCoursesRoute } from "./courses/route.ts";
import { officeDiscountsRoute } from "./discounts/route.ts";
import { newArticleRoute } from "./new-article/route.ts";
import { newBookingRoute } from "./new-booking/route.ts";
import { newCourseRoute } from "./new-course/route.ts";
import { officeIndexRoute, officeRoute } from "./office/route.ts";
import { bookingsReportRoute } from "./reports/bookings/route.ts";
import { cancellationsReportRoute } from "./reports/cancellations/route.ts";
import { demandReportRoute } from "./reports/demand/route.ts";
import { enquiriesReportRoute } from "./reports/enquiries/route.ts";
import { occupancyReportRoute } from "./reports/occupancy/route.ts";
import { reportsRoute } from "./reports/route.ts";
import { runCheckInRoute } from "./run-check-in/route.ts";
import { runRoute } from "./run/route.ts";
import { newRunRoute } from "./schedule/new/route.ts";
import { scheduleRoute } from "./schedule/route.ts";
import { seriesRoute } from "./schedule/series/route.ts";
import { teachingRoute } from "./teaching/route.ts";
import { todayRoute } from "./today/route.ts";

// Before any page brings the shapes that its filters and forms are checked with. A server may do as it likes.
if (!import.meta.env.SSR) checkWithoutEval();

/** The pages of the back office. Who sees which of them says `src/office/pages.ts`. */
export const officeTree = officeRoute.addChildren([
  officeIndexRoute,
  todayRoute,
  scheduleRoute,
  newRunRoute,
  seriesRoute,
  officeCoursesRoute,
  newCourseRoute,
  officeCourseRoute,
  officeBookingsRoute,
  newBookingRoute,
  officeBookingRoute,
  officeDiscountsRoute,
  officeArticlesRoute,
  newArticleRoute,
  officeArticleRoute,
  runRoute,
  runCheckInRoute,
  teachingRoute,
  reportsRoute,
  bookingsReportRoute,
  occupancyReportRoute,
  demandReportRoute,
  enquiriesReportRoute,
  cancellationsReportRoute,
]);
