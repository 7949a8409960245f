import type { Database } from "@lectern/database/queryable";
import { type JobHandler, handle } from "@lectern/jobs/handler";
import { type Schedule, every } from "@lectern/jobs/schedule";
import { type SystemCallParts, systemCall } from "../../../shared/system-call.ts";
import { dropArchives } from "./export/drop-archives.ts";
import { writeExport } from "./export/write-export.ts";
import { eraseDue } from "./erasure/erase-due.ts";
import { forgetTraces } from "./erasure/forget-traces.ts";
import { exportQueue, forgetTracesQueue, privacySweepQueue } from "./privacy-queues.ts";

/** What the worker does for those whose data the academy keeps. */
export function privacyJobs(parts: SystemCallParts & { db: Database }): readonly JobHandler[] {
  const { db } = parts;
  return [
    handle(exportQueue, ({ requestId }, job) =>
      writeExport(db, systemCall(parts, job.id), requestId, job),
    ),
    handle(privacySweepQueue, async (_data, job) => {
      await dropArchives(db);
      await eraseDue(db, systemCall(parts, job.id));
    }),
    handle(forgetTracesQueue, (traces, job) => forgetTraces(db, systemCall(parts, job.id), traces)),
  ];
}

/** And when it does so by itself. */
export const privacySchedules: readonly Schedule[] = [every("*/10 * * * *", privacySweepQueue, {})];
