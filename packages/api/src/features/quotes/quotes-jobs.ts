import type { Database } from "@lectern/database/queryable";
import { type JobHandler, handle } from "@lectern/jobs/handler";
import { defineQueue } from "@lectern/jobs/queue";
import { type Schedule, every } from "@lectern/jobs/schedule";
import { z } from "zod";
import { type SystemCallParts, systemCall } from "../../shared/system-call.ts";
import { expireQuotes } from "./expire-quotes.ts";

/** Ends the quotes whose day is over. */
const expireQueue = defineQueue("quotes.expire", z.object({}), { policy: "stately" });

/** How the jobs of quotes are run. */
export function quotesJobs(parts: SystemCallParts & { db: Database }): readonly JobHandler[] {
  return [
    handle(expireQueue, async (_data, { id }) => {
      await expireQuotes(parts.db, systemCall(parts, id));
    }),
  ];
}

export const quotesSchedules: readonly Schedule[] = [every("*/5 * * * *", expireQueue, {})];
