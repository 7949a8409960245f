import type { Database } from "@lectern/database/queryable";
import { type JobHandler, handle } from "@lectern/jobs/handler";
import { defineQueue } from "@lectern/jobs/queue";
import { type Schedule, every } from "@lectern/jobs/schedule";
import { z } from "zod";
import { mendSums } from "./sums/mend-sums.ts";
import { settleSums } from "./sums/settle-sums.ts";

/** Computes the sums of days anew that have gone stale. */
export const settleQueue = defineQueue("reports.settle", z.object({}), {
  policy: "stately",
  expireInSeconds: 1800,
});

/** Looks whether all sums are right. Tried once: what was wrong is mended by then, and would not be seen again. */
const checkQueue = defineQueue("reports.check", z.object({}), {
  policy: "stately",
  expireInSeconds: 3600,
  retryLimit: 0,
});

/** What the worker does for reports: they are the same without it, and slower. */
export function reportsJobs({ db }: { readonly db: Database }): readonly JobHandler[] {
  return [
    handle(settleQueue, async (_data, { signal }) => {
      await settleSums(db, { signal });
    }),
    handle(checkQueue, () => mendSums(db)),
  ];
}

export const reportsSchedules: readonly Schedule[] = [
  every("* * * * *", settleQueue, {}),
  every("43 3 * * *", checkQueue, {}),
];
