import { type IdentityProviderUpdateInput, IdentityProvider } from "@lectern/contract/identity";
import type { Database } from "@lectern/database/queryable";
import { identityProvider } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import { CHANGED, lockProvider, readProvider, secretPlace } from "./provider-details.ts";

type UpdateInput = z.infer<typeof IdentityProviderUpdateInput>;

/**
 * Changes how a provider is called, how Lectern is known to it, and what it is asked for.
 *
 * @throws NotFound; Conflict `changed_meanwhile`; IdempotencyMismatch
 */
export async function updateProvider(
  db: Database,
  call: Call,
  parts: SignInParts,
  input: UpdateInput,
): Promise<IdentityProvider> {
  const { clientSecret } = input;
  const encrypted =
    clientSecret === undefined
      ? undefined
      : await call.fields.encrypt(secretPlace(input.id), clientSecret);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "identity.updateProvider", input, IdentityProvider, () =>
      update(tx, call, parts, { ...input, encrypted }),
    ),
  );
}

async function update(
  tx: Transaction,
  call: Call,
  parts: SignInParts,
  input: UpdateInput & { readonly encrypted: string | undefined },
): Promise<IdentityProvider> {
  const { encrypted } = input;
  const found = await lockProvider(tx, input);
  const before = shownOf(found);
  const after = {
    name: input.name ?? before.name,
    clientId: input.clientId ?? before.clientId,
    asksSecondFactor: input.asksSecondFactor ?? before.asksSecondFactor,
    acrValues: input.acrValues ?? before.acrValues,
    amrValues: input.amrValues ?? before.amrValues,
    maxAgeSeconds: input.maxAgeSeconds === undefined ? before.maxAgeSeconds : input.maxAgeSeconds,
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
  return readProvider(tx, parts, input.id);
}

function shownOf(row: typeof identityProvider.$inferSelect) {
  const { name, clientId, asksSecondFactor, acrValues, amrValues, maxAgeSeconds } = row;
  return { name, clientId, asksSecondFactor, acrValues, amrValues, maxAgeSeconds };
}
