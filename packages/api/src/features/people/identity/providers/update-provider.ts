import { type IdentityProviderUpdateInput, IdentityProvider } from "@lectern/contract/identity";
import type { Database } from "@lectern/database/queryable";
import { identityProvider } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import { CHANGED, lockProvider, readProvider, secretPlace } from "./provider-details.ts";

type UpdateInput = z.infer<typeof IdentityProviderUpdateInput>;

/**
 * Changes how a provider is called, and how Lectern is known to it.
 *
 * @throws NotFound; Conflict `changed_meanwhile`; IdempotencyMismatch
 */
export async function updateProvider(
  db: Database,
  call: Call,
  input: UpdateInput,
): Promise<IdentityProvider> {
  const { clientSecret } = input;
  const encrypted =
    clientSecret === undefined
      ? undefined
      : await call.fields.encrypt(secretPlace(input.id), clientSecret);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "identity.updateProvider", input, IdentityProvider, () =>
      update(tx, call, input, encrypted),
    ),
  );
}

async function update(
  tx: Transaction,
  call: Call,
  input: UpdateInput,
  encrypted: string | undefined,
): Promise<IdentityProvider> {
  const found = await lockProvider(tx, input);
  const before = shownOf(found);
  const after = {
    name: input.name ?? before.name,
    clientId: input.clientId ?? before.clientId,
    asksSecondFactor: input.asksSecondFactor ?? before.asksSecondFactor,
  };
  await tx
    .update(identityProvider)
    .set({ ...after, ...(encrypted !== undefined && { clientSecret: encrypted }), ...CHANGED })
    .where(eq(identityProvider.id, input.id));
  await recordAudit(tx, call, {
    action: "identity_provider.update",
    entity: "identity_provider",
    entityId: input.id,
    before,
    after: { ...after, hasNewSecret: encrypted !== undefined },
  });
  return readProvider(tx, input.id);
}

function shownOf({ name, clientId, asksSecondFactor }: typeof identityProvider.$inferSelect) {
  return { name, clientId, asksSecondFactor };
}
