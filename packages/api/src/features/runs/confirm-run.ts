import { RunChanged, type RunConfirmInput } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { seatAllocation } from "@lectern/database/schema/bookings";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { tell } from "../notifications/tell.ts";
import { readRunChanged, requireRunVersion } from "./run-changed.ts";

/** Places of confirmed bookings, which count towards a run's minimum. In queries on `course_run`. */
export const bookedPlaces = sql<number>`coalesce((
  SELECT sum(${seatAllocation.quantity}) FROM ${seatAllocation}
  WHERE ${seatAllocation.runId} = course_run.id
    AND ${seatAllocation.state} = 'active' AND ${seatAllocation.kind} = 'booking'
), 0)::int`;

/**
 * Confirms a tentative run by decision of staff, whatever its numbers, and tells its bookers.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, and `wrong_state` for a run that is not tentative;
 *   IdempotencyMismatch
 */
export async function confirmRun(
  db: Database,
  call: Call,
  input: z.infer<typeof RunConfirmInput>,
): Promise<RunChanged> {
  await requireRunWithin(db, call, "runs.write", input.id);
  const confirmed = await transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "runs.confirm", input, RunChanged, async () => {
      const { status } = await requireRunVersion(tx, input.id, input.version);
      if (status !== "tentative") {
        throw conflict(
          "run",
          "wrong_state",
          `A date that is ${status} can't be confirmed.`,
          status,
        );
      }
      await writeConfirmed(tx, call, input.id, {});
      return readRunChanged(tx, input.id);
    }),
  );
  call.changed(input.id);
  return confirmed;
}

/**
 * Confirms a run by itself, once the places of its confirmed bookings have reached its minimum. A run
 * without a minimum is left to staff.
 *
 * The bookings of others that are under way ask for this again when they are done: so of two that come
 * together, the later sees both.
 *
 * @returns whether it was confirmed now
 */
export async function confirmAtMinimum(db: Database, call: Call, runId: string): Promise<boolean> {
  const isConfirmed = await transaction(db, { idempotent: true }, async (tx) => {
    const [run] = await tx
      .select({ status: courseRun.status, minPlaces: courseRun.minPlaces })
      .from(courseRun)
      .where(and(eq(courseRun.id, runId), sql`${courseRun.startsAt} > clock_timestamp()`))
      .for("no key update");
    if (run?.status !== "tentative" || run.minPlaces === 0) return false;
    // A statement of its own, so that it sees what was booked while this waited for the run.
    const [seen] = await tx
      .select({ booked: bookedPlaces })
      .from(courseRun)
      .where(eq(courseRun.id, runId));
    const booked = seen?.booked ?? 0;
    if (booked < run.minPlaces) return false;
    await writeConfirmed(tx, call, runId, { booked, minPlaces: run.minPlaces });
    return true;
  });
  if (isConfirmed) call.changed(runId);
  return isConfirmed;
}

/** Confirms a tentative run that the transaction has locked. */
async function writeConfirmed(
  tx: Transaction,
  call: Call,
  runId: string,
  because: Record<string, number>,
): Promise<void> {
  await tx
    .update(courseRun)
    .set({
      status: "confirmed",
      version: sql`${courseRun.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(courseRun.id, runId));
  await recordAudit(tx, call, {
    action: "run.confirm",
    entity: "run",
    entityId: runId,
    before: { status: "tentative" },
    after: { status: "confirmed", ...because },
  });
  await tell(tx, "run_confirmed", runId);
}
