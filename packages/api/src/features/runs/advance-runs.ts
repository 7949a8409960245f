import type { RunStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { enqueueAll } from "@lectern/jobs/queue";
import { recordAudit } from "../../shared/audit.ts";
import { settleAttendance } from "../attendance/attendance-jobs.ts";
import { settlingTime } from "../attendance/attendance-window.ts";
import { settleRegistrations } from "../attendance/settle-registrations.ts";

/** So many runs are moved on in one transaction. */
const BATCH = 100;

/**
 * Moves runs on by the clock: confirmed ones are in progress from their start, and completed from their
 * end. A tentative run that should have begun is left for staff to decide about. What became of the
 * registrations of a completed run follows from who was marked as there: at once for those who were
 * marked, and for all others once the time to mark is over.
 *
 * @returns how many moves that were
 */
export async function moveRunsOn(db: Database, call: Call): Promise<number> {
  const begun = await moveAll(db, call, "confirmed", "in_progress");
  return begun + (await moveAll(db, call, "in_progress", "completed"));
}

type Move = [from: RunStatus, to: "in_progress" | "completed"];

async function moveAll(db: Database, call: Call, ...move: Move): Promise<number> {
  let moved = 0;
  for (;;) {
    const ids = await transaction(db, { idempotent: true }, (tx) => moveBatch(tx, call, ...move));
    for (const id of ids) call.changed(id);
    moved += ids.length;
    if (ids.length < BATCH) return moved;
  }
}

async function moveBatch(tx: Transaction, call: Call, ...[from, to]: Move): Promise<string[]> {
  const moment = to === "in_progress" ? courseRun.startsAt : courseRun.endsAt;
  const due = await tx
    .select({ id: courseRun.id, endsAt: courseRun.endsAt })
    .from(courseRun)
    .where(and(eq(courseRun.status, from), lte(moment, sql`clock_timestamp()`)))
    .orderBy(asc(courseRun.id))
    .limit(BATCH)
    // Whoever works on a run may be about to move or cancel it: the next time will do.
    .for("no key update", { skipLocked: true });
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return ids;
  await tx
    .update(courseRun)
    .set({
      status: to,
      version: sql`${courseRun.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(inArray(courseRun.id, ids));
  await recordAudit(
    tx,
    call,
    ids.map((entityId) => ({
      action: to === "in_progress" ? "run.begin" : "run.complete",
      entity: "run",
      entityId,
      before: { status: from },
      after: { status: to },
    })),
  );
  if (to === "completed") {
    await settleRegistrations(tx, call, { runIds: ids });
    await enqueueAll(
      tx,
      settleAttendance,
      due.map(({ id: runId, endsAt }) => ({
        data: { runId },
        startAfter: settlingTime({ endsAt }),
      })),
    );
  }
  return ids;
}
