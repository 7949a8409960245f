import { type RunCancelInput, RunChanged } from "@lectern/contract/runs";
import type { RunStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { courseRun, session } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { cancelBookingsOf } from "./cancel-bookings-of.ts";
import { readRunChanged, requireRunVersion } from "./run-changed.ts";

export const CAN_BE_CANCELLED: readonly RunStatus[] = ["draft", "tentative", "confirmed"];

/**
 * Cancels a run with all its bookings and its waiting list, and frees its rooms and instructors. Each
 * registration of a confirmed booking is offered another date or its money back.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, and `wrong_state` for a run that has begun or ended;
 *   IdempotencyMismatch
 */
export async function cancelRun(
  db: Database,
  call: Call,
  input: z.infer<typeof RunCancelInput>,
): Promise<RunChanged> {
  await requireRunWithin(db, call, "runs.write", input.id);
  const cancelled = await transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "runs.cancel", input, RunChanged, () => cancel(tx, call, input)),
  );
  call.changed(input.id);
  return cancelled;
}

async function cancel(
  tx: Transaction,
  call: Call,
  { id, version, reason }: z.infer<typeof RunCancelInput>,
): Promise<RunChanged> {
  const run = await requireRunVersion(tx, id, version);
  if (!CAN_BE_CANCELLED.includes(run.status)) {
    throw conflict(
      "run",
      "wrong_state",
      `A date that is ${run.status} can't be cancelled.`,
      run.status,
    );
  }
  await closeCounter(tx, id);
  await tx
    .update(courseRun)
    .set({
      status: "cancelled",
      cancelledReason: reason,
      calendarSequence: sql`${courseRun.calendarSequence} + 1`,
      version: sql`${courseRun.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(courseRun.id, id));
  await tx.update(session).set({ isActive: false }).where(eq(session.runId, id));
  const { bookings, parties } = await cancelBookingsOf(tx, call, id, "run.cancel");
  await recordAudit(tx, call, {
    action: "run.cancel",
    entity: "run",
    entityId: id,
    before: { status: run.status },
    after: { status: "cancelled", reason, bookings, parties },
  });
  return readRunChanged(tx, id);
}

/**
 * Locks a run's counter and closes it: a claim that waits for it looks at it again, and finds it
 * closed; one that was faster is cancelled with the others.
 */
export async function closeCounter(tx: Transaction, runId: string): Promise<void> {
  await tx.update(runCapacity).set({ isOpen: false }).where(eq(runCapacity.runId, runId));
}
