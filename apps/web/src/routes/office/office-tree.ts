import { checkWithoutEval } from "@lectern/contract/without-eval";
import { officeArticleRoute } from "./article/route.ts";
import { officeArticlesRoute } from "./articles/route.ts";
import { officeBookingRoute } from "./booking/route.ts";
import { officeBookingsRoute } from "./bookings/route.ts";
import { officeCourseRoute } from "./course/route.ts";
import { officeCoursesRoute } from "./courses/route.ts";
import { officeDiscountsRoute } from "./discounts/route.ts";
import { officeEnquiriesRoute } from "./enquiries/route.ts";
import { officeEnquiryRoute } from "./enquiry/route.ts";
import { newArticleRoute } from "./new-article/route.ts";
import { newBookingRoute } from "./new-booking/route.ts";
import { newCourseRoute } from "./new-course/route.ts";
import { officeIndexRoute, officeRoute } from "./office/route.ts";
import { officeOrganisationRoute } from "./organisation/route.ts";
import { officeOrganisationsRoute } from "./organisations/route.ts";
import { officePeopleRoute } from "./people/route.ts";
import { officePersonRoute } from "./person/route.ts";
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
import { academySettingsRoute } from "./settings/academy/route.ts";
import { officeVenueRoute } from "./settings/venue/route.ts";
import { officeVenuesRoute } from "./settings/venues/route.ts";
import { officeAuditRoute } from "./settings/audit/route.ts";
import { officeJobsRoute } from "./settings/jobs/route.ts";
import { officeKeysRoute } from "./settings/keys/route.ts";
import { officeMailRoute } from "./settings/mail/route.ts";
import { officePrivacyRoute } from "./settings/privacy/route.ts";
import { officeSignInRoute } from "./settings/sign-in/route.ts";
import { settingsRoute } from "./settings/route.ts";
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
  officePeopleRoute,
  officePersonRoute,
  officeOrganisationsRoute,
  officeOrganisationRoute,
  officeEnquiriesRoute,
  officeEnquiryRoute,
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
  settingsRoute,
  academySettingsRoute,
  officeVenuesRoute,
  officeVenueRoute,
  officeAuditRoute,
  officeJobsRoute,
  officeKeysRoute,
  officeMailRoute,
  officePrivacyRoute,
  officeSignInRoute,
]);
