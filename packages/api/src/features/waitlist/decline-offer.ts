import { type WaitlistEndInput, WaitlistEnded } from "@lectern/contract/waitlist";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { answering, endEntry } from "./end-entry.ts";
import { requireEntry } from "./read-entry.ts";

/**
 * Declines an offer: its places go to the next in line, and the party is out of the queue.
 *
 * @throws NotFound; Conflict `wrong_state` where no offer stands; IdempotencyMismatch
 */
export async function declineOffer(
  db: Database,
  call: Call,
  input: z.infer<typeof WaitlistEndInput>,
): Promise<WaitlistEnded> {
  const { entry } = await requireEntry(db, call, input);
  return answering(db, call, entry.runId, () =>
    transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "waitlist.decline", input, WaitlistEnded, () =>
        endEntry(tx, call, entry, ["offered"], "declined"),
      ),
    ),
  );
}
