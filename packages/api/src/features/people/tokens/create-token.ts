import { Id } from "@lectern/contract/primitives";
import type { TokenCreateInput, TokenCreated } from "@lectern/contract/tokens";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict } from "../../../domain-error.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { issueToken } from "./issue-token.ts";
import { mayNot, permissionsNamed, requireHeld } from "./wanted-permissions.ts";

/** What is kept of the answer: not the token. */
const Kept = z.object({ id: Id });

/**
 * Makes a token for a program of whoever is signed in. It is shown this once: nothing that is kept could
 * give it again, so that the same key again is told that it was made, and no more. Whoever lost it revokes
 * it, and makes another.
 *
 * @throws Forbidden for anybody who is not signed in, tokens included, and for permissions that they do
 *   not have; Invalid for unknown ones; Conflict `already_exists` for a key that was used before, with the
 *   id of the token that it made; IdempotencyMismatch
 */
export async function createToken(
  db: Database,
  call: Call,
  input: z.infer<typeof TokenCreateInput>,
): Promise<TokenCreated> {
  const { actor } = call;
  if (actor.kind !== "person") {
    throw mayNot("tokens.write", "Sign in to make a token: no token makes another.");
  }
  const permissions = permissionsNamed(input.permissions);
  requireHeld(actor, permissions);
  // Outside of the transaction: when that is run again as nobody knows whether it was committed, and it was,
  // the token that was made is the answer.
  let made: TokenCreated | undefined;
  const kept = await transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "tokens.create", input, Kept, async () => {
      made = await issueToken(tx, call, {
        name: input.name,
        personId: actor.id,
        permissions,
        days: input.expiresInDays,
      });
      return { id: made.about.id };
    }),
  );
  if (made?.about.id === kept.id) return made;
  throw conflict(
    "api_token",
    "already_exists",
    "This token was made already, and is not shown again. If nobody noted it, revoke it and make another.",
    kept.id,
  );
}
