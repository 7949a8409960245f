import { OpenIdFailure } from "@lectern/auth/openid/openid-failure";
import type { ProviderAccess } from "@lectern/auth/openid/openid-providers";
import { type IdentityProviderCreateInput, IdentityProvider } from "@lectern/contract/identity";
import type { Database } from "@lectern/database/queryable";
import { identityProvider } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { conflict, invalid } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import type { Auth } from "../../../../trpc/context.ts";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import { requireOrganisation } from "../../organisations/require-organisation.ts";
import { issuerRefused } from "../refusals.ts";
import { readProvider, secretPlace } from "./provider-details.ts";

type CreateInput = z.infer<typeof IdentityProviderCreateInput>;

/**
 * Writes down a provider by which people of a company, or staff, sign in. It is asked who it is first: a
 * mistyped issuer is told here, and not to everybody who tries to sign in.
 *
 * @throws Invalid for an issuer that is none, or leads to where the academy does not go; NotFound for an
 *   organisation; Conflict `already_exists` for a slug that is taken, `wrong_state` for an organisation that
 *   was archived; IdempotencyMismatch
 */
export async function createProvider(
  db: Database,
  call: Call,
  parts: SignInParts,
  input: CreateInput,
): Promise<IdentityProvider> {
  const id = uuidv7();
  const issuer = await checkIssuer(parts.auth, { ...input, key: id });
  const clientSecret = await call.fields.encrypt(secretPlace(id), input.clientSecret);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "identity.createProvider", input, IdentityProvider, () =>
      create(tx, call, parts, { ...input, id, issuer, clientSecret }),
    ),
  );
}

async function checkIssuer(auth: Auth, settings: ProviderAccess): Promise<string> {
  const { search, hash, username, password } = new URL(settings.issuer);
  if (`${search}${hash}${username}${password}` !== "") {
    throw invalid("issuer", "An issuer is an address without a query or a fragment.");
  }
  try {
    return await auth.openid.check(settings);
  } catch (error) {
    if (error instanceof OpenIdFailure) throw issuerRefused(error);
    throw error;
  }
}

async function create(
  tx: Transaction,
  call: Call,
  parts: SignInParts,
  wanted: CreateInput & { readonly id: string },
): Promise<IdentityProvider> {
  const { id, slug, name, issuer, clientId, clientSecret } = wanted;
  const organisationId = wanted.organisationId ?? null;
  const maxAgeSeconds = wanted.maxAgeSeconds ?? null;
  const { asksSecondFactor, acrValues, amrValues } = wanted;
  const asked = { asksSecondFactor, acrValues, amrValues, maxAgeSeconds };
  if (organisationId !== null) await requireOrganisation(tx, organisationId);
  const created = await tx
    .insert(identityProvider)
    .values({ id, slug, name, issuer, clientId, clientSecret, organisationId, ...asked })
    .onConflictDoNothing({ target: identityProvider.slug })
    .returning({ id: identityProvider.id });
  if (created.length === 0) {
    throw conflict("identity_provider", "already_exists", "This name is taken.", "slug");
  }
  await recordAudit(tx, call, {
    action: "identity_provider.create",
    entity: "identity_provider",
    entityId: id,
    before: null,
    after: { slug, name, issuer, clientId, organisationId, ...asked },
  });
  return readProvider(tx, parts, id);
}
