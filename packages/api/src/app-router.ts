import { articlesRouter } from "./features/articles/articles.router.ts";
import { bookingsRouter } from "./features/bookings/bookings.router.ts";
import { coursesRouter } from "./features/courses/courses.router.ts";
import { enquiriesRouter } from "./features/enquiries/enquiries.router.ts";
import { runsRouter } from "./features/runs/runs.router.ts";
import { systemRouter } from "./features/system/system.router.ts";
import { router } from "./trpc/init.ts";

/** The tree of procedures. Its type is what the client package is made from. */
export const appRouter = router({
  articles: articlesRouter,
  bookings: bookingsRouter,
  courses: coursesRouter,
  enquiries: enquiriesRouter,
  runs: runsRouter,
  system: systemRouter,
});

export type AppRouter = typeof appRouter;
