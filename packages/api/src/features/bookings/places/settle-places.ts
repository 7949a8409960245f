import type { Database } from "@lectern/database/queryable";
import { type Transaction, transaction } from "@lectern/database/transaction";
import type { Call } from "../../../call.ts";
import { type Counter, lockCounter } from "./counter.ts";
import { releaseLapsed } from "./release-lapsed.ts";
import { serveWaitlist } from "./serve-waitlist.ts";

/**
 * Locks a run's counter, frees what is past its time, and serves the queue: what everything that gives
 * or takes places begins with.
 *
 * @returns the counter as it is then
 * @throws NotFound for a run that does not exist
 */
export async function lockSettled(tx: Transaction, call: Call, runId: string): Promise<Counter> {
  const counter = await lockCounter(tx, runId);
  const freed = await releaseLapsed(tx, call, runId);
  const offered = await serveWaitlist(tx, call, runId);
  return freed === 0 && offered === 0 ? counter : lockCounter(tx, runId);
}

/** Frees what is past its time on a run, and serves its queue. For the worker, when a hold or an offer ends. */
export async function settlePlaces(db: Database, call: Call, runId: string): Promise<void> {
  await transaction(db, { idempotent: true }, (tx) => lockSettled(tx, call, runId));
  call.changed(runId);
}
