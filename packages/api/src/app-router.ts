import { academyRouter } from "./features/academy/academy.router.ts";
import { accountRouter } from "./features/people/accounts/account.router.ts";
import { articlesRouter } from "./features/articles/articles.router.ts";
import { attendanceRouter } from "./features/attendance/attendance.router.ts";
import { auditRouter } from "./features/audit/audit.router.ts";
import { calendarRouter } from "./features/calendar/calendar.router.ts";
import { bookingsRouter } from "./features/bookings/bookings.router.ts";
import { discountsRouter } from "./features/billing/discounts.router.ts";
import { peopleRouter } from "./features/people/staff/people.router.ts";
import { privacyRouter } from "./features/people/privacy/privacy.router.ts";
import { pricesRouter } from "./features/billing/prices.router.ts";
import { coursesRouter } from "./features/courses/courses.router.ts";
import { enquiriesRouter } from "./features/enquiries/enquiries.router.ts";
import { factorsRouter } from "./features/people/factors/factors.router.ts";
import { identityRouter } from "./features/people/identity/identity.router.ts";
import { jobsRouter } from "./features/jobs/jobs.router.ts";
import { keysRouter } from "./features/keys/keys.router.ts";
import { mailRouter } from "./features/notifications/mail.router.ts";
import { organisationsRouter } from "./features/people/organisations/organisations.router.ts";
import { quotesRouter } from "./features/quotes/quotes.router.ts";
import { reportsRouter } from "./features/reports/reports.router.ts";
import { registrationsRouter } from "./features/bookings/registrations.router.ts";
import { runsRouter } from "./features/runs/runs.router.ts";
import { systemRouter } from "./features/system/system.router.ts";
import { devicesRouter } from "./features/people/tokens/devices/devices.router.ts";
import { tokensRouter } from "./features/people/tokens/tokens.router.ts";
import { venuesRouter } from "./features/venues/venues.router.ts";
import { waitlistRouter } from "./features/waitlist/waitlist.router.ts";
import { router } from "./trpc/init.ts";

/**
 * The features by name. Written out, so that declarations refer to each router instead of repeating
 * it, and an editor finds a procedure where its feature declares it.
 */
export type Features = {
  academy: typeof academyRouter;
  account: typeof accountRouter;
  articles: typeof articlesRouter;
  attendance: typeof attendanceRouter;
  audit: typeof auditRouter;
  bookings: typeof bookingsRouter;
  calendar: typeof calendarRouter;
  courses: typeof coursesRouter;
  devices: typeof devicesRouter;
  discounts: typeof discountsRouter;
  enquiries: typeof enquiriesRouter;
  factors: typeof factorsRouter;
  identity: typeof identityRouter;
  jobs: typeof jobsRouter;
  keys: typeof keysRouter;
  mail: typeof mailRouter;
  organisations: typeof organisationsRouter;
  people: typeof peopleRouter;
  prices: typeof pricesRouter;
  privacy: typeof privacyRouter;
  quotes: typeof quotesRouter;
  registrations: typeof registrationsRouter;
  reports: typeof reportsRouter;
  runs: typeof runsRouter;
  system: typeof systemRouter;
  tokens: typeof tokensRouter;
  venues: typeof venuesRouter;
  waitlist: typeof waitlistRouter;
};

const features: Features = {
  academy: academyRouter,
  account: accountRouter,
  articles: articlesRouter,
  attendance: attendanceRouter,
  audit: auditRouter,
  bookings: bookingsRouter,
  calendar: calendarRouter,
  courses: coursesRouter,
  devices: devicesRouter,
  discounts: discountsRouter,
  enquiries: enquiriesRouter,
  factors: factorsRouter,
  identity: identityRouter,
  jobs: jobsRouter,
  keys: keysRouter,
  mail: mailRouter,
  organisations: organisationsRouter,
  people: peopleRouter,
  prices: pricesRouter,
  privacy: privacyRouter,
  quotes: quotesRouter,
  registrations: registrationsRouter,
  reports: reportsRouter,
  runs: runsRouter,
  system: systemRouter,
  tokens: tokensRouter,
  venues: venuesRouter,
  waitlist: waitlistRouter,
};

/** The tree of procedures. Its type is what the client package is made from. */
export const appRouter = router(features);

export type AppRouter = typeof appRouter;
