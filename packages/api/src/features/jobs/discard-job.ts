import { type DeadJobInput, JobDiscarded } from "@lectern/contract/jobs";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { discardDeadJob } from "@lectern/jobs/dead-jobs";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";

/**
 * Takes a job that failed for good off the list: what it was to do is not done.
 *
 * @throws NotFound when it is not among the dead ones (any more), IdempotencyMismatch
 */
export async function discardJob(
  db: Database,
  call: Call,
  input: z.infer<typeof DeadJobInput>,
): Promise<JobDiscarded> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "jobs.discard", input, JobDiscarded, async () => {
      const discarded = await discardDeadJob(tx, input.id);
      if (discarded === undefined) throw notFound("job", input.id);
      const { jobId, queue } = discarded;
      await recordAudit(tx, call, {
        action: "job.discard",
        entity: "job",
        entityId: jobId,
        before: { queue, state: "dead" },
        after: null,
      });
      return { jobId, queue };
    }),
  );
}
