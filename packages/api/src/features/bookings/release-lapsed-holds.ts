import {
  booking,
  registration,
  runCapacity,
  seatAllocation,
} from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";

/** A run's counter, locked until the transaction ends. */
export interface LockedCapacity {
  readonly capacity: number;
  readonly taken: number;
  readonly isOpen: boolean;
}

/**
 * Locks a run's counter. Whoever changes places other than by a claim does this first: the counter,
 * then allocations, then bookings, so that no two transactions wait for each other.
 *
 * @returns the counter as it is once the lock is held, or `undefined` for a run that does not exist
 */
export async function lockCapacity(
  tx: Transaction,
  runId: string,
): Promise<LockedCapacity | undefined> {
  const [locked] = await tx
    .select({
      capacity: runCapacity.capacity,
      taken: runCapacity.taken,
      isOpen: runCapacity.isOpen,
    })
    .from(runCapacity)
    .where(eq(runCapacity.runId, runId))
    .for("update");
  return locked;
}

/**
 * Frees the places of holds past their time, on a run whose counter the transaction has locked.
 * Expiry is decided by the database's clock after the wait for the lock.
 *
 * @returns how many places became free
 */
export async function releaseLapsedHolds(
  tx: Transaction,
  call: Call,
  runId: string,
): Promise<number> {
  const lapsed = await tx
    .update(seatAllocation)
    .set({ state: "expired", endedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(seatAllocation.runId, runId),
        eq(seatAllocation.state, "active"),
        sql`${seatAllocation.expiresAt} <= clock_timestamp()`,
      ),
    )
    .returning({ bookingId: seatAllocation.bookingId, quantity: seatAllocation.quantity });
  if (lapsed.length === 0) return 0;

  const freed = lapsed.reduce((sum, allocation) => sum + allocation.quantity, 0);
  await tx
    .update(runCapacity)
    .set({ taken: sql`${runCapacity.taken} - ${freed}` })
    .where(eq(runCapacity.runId, runId));

  const bookingIds = lapsed.map(({ bookingId }) => bookingId).filter((id) => id !== null);
  const expired = await tx
    .update(booking)
    .set({ status: "expired", updatedAt: sql`clock_timestamp()` })
    .where(and(inArray(booking.id, bookingIds), eq(booking.status, "held")))
    .returning({ id: booking.id });
  await tx
    .update(registration)
    .set({ status: "cancelled", updatedAt: sql`clock_timestamp()` })
    .where(and(inArray(registration.bookingId, bookingIds), eq(registration.status, "reserved")));
  await recordAudit(
    tx,
    call,
    expired.map(({ id }) => ({
      action: "booking.expire",
      entity: "booking",
      entityId: id,
      before: { status: "held" },
      after: { status: "expired" },
    })),
  );
  return freed;
}
