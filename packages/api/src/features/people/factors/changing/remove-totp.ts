import { Done, type KeyedInput } from "@lectern/contract/accounts";
import type { Database } from "@lectern/database/queryable";
import { totpCredential } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { conflict } from "../../../../domain-error.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { removeFactor } from "./change-factors.ts";

/**
 * Removes somebody's app.
 *
 * @throws Conflict `wrong_state` where there is none, `last_one`; SecondFactorRequired, IdempotencyMismatch
 */
export async function removeTotp(
  db: Database,
  call: PersonCall,
  parts: SignInParts,
  input: z.infer<typeof KeyedInput>,
): Promise<Done> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "factors.removeTotp", input, Done, async (): Promise<Done> => {
      await removeFactor(tx, call, parts, "totp", async () => {
        const removed = await tx
          .delete(totpCredential)
          .where(eq(totpCredential.personId, call.actor.id))
          .returning({ personId: totpCredential.personId });
        if (removed.length > 0) return;
        throw conflict("person", "wrong_state", "There is no app of yours to be removed.");
      });
      return { done: true };
    }),
  );
}
