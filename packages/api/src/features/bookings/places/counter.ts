import { runCapacity } from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";
import { notFound } from "../../../domain-error.ts";

/** A run's counter of places, locked until the transaction ends. */
export interface Counter {
  readonly runId: string;
  readonly capacity: number;
  readonly taken: number;
  readonly isOpen: boolean;
  readonly waiting: number;
}

/**
 * Locks a run's counter. Whoever changes places other than by a claim does this first: the counter,
 * then allocations, then bookings, so that no two transactions wait for each other.
 *
 * @returns the counter as it is once the lock is held
 * @throws NotFound for a run that does not exist
 */
export async function lockCounter(tx: Transaction, runId: string): Promise<Counter> {
  const [counter] = await lockCounters(tx, [runId]);
  if (counter === undefined) throw notFound("run", runId);
  return counter;
}

/**
 * Locks the counters of several runs, in the order of their ids, which everybody keeps.
 *
 * @returns the counters that exist, by run id ascending
 */
export async function lockCounters(
  tx: Transaction,
  runIds: readonly string[],
): Promise<readonly Counter[]> {
  return tx
    .select({
      runId: runCapacity.runId,
      capacity: runCapacity.capacity,
      taken: runCapacity.taken,
      isOpen: runCapacity.isOpen,
      waiting: runCapacity.waiting,
    })
    .from(runCapacity)
    .where(inArray(runCapacity.runId, [...new Set(runIds)]))
    .orderBy(runCapacity.runId)
    .for("update");
}

/**
 * Counts places of a run as taken, if there are so many. Who takes them writes the allocation.
 *
 * @param places 1 or more
 * @returns false when there are too few, or the run is cancelled
 */
export async function takePlaces(tx: Transaction, runId: string, places: number): Promise<boolean> {
  const taken = await tx
    .update(runCapacity)
    .set({ taken: sql`${runCapacity.taken} + ${places}` })
    .where(
      and(
        eq(runCapacity.runId, runId),
        eq(runCapacity.isOpen, true),
        sql`${runCapacity.taken} + ${places} <= ${runCapacity.capacity}`,
      ),
    )
    .returning({ runId: runCapacity.runId });
  return taken.length > 0;
}

/** Counts places of a run as free again. Who gives them back ends the allocation, and serves the queue. */
export async function givePlacesBack(
  tx: Transaction,
  runId: string,
  places: number,
): Promise<void> {
  if (places === 0) return;
  await tx
    .update(runCapacity)
    .set({ taken: sql`${runCapacity.taken} - ${places}` })
    .where(eq(runCapacity.runId, runId));
}
