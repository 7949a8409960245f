import type { RunCapacity, RunChangeCapacityInput } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { DomainError, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { lockCapacity, releaseLapsedHolds } from "../bookings/release-lapsed-holds.ts";

/**
 * Gives a run more or fewer places.
 *
 * @throws NotFound; CapacityBelowTaken, with how many are taken, when fewer are asked for than that
 */
export async function changeCapacity(
  db: Database,
  call: Call,
  input: z.infer<typeof RunChangeCapacityInput>,
): Promise<z.infer<typeof RunCapacity>> {
  return transaction(db, {}, async (tx) => {
    const locked = await lockCapacity(tx, input.id);
    if (locked === undefined) throw notFound("run", input.id);
    const freed = await releaseLapsedHolds(tx, call, input.id);
    const taken = locked.taken - freed;
    if (input.capacity < taken) {
      throw new DomainError(
        { code: "CapacityBelowTaken", data: { runId: input.id, taken, requested: input.capacity } },
        `${taken} places are taken: the capacity can't be less.`,
      );
    }
    await tx
      .update(runCapacity)
      .set({ capacity: input.capacity })
      .where(eq(runCapacity.runId, input.id));
    await recordAudit(tx, call, {
      action: "run.change_capacity",
      entity: "run",
      entityId: input.id,
      before: { capacity: locked.capacity },
      after: { capacity: input.capacity, reason: input.reason },
    });
    const { id, capacity } = input;
    return { id, capacity, taken, placesLeft: capacity - taken };
  });
}
