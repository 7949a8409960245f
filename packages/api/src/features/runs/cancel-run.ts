import type { RunCancelInput, RunChanged } from "@lectern/contract/runs";
import type { RunStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import {
  booking,
  registration,
  runCapacity,
  seatAllocation,
} from "@lectern/database/schema/bookings";
import { courseRun, session } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { readRunChanged, requireRunVersion } from "./run-changed.ts";

export const CAN_BE_CANCELLED: readonly RunStatus[] = ["draft", "tentative", "confirmed"];

/**
 * Cancels a run with all its bookings, and frees its rooms and instructors.
 *
 * The counter is closed first: a claim that waits for it re-checks it, and one that was faster is
 * cancelled with the others.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, and `wrong_state` for a run that has begun or ended
 */
export async function cancelRun(
  db: Database,
  call: Call,
  input: z.infer<typeof RunCancelInput>,
): Promise<RunChanged> {
  return transaction(db, {}, async (tx) => {
    const { id, reason } = input;
    await tx.update(runCapacity).set({ isOpen: false }).where(eq(runCapacity.runId, id));
    const run = await requireRunVersion(tx, id, input.version);
    if (!CAN_BE_CANCELLED.includes(run.status)) {
      throw conflict(
        "run",
        "wrong_state",
        `A date that is ${run.status} can't be cancelled.`,
        run.status,
      );
    }
    await tx
      .update(courseRun)
      .set({
        status: "cancelled",
        cancelledReason: reason,
        version: sql`${courseRun.version} + 1`,
        updatedAt: sql`clock_timestamp()`,
      })
      .where(eq(courseRun.id, id));
    await tx.update(session).set({ isActive: false }).where(eq(session.runId, id));
    const bookings = await cancelBookingsOf(tx, call, id, "run.cancel");
    await recordAudit(tx, call, {
      action: "run.cancel",
      entity: "run",
      entityId: id,
      before: { status: run.status },
      after: { status: "cancelled", reason, bookings },
    });
    return readRunChanged(tx, id);
  });
}

/**
 * Cancels the bookings of a run whose counter the transaction has locked, and gives their places back.
 *
 * @param because what cancelled the run, for the audit log
 * @returns how many bookings were still alive
 */
export async function cancelBookingsOf(
  tx: Transaction,
  call: Call,
  runId: string,
  because: "run.cancel" | "run.import",
): Promise<number> {
  await tx
    .update(seatAllocation)
    .set({ state: "released", endedAt: sql`clock_timestamp()` })
    .where(and(eq(seatAllocation.runId, runId), eq(seatAllocation.state, "active")));
  await tx.update(runCapacity).set({ taken: 0 }).where(eq(runCapacity.runId, runId));
  const cancelled = await tx
    .update(booking)
    .set({
      status: "cancelled",
      cancelledAt: sql`clock_timestamp()`,
      cancelledReason: "The date was cancelled.",
      updatedAt: sql`clock_timestamp()`,
    })
    .where(
      and(
        eq(booking.runId, runId),
        inArray(booking.status, ["held", "awaiting_payment", "awaiting_approval", "confirmed"]),
      ),
    )
    .returning({ id: booking.id });
  const ids = cancelled.map(({ id }) => id);
  await tx
    .update(registration)
    .set({ status: "cancelled", updatedAt: sql`clock_timestamp()` })
    .where(
      and(
        inArray(registration.bookingId, ids),
        inArray(registration.status, ["reserved", "confirmed"]),
      ),
    );
  await recordAudit(
    tx,
    call,
    ids.map((entityId) => ({
      action: "booking.cancel",
      entity: "booking",
      entityId,
      before: null,
      after: { status: "cancelled", because },
    })),
  );
  return ids.length;
}
