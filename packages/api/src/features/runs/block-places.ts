import { RunBlockChanged, type RunBlockPlacesInput } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { seatAllocation } from "@lectern/database/schema/bookings";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { DomainError, conflict } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { takePlaces } from "../bookings/places/counter.ts";
import { lockSettled } from "../bookings/places/settle-places.ts";
import { capacityOf } from "./change-capacity.ts";

type BlockInput = z.infer<typeof RunBlockPlacesInput>;

/**
 * Keeps places of a run back, for as long as staff like. Only what is free can be blocked, once the
 * waiting list has been served.
 *
 * @throws NotFound; SoldOut, with the places that are left; Conflict `wrong_state` for a cancelled run;
 *   IdempotencyMismatch
 */
export async function blockPlaces(
  db: Database,
  call: Call,
  input: BlockInput,
): Promise<RunBlockChanged> {
  await requireRunWithin(db, call, "runs.write", input.id);
  const blocked = await transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "runs.blockPlaces", input, RunBlockChanged, () => block(tx, call, input)),
  );
  call.changed(input.id);
  return blocked;
}

async function block(
  tx: Transaction,
  call: Call,
  { id: runId, quantity, reason }: BlockInput,
): Promise<RunBlockChanged> {
  const { capacity, taken, isOpen } = await lockSettled(tx, call, runId);
  if (!isOpen) {
    throw conflict("run", "wrong_state", "A cancelled date has no places to block.", "cancelled");
  }
  if (!(await takePlaces(tx, runId, quantity))) {
    const placesLeft = capacity - taken;
    throw new DomainError(
      { code: "SoldOut", data: { runId, placesLeft, requested: quantity } },
      `Only ${placesLeft} of the ${quantity} places are left.`,
    );
  }
  const allocationId = uuidv7();
  await tx
    .insert(seatAllocation)
    .values({ id: allocationId, runId, quantity, kind: "block", note: reason });
  await recordAudit(tx, call, {
    action: "run.block_places",
    entity: "run",
    entityId: runId,
    before: null,
    after: { allocationId, quantity, reason },
  });
  return { ...(await capacityOf(tx, runId)), allocationId };
}
