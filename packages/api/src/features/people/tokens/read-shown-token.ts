import type { TokenSelf } from "@lectern/contract/tokens";
import type { Database } from "@lectern/database/queryable";
import { apiToken, person } from "@lectern/database/schema/people";
import { eq } from "drizzle-orm";
import type { Call } from "../../../call.ts";
import { DomainError } from "../../../domain-error.ts";
import { heldBy } from "./wanted-permissions.ts";

/**
 * Whose token the caller shows, and what it can do at this moment.
 *
 * @throws Unauthenticated for anybody who shows none, or one that is unknown, expired or revoked: they are
 *   not told apart
 */
export async function readShownToken(db: Database, { actor }: Call): Promise<TokenSelf> {
  if (actor.kind === "operator") return { kind: "operator" };
  if (actor.kind !== "token") throw noTokenShown();
  const [found] = await db
    .select({
      id: apiToken.id,
      name: apiToken.name,
      expiresAt: apiToken.expiresAt,
      ownerId: person.id,
      ownerName: person.name,
    })
    .from(apiToken)
    .innerJoin(person, eq(person.id, apiToken.personId))
    .where(eq(apiToken.id, actor.id));
  if (found === undefined) throw noTokenShown();
  return {
    kind: "token",
    id: found.id,
    name: found.name,
    permissions: [...heldBy(actor)],
    expiresAt: found.expiresAt.toISOString(),
    owner: { id: found.ownerId, name: found.ownerName },
  };
}

export function noTokenShown(): DomainError {
  return new DomainError(
    { code: "Unauthenticated", data: {} },
    "No token was shown, or one that is unknown, expired or revoked.",
  );
}
