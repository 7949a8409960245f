import { articlesRouter } from "./features/articles/articles.router.ts";
import { bookingsRouter } from "./features/bookings/bookings.router.ts";
import { coursesRouter } from "./features/courses/courses.router.ts";
import { enquiriesRouter } from "./features/enquiries/enquiries.router.ts";
import { runsRouter } from "./features/runs/runs.router.ts";
import { systemRouter } from "./features/system/system.router.ts";
import { router } from "./trpc/init.ts";

/**
 * The features by name. Written out, so that declarations refer to each router instead of repeating
 * it, and an editor finds a procedure where its feature declares it.
 */
export type Features = {
  articles: typeof articlesRouter;
  bookings: typeof bookingsRouter;
  courses: typeof coursesRouter;
  enquiries: typeof enquiriesRouter;
  runs: typeof runsRouter;
  system: typeof systemRouter;
};

const features: Features = {
  articles: articlesRouter,
  bookings: bookingsRouter,
  courses: coursesRouter,
  enquiries: enquiriesRouter,
  runs: runsRouter,
  system: systemRouter,
};

/** The tree of procedures. Its type is what the client package is made from. */
export const appRouter = router(features);

export type AppRouter = typeof appRouter;
