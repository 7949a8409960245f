import { checkCreated } from "@lectern/auth/factors/passkeys";
import {
  type FactorAdded,
  PASSKEYS_MAX,
  type PasskeyCompleteInput,
} from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import { passkey } from "@lectern/database/schema/people";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import { conflict, invalid } from "../../../../domain-error.ts";
import { type SignInParts, linkNotUsable } from "../../accounts/complete-sign-in.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { relyingPartyOf } from "../relying-party.ts";
import { takeChallenge } from "../showing/challenges.ts";
import { tooManyPasskeys } from "./begin-passkey.ts";
import { addFactor } from "./change-factors.ts";

/**
 * Keeps a passkey that a browser made. The challenge is used up, whatever comes of it.
 *
 * @throws LinkNotUsable for a challenge that is not this person's, used or too old; Invalid for what was
 *   not made for it; Conflict `already_exists`, `wrong_state` for too many; SecondFactorRequired, Unauthenticated
 */
export async function completePasskey(
  db: Database,
  call: PersonCall,
  parts: SignInParts,
  { proof, name, created }: z.infer<typeof PasskeyCompleteInput>,
): Promise<FactorAdded> {
  const { id: personId } = call.actor;
  const challenge = await takeChallenge(db, call, { for: "creation", personId }, proof);
  if (challenge === undefined) throw linkNotUsable();
  const made = await checkCreated(relyingPartyOf(parts), challenge, created);
  if (made === undefined) {
    throw invalid("created", "What your browser made can't be used here. Please try again.");
  }
  return addFactor(db, call, parts, "passkey", async (tx) => {
    if ((await tx.$count(passkey, eq(passkey.personId, personId))) >= PASSKEYS_MAX) {
      throw tooManyPasskeys();
    }
    const kept = await tx
      .insert(passkey)
      .values({ ...made, id: uuidv7(), personId, name, transports: [...made.transports] })
      .onConflictDoNothing({ target: passkey.credentialId })
      .returning({ id: passkey.id });
    if (kept.length > 0) return;
    throw conflict("passkey", "already_exists", "This passkey is known already.");
  });
}
