import { RunBlockChanged, type RunUnblockPlacesInput } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { seatAllocation } from "@lectern/database/schema/bookings";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { asStaff, reachFor, reachesRun } from "../../shared/reach.ts";
import { givePlacesBack } from "../bookings/places/counter.ts";
import { serveWaitlist } from "../bookings/places/serve-waitlist.ts";
import { lockSettled } from "../bookings/places/settle-places.ts";
import { capacityOf } from "./change-capacity.ts";

/**
 * Gives blocked places back: to the waiting list first, in the same transaction.
 *
 * @throws NotFound for what is no block; Conflict `wrong_state` for one that was given back already;
 *   IdempotencyMismatch
 */
export async function unblockPlaces(
  db: Database,
  call: Call,
  input: z.infer<typeof RunUnblockPlacesInput>,
): Promise<RunBlockChanged> {
  const { allocationId } = input;
  const [found] = await db
    .select({ runId: seatAllocation.runId })
    .from(seatAllocation)
    .where(and(eq(seatAllocation.id, allocationId), eq(seatAllocation.kind, "block")));
  const reach = asStaff(reachFor(call, "runs.write"));
  if (found === undefined || !(await reachesRun(db, reach, found.runId))) {
    throw notFound("allocation", allocationId);
  }
  const unblocked = await transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "runs.unblockPlaces", input, RunBlockChanged, () =>
      unblock(tx, call, found.runId, allocationId),
    ),
  );
  call.changed(found.runId);
  return unblocked;
}

async function unblock(
  tx: Transaction,
  call: Call,
  runId: string,
  allocationId: string,
): Promise<RunBlockChanged> {
  await lockSettled(tx, call, runId);
  const [released] = await tx
    .update(seatAllocation)
    .set({ state: "released", endedAt: sql`clock_timestamp()` })
    .where(and(eq(seatAllocation.id, allocationId), eq(seatAllocation.state, "active")))
    .returning({ quantity: seatAllocation.quantity });
  if (released === undefined) {
    throw conflict("allocation", "wrong_state", "These places are not blocked any more.");
  }
  await givePlacesBack(tx, runId, released.quantity);
  await recordAudit(tx, call, {
    action: "run.unblock_places",
    entity: "run",
    entityId: runId,
    before: { allocationId, quantity: released.quantity },
    after: null,
  });
  await serveWaitlist(tx, call, runId);
  return { ...(await capacityOf(tx, runId)), allocationId };
}
