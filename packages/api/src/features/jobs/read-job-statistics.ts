import type { JobsStatistics } from "@lectern/contract/jobs";
import type { Database } from "@lectern/database/queryable";
import { countDueOutbox, queueStatistics } from "@lectern/jobs/queue-statistics";
import type { z } from "zod";
import type { Call } from "../../call.ts";

/** How much waits, runs and has failed, queue by queue. */
export async function readJobStatistics(
  db: Database,
  _call: Call,
): Promise<z.infer<typeof JobsStatistics>> {
  const [queues, inOutbox] = await Promise.all([queueStatistics(db), countDueOutbox(db)]);
  return {
    queues: queues.map((queue) => ({
      ...queue,
      waitingSince: queue.waitingSince?.toISOString() ?? null,
    })),
    inOutbox,
  };
}
