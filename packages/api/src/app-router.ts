import { articlesRouter } from "./features/articles/articles.router.ts";
import { auditRouter } from "./features/audit/audit.router.ts";
import { bookingsRouter } from "./features/bookings/bookings.router.ts";
import { discountsRouter } from "./features/billing/discounts.router.ts";
import { pricesRouter } from "./features/billing/prices.router.ts";
import { coursesRouter } from "./features/courses/courses.router.ts";
import { enquiriesRouter } from "./features/enquiries/enquiries.router.ts";
import { jobsRouter } from "./features/jobs/jobs.router.ts";
import { mailRouter } from "./features/notifications/mail.router.ts";
import { registrationsRouter } from "./features/bookings/registrations.router.ts";
import { runsRouter } from "./features/runs/runs.router.ts";
import { systemRouter } from "./features/system/system.router.ts";
import { waitlistRouter } from "./features/waitlist/waitlist.router.ts";
import { router } from "./trpc/init.ts";

/**
 * The features by name. Written out, so that declarations refer to each router instead of repeating
 * it, and an editor finds a procedure where its feature declares it.
 */
export type Features = {
  articles: typeof articlesRouter;
  audit: typeof auditRouter;
  bookings: typeof bookingsRouter;
  courses: typeof coursesRouter;
  discounts: typeof discountsRouter;
  enquiries: typeof enquiriesRouter;
  jobs: typeof jobsRouter;
  mail: typeof mailRouter;
  prices: typeof pricesRouter;
  registrations: typeof registrationsRouter;
  runs: typeof runsRouter;
  system: typeof systemRouter;
  waitlist: typeof waitlistRouter;
};

const features: Features = {
  articles: articlesRouter,
  audit: auditRouter,
  bookings: bookingsRouter,
  courses: coursesRouter,
  discounts: discountsRouter,
  enquiries: enquiriesRouter,
  jobs: jobsRouter,
  mail: mailRouter,
  prices: pricesRouter,
  registrations: registrationsRouter,
  runs: runsRouter,
  system: systemRouter,
  waitlist: waitlistRouter,
};

/** The tree of procedures. Its type is what the client package is made from. */
export const appRouter = router(features);

export type AppRouter = typeof appRouter;
