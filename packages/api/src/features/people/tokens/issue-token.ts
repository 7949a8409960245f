import { newApiToken } from "@lectern/auth/api-token";
import type { Permission } from "@lectern/auth/permissions";
import type { TokenCreated } from "@lectern/contract/tokens";
import { apiToken, person } from "@lectern/database/schema/people";
import type { Transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { tell } from "../../notifications/tell.ts";
import { apiTokenColumns, toApiToken } from "./api-token-row.ts";

export interface WantedToken {
  readonly name: string;
  readonly personId: string;
  readonly permissions: readonly Permission[];
  readonly days: number;
  /** The request of a program on a device that it answers. */
  readonly deviceGrantId?: string;
}

/**
 * Makes a token. Whether its owner may have one, with these permissions, is for the caller to know.
 *
 * @returns the token, which is nowhere else from now on, and what lists show of it
 */
export async function issueToken(
  tx: Transaction,
  call: Call,
  { name, personId, permissions, days, deviceGrantId }: WantedToken,
): Promise<TokenCreated> {
  const { token, lookup, secretHash } = newApiToken();
  const id = uuidv7();
  await tx.insert(apiToken).values({
    id,
    name,
    lookup,
    secretHash,
    personId,
    permissions: [...permissions],
    expiresAt: sql`clock_timestamp() + make_interval(days => ${days})`,
  });
  await recordAudit(tx, call, {
    action: "api_token.create",
    entity: "api_token",
    entityId: id,
    before: null,
    after: {
      ownerId: personId,
      permissions,
      days,
      ...(deviceGrantId !== undefined && { deviceGrantId }),
    },
  });
  // It is one more way in: its owner is told, who may not be the one who made it.
  await tell(tx, "factors_changed", personId);
  const [row] = await tx
    .select(apiTokenColumns)
    .from(apiToken)
    .innerJoin(person, eq(person.id, apiToken.personId))
    .where(eq(apiToken.id, id));
  if (row === undefined) throw new Error("The token was not inserted");
  return { token, about: toApiToken(row) };
}
