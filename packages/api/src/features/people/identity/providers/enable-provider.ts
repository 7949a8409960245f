import { type IdentityProviderChangeInput, IdentityProvider } from "@lectern/contract/identity";
import type { Database } from "@lectern/database/queryable";
import { identityProvider } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import { CHANGED, lockProvider, readProvider } from "./provider-details.ts";

type ChangeInput = z.infer<typeof IdentityProviderChangeInput>;

/**
 * Lets nobody sign in at a provider any more, until it is enabled again. Who they are to it stays known,
 * and who is signed in stays signed in.
 *
 * @throws NotFound; Conflict `changed_meanwhile`; IdempotencyMismatch
 */
export function disableProvider(
  db: Database,
  call: Call,
  parts: SignInParts,
  input: ChangeInput,
): Promise<IdentityProvider> {
  return setEnabled(db, call, parts, { ...input, isEnabled: false });
}

/**
 * Lets people sign in at a provider again.
 *
 * @throws NotFound; Conflict `changed_meanwhile`; IdempotencyMismatch
 */
export function enableProvider(
  db: Database,
  call: Call,
  parts: SignInParts,
  input: ChangeInput,
): Promise<IdentityProvider> {
  return setEnabled(db, call, parts, { ...input, isEnabled: true });
}

async function setEnabled(
  db: Database,
  call: Call,
  parts: SignInParts,
  input: ChangeInput & { readonly isEnabled: boolean },
): Promise<IdentityProvider> {
  const { isEnabled } = input;
  const verb = isEnabled ? "enable" : "disable";
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, `identity.providers.${verb}`, input, IdentityProvider, async () => {
      const found = await lockProvider(tx, input);
      await tx
        .update(identityProvider)
        .set({ isEnabled, ...CHANGED })
        .where(eq(identityProvider.id, input.id));
      await recordAudit(tx, call, {
        action: `identity_provider.${verb}`,
        entity: "identity_provider",
        entityId: input.id,
        before: { isEnabled: found.isEnabled },
        after: { isEnabled },
      });
      return readProvider(tx, parts, input.id);
    }),
  );
}
