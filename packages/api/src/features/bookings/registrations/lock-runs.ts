import type { Transaction } from "@lectern/database/transaction";
import type { Call } from "../../../call.ts";
import { lockCounters } from "../places/counter.ts";
import { lockSettled } from "../places/settle-places.ts";

/**
 * Locks the counters of several runs, all of them in the order that everybody keeps before anything
 * else is locked, and settles each.
 *
 * @throws NotFound for a run that does not exist
 */
export async function lockRuns(
  tx: Transaction,
  call: Call,
  runIds: readonly string[],
): Promise<void> {
  const ids = [...new Set(runIds)].toSorted();
  await lockCounters(tx, ids);
  for (const id of ids) await lockSettled(tx, call, id);
}
