import { type DeadJobInput, JobRetried } from "@lectern/contract/jobs";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { retryDeadJob } from "@lectern/jobs/dead-jobs";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";

/**
 * Runs a job again that failed for good, with all its attempts before it.
 *
 * @throws NotFound when it is not among the dead ones (any more), IdempotencyMismatch
 */
export async function retryJob(
  db: Database,
  call: Call,
  input: z.infer<typeof DeadJobInput>,
): Promise<JobRetried> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "jobs.retry", input, JobRetried, async () => {
      const retried = await retryDeadJob(tx, input.id);
      if (retried === undefined) throw notFound("job", input.id);
      const { jobId, queue, isWaiting } = retried;
      await recordAudit(tx, call, {
        action: "job.retry",
        entity: "job",
        entityId: jobId,
        before: { queue, state: "dead" },
        after: { queue, state: isWaiting ? "waiting" : "left_out" },
      });
      return { jobId, queue, isWaiting };
    }),
  );
}
