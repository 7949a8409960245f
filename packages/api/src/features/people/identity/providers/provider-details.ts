import type { FieldPlace } from "@lectern/auth/encryption/field-cipher";
import type { IdentityProvider } from "@lectern/contract/identity";
import type { Queryable } from "@lectern/database/queryable";
import { organisation } from "@lectern/database/schema/organisations";
import { externalIdentity, identityProvider } from "@lectern/database/schema/people";
import type { Transaction } from "@lectern/database/transaction";
import { eq, getTableColumns, sql } from "drizzle-orm";
import { conflict, notFound } from "../../../../domain-error.ts";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import { redirectUriOf } from "../redirect-uri.ts";

const { clientSecret: _, ...shown } = getTableColumns(identityProvider);

/** What staff see of a provider. Queries that use it join `organisation` on the left. */
export const providerColumns = {
  ...shown,
  organisationName: organisation.name,
  people: sql<number>`(SELECT count(*)::int FROM ${externalIdentity}
    WHERE ${externalIdentity.providerId} = ${identityProvider.id})`,
};

export type ProviderRow = Omit<typeof identityProvider.$inferSelect, "clientSecret"> & {
  readonly organisationName: string | null;
  readonly people: number;
};

/** Where the secret of a provider stands. */
export function secretPlace(id: string): FieldPlace {
  return { table: "identity_provider", column: "client_secret", id };
}

/** @returns the provider as the contract describes it */
export function toIdentityProvider(row: ProviderRow, parts: SignInParts): IdentityProvider {
  const { organisationId, organisationName, updatedAt: _updatedAt, createdAt, ...rest } = row;
  return {
    ...rest,
    organisation:
      organisationId === null || organisationName === null
        ? null
        : { id: organisationId, name: organisationName },
    redirectUri: redirectUriOf(parts, row),
    createdAt: createdAt.toISOString(),
  };
}

/** @throws NotFound */
export async function readProvider(
  db: Queryable,
  parts: SignInParts,
  id: string,
): Promise<IdentityProvider> {
  const [row] = await db
    .select(providerColumns)
    .from(identityProvider)
    .leftJoin(organisation, eq(organisation.id, identityProvider.organisationId))
    .where(eq(identityProvider.id, id));
  if (row === undefined) throw notFound("identity_provider", id);
  return toIdentityProvider(row, parts);
}

/**
 * Locks a provider that is to be changed.
 *
 * @throws NotFound; Conflict `changed_meanwhile`
 */
export async function lockProvider(
  tx: Transaction,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<typeof identityProvider.$inferSelect> {
  const [found] = await tx
    .select()
    .from(identityProvider)
    .where(eq(identityProvider.id, id))
    .for("update");
  if (found === undefined) throw notFound("identity_provider", id);
  if (found.version !== version) {
    throw conflict(
      "identity_provider",
      "changed_meanwhile",
      "Somebody changed this provider since you read it: read it again.",
    );
  }
  return found;
}

/** What every change sets besides. */
export const CHANGED = {
  version: sql`${identityProvider.version} + 1`,
  updatedAt: sql`clock_timestamp()`,
};
