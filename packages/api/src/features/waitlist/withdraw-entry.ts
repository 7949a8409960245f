import { WaitlistEnded, type WaitlistEndInput } from "@lectern/contract/waitlist";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { answering, endEntry } from "./end-entry.ts";
import { requireEntry } from "./read-entry.ts";

/**
 * Leaves the queue, whether or not places were offered already; those go to the next in line.
 *
 * @throws NotFound; Conflict `wrong_state` for a party that does not wait any more; IdempotencyMismatch
 */
export async function withdrawEntry(
  db: Database,
  call: Call,
  input: z.infer<typeof WaitlistEndInput>,
): Promise<WaitlistEnded> {
  const { entry } = await requireEntry(db, call, input);
  return answering(db, call, entry.runId, () =>
    transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "waitlist.withdraw", input, WaitlistEnded, () =>
        endEntry(tx, call, entry, ["waiting", "offered"], "withdrawn"),
      ),
    ),
  );
}
