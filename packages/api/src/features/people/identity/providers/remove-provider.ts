import { Done } from "@lectern/contract/accounts";
import type { IdentityProviderChangeInput } from "@lectern/contract/identity";
import type { Database } from "@lectern/database/queryable";
import { externalIdentity, identityProvider } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { DONE } from "../../../../shared/done.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import { tell } from "../../../notifications/tell.ts";
import { lockProvider } from "./provider-details.ts";

/**
 * Removes a provider, and who people are to it. They are told: whoever has no other way to sign in gets
 * one by a link that sets a password.
 *
 * @throws NotFound; Conflict `changed_meanwhile`; IdempotencyMismatch
 */
export async function removeProvider(
  db: Database,
  call: Call,
  input: z.infer<typeof IdentityProviderChangeInput>,
): Promise<Done> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "identity.removeProvider", input, Done, async () => {
      const { slug, issuer, organisationId } = await lockProvider(tx, input);
      const unlinked = await tx
        .delete(externalIdentity)
        .where(eq(externalIdentity.providerId, input.id))
        .returning({ personId: externalIdentity.personId });
      await tx.delete(identityProvider).where(eq(identityProvider.id, input.id));
      await recordAudit(tx, call, {
        action: "identity_provider.remove",
        entity: "identity_provider",
        entityId: input.id,
        before: { slug, issuer, organisationId, people: unlinked.length },
        after: null,
      });
      const people = new Set(unlinked.map(({ personId }) => personId));
      if (people.size > 0) await tell(tx, "factors_changed", [...people]);
      return DONE;
    }),
  );
}
