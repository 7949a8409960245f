import { Passkey, type PasskeyRenameInput } from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import { passkey } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { toPasskey } from "../read-factors.ts";
import { lockFactors } from "./change-factors.ts";

/**
 * Gives a passkey another name.
 *
 * @throws NotFound for one that is not there, or somebody else's; SecondFactorRequired, IdempotencyMismatch
 */
export async function renamePasskey(
  db: Database,
  call: PersonCall,
  input: z.infer<typeof PasskeyRenameInput>,
): Promise<Passkey> {
  const { id, name } = input;
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "factors.renamePasskey", input, Passkey, async () => {
      await lockFactors(tx, call);
      const [renamed] = await tx
        .update(passkey)
        .set({ name })
        .where(and(eq(passkey.id, id), eq(passkey.personId, call.actor.id)))
        .returning();
      if (renamed === undefined) throw notFound("passkey", id);
      await recordAudit(tx, call, {
        action: "passkey.rename",
        entity: "passkey",
        entityId: id,
        before: null,
        after: null,
      });
      return toPasskey(renamed);
    }),
  );
}
