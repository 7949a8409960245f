import type { Done } from "@lectern/contract/accounts";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { Call } from "../../../call.ts";
import { noTokenShown } from "./read-shown-token.ts";
import { revoke } from "./revoke-token.ts";

/**
 * Makes the token worthless that the caller shows: a program signs itself out. The same again is refused,
 * as nobody shows it any more.
 *
 * @throws Unauthenticated for anybody who shows no token
 */
export async function revokeShownToken(db: Database, call: Call): Promise<Done> {
  const { actor } = call;
  if (actor.kind !== "token") throw noTokenShown();
  await transaction(db, { idempotent: true }, (tx) => revoke(tx, call, actor.id));
  return { done: true };
}
