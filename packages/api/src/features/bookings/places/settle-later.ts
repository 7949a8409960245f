import { outbox } from "@lectern/database/schema/operations";
import type { Transaction } from "@lectern/database/transaction";
import { uuidv7 } from "uuidv7";
import { settlePlacesQueue } from "./settle-queue.ts";

/** Has the worker look after a run when a hold or an offer on it ends. */
export async function settleLater(tx: Transaction, runId: string, at: Date): Promise<void> {
  await tx
    .insert(outbox)
    .values({ id: uuidv7(), queue: settlePlacesQueue.name, data: { runId }, dueAt: at });
}
