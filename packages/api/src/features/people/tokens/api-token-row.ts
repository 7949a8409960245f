import type { ApiToken } from "@lectern/contract/tokens";
import { apiToken, person } from "@lectern/database/schema/people";
import { sql } from "drizzle-orm";

/** What lists show of a token: nothing that it could be recognised by. Queries that use it join `person`. */
export const apiTokenColumns = {
  id: apiToken.id,
  name: apiToken.name,
  permissions: apiToken.permissions,
  ownerId: person.id,
  ownerName: person.name,
  /** On the database's clock, as it decides whether the token is good. */
  state: sql<ApiToken["state"]>`CASE
    WHEN ${apiToken.revokedAt} IS NOT NULL THEN 'revoked'
    WHEN ${apiToken.expiresAt} <= clock_timestamp() THEN 'expired'
    ELSE 'active' END`,
  createdAt: apiToken.createdAt,
  expiresAt: apiToken.expiresAt,
  lastUsedAt: apiToken.lastUsedAt,
  lastUsedAddress: apiToken.lastUsedAddress,
  revokedAt: apiToken.revokedAt,
};

export interface ApiTokenRow {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly ownerId: string;
  readonly ownerName: string;
  readonly state: ApiToken["state"];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly lastUsedAddress: string | null;
  readonly revokedAt: Date | null;
}

/** @returns the token as the contract describes it */
export function toApiToken(row: ApiTokenRow): ApiToken {
  return {
    id: row.id,
    name: row.name,
    permissions: [...row.permissions],
    owner: { id: row.ownerId, name: row.ownerName },
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUsedAddress: row.lastUsedAddress,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
