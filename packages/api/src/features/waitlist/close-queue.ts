import type { WaitlistStatus } from "@lectern/contract/vocabulary";
import { runCapacity, seatAllocation, waitlistEntry } from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { givePlacesBack } from "../bookings/places/counter.ts";
import { tell } from "../notifications/tell.ts";

/**
 * Closes the waiting list of a run whose counter the transaction has locked: nobody in it gets places
 * any more, and all are told.
 *
 * @param whose those who wait, and those with an offer as well if the run does not take place
 * @returns how many parties that were
 */
export async function closeQueue(
  tx: Transaction,
  call: Call,
  runId: string,
  whose: readonly Extract<WaitlistStatus, "waiting" | "offered">[],
): Promise<number> {
  if (whose.includes("offered")) await takeOffersBack(tx, runId);
  if (whose.includes("waiting")) {
    await tx.update(runCapacity).set({ waiting: 0 }).where(eq(runCapacity.runId, runId));
  }
  const closed = await tx
    .update(waitlistEntry)
    .set({ status: "closed", endedAt: sql`clock_timestamp()`, updatedAt: sql`clock_timestamp()` })
    .where(and(eq(waitlistEntry.runId, runId), inArray(waitlistEntry.status, [...whose])))
    .returning({ id: waitlistEntry.id });
  for (const { id } of closed) await tell(tx, "waitlist_closed", id);
  await recordAudit(
    tx,
    call,
    closed.map(({ id }) => ({
      action: "waitlist.close",
      entity: "waitlist_entry",
      entityId: id,
      before: null,
      after: { status: "closed" },
    })),
  );
  return closed.length;
}

async function takeOffersBack(tx: Transaction, runId: string): Promise<void> {
  const released = await tx
    .update(seatAllocation)
    .set({ state: "released", endedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(seatAllocation.runId, runId),
        eq(seatAllocation.kind, "offer"),
        eq(seatAllocation.state, "active"),
      ),
    )
    .returning({ quantity: seatAllocation.quantity });
  await givePlacesBack(
    tx,
    runId,
    released.reduce((sum, { quantity }) => sum + quantity, 0),
  );
}
