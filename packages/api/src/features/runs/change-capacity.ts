import { RunCapacity, type RunChangeCapacityInput } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { DomainError } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { lockCounter } from "../bookings/places/counter.ts";
import { serveWaitlist } from "../bookings/places/serve-waitlist.ts";
import { lockSettled } from "../bookings/places/settle-places.ts";
import { placesToMove } from "./read-ledger.ts";

type ChangeInput = z.infer<typeof RunChangeCapacityInput>;

/**
 * Gives a run more or fewer places. What it gets more goes to the waiting list at once.
 *
 * @throws NotFound; CapacityBelowTaken, with what would have to move, when fewer are asked for than are
 *   taken; IdempotencyMismatch
 */
export async function changeCapacity(
  db: Database,
  call: Call,
  input: ChangeInput,
): Promise<RunCapacity> {
  await requireRunWithin(db, call, "runs.write", input.id);
  const changed = await transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "runs.changeCapacity", input, RunCapacity, () => change(tx, call, input)),
  );
  call.changed(input.id);
  return changed;
}

async function change(
  tx: Transaction,
  call: Call,
  { id, capacity, reason }: ChangeInput,
): Promise<RunCapacity> {
  const counter = await lockSettled(tx, call, id);
  const { taken } = counter;
  if (capacity < taken) {
    const mustMove = await placesToMove(tx, id, taken - capacity);
    throw new DomainError(
      { code: "CapacityBelowTaken", data: { runId: id, taken, requested: capacity, mustMove } },
      `${taken} places are taken: the capacity can't be less.`,
    );
  }
  await tx.update(runCapacity).set({ capacity }).where(eq(runCapacity.runId, id));
  await recordAudit(tx, call, {
    action: "run.change_capacity",
    entity: "run",
    entityId: id,
    before: { capacity: counter.capacity },
    after: { capacity, reason },
  });
  await serveWaitlist(tx, call, id);
  return capacityOf(tx, id);
}

/** @returns the places of a run, as they are under the transaction's lock */
export async function capacityOf(tx: Transaction, runId: string): Promise<RunCapacity> {
  const { capacity, taken } = await lockCounter(tx, runId);
  return { id: runId, capacity, taken, placesLeft: capacity - taken };
}
