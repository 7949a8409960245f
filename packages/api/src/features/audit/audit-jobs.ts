import { sealAudit } from "@lectern/database/audit/seal";
import type { Database } from "@lectern/database/queryable";
import { type JobHandler, handle } from "@lectern/jobs/handler";
import { defineQueue } from "@lectern/jobs/queue";
import { type Schedule, every } from "@lectern/jobs/schedule";
import { z } from "zod";

/** Seals what was written into the audit log since the last time. */
const auditSeal = defineQueue("audit.seal", z.object({}), { policy: "stately" });

/** What the worker does for the audit log. */
export function auditJobs({ db }: { readonly db: Database }): readonly JobHandler[] {
  return [
    handle(auditSeal, async (_data, { signal }) => {
      await sealAudit(db, { signal });
    }),
  ];
}

export const auditSchedules: readonly Schedule[] = [every("*/5 * * * * *", auditSeal, {})];
