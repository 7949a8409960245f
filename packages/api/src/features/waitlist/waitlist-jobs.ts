import type { Database } from "@lectern/database/queryable";
import { type JobHandler, handle } from "@lectern/jobs/handler";
import { defineQueue } from "@lectern/jobs/queue";
import { type Schedule, every } from "@lectern/jobs/schedule";
import { z } from "zod";
import { type SystemCallParts, systemCall } from "../../shared/system-call.ts";
import { closeWaitlists } from "./close-waitlists.ts";

/** Closes the waiting lists in which nothing can be offered any more. */
const closeQueues = defineQueue("waitlist.close", z.object({}), { policy: "stately" });

/** How the jobs of the waiting list are run. */
export function waitlistJobs(parts: SystemCallParts & { db: Database }): readonly JobHandler[] {
  return [
    handle(closeQueues, async (_data, { id }) => {
      await closeWaitlists(parts.db, systemCall(parts, id));
    }),
  ];
}

export const waitlistSchedules: readonly Schedule[] = [every("*/5 * * * *", closeQueues, {})];
