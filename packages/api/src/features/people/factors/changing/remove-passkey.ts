import { Done } from "@lectern/contract/accounts";
import type { PasskeyRemoveInput } from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import { passkey } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../../../domain-error.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { removeFactor } from "./change-factors.ts";

/**
 * Removes a passkey.
 *
 * @throws NotFound for one that is not there, or somebody else's; Conflict `last_one`;
 *   SecondFactorRequired, IdempotencyMismatch
 */
export async function removePasskey(
  db: Database,
  call: PersonCall,
  parts: SignInParts,
  input: z.infer<typeof PasskeyRemoveInput>,
): Promise<Done> {
  const { id } = input;
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "factors.removePasskey", input, Done, async (): Promise<Done> => {
      await removeFactor(tx, call, parts, "passkey", async () => {
        const removed = await tx
          .delete(passkey)
          .where(and(eq(passkey.id, id), eq(passkey.personId, call.actor.id)))
          .returning({ id: passkey.id });
        if (removed.length === 0) throw notFound("passkey", id);
      });
      return { done: true };
    }),
  );
}
