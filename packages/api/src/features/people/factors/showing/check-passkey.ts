import { checkAssertion } from "@lectern/auth/factors/passkeys";
import type { OneTimeProof } from "@lectern/contract/accounts";
import type { PasskeyAssertion } from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import { passkey } from "@lectern/database/schema/people";
import { and, eq, sql } from "drizzle-orm";
import type { Call } from "../../../../call.ts";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import { relyingPartyOf } from "../relying-party.ts";
import type { CountedAttempt } from "./attempt.ts";
import { takeChallenge } from "./challenges.ts";
import { type ShowingCeremony, asksOwner } from "./request-passkey.ts";
import type { RightFactor } from "./right-factor.ts";

export interface ShownPasskey {
  readonly ceremony: ShowingCeremony;
  readonly proof: OneTimeProof;
  readonly assertion: PasskeyAssertion;
}

/** @returns the passkey, if it is one of the person's and signed what it was asked for. The challenge is used up either way. */
export async function checkPasskey(
  db: Database,
  call: Call,
  parts: SignInParts,
  { personId }: CountedAttempt,
  { ceremony, proof, assertion }: ShownPasskey,
): Promise<RightFactor | undefined> {
  const challenge = await takeChallenge(db, call, ceremony, proof);
  if (challenge === undefined) return undefined;
  const [kept] = await db.select().from(passkey).where(eq(passkey.credentialId, assertion.id));
  if (kept === undefined || (personId !== null && kept.personId !== personId)) return undefined;
  const checked = await checkAssertion(
    {
      party: relyingPartyOf(parts),
      challenge,
      asksOwner: asksOwner(ceremony),
      isNamed: ceremony.for !== "sign_in",
      passkey: kept,
    },
    assertion,
  );
  if (checked === undefined) return undefined;
  const { counter, isBackedUp } = checked;
  return {
    kind: "passkey",
    personId: kept.personId,
    async take(tx) {
      const taken = await tx
        .update(passkey)
        .set({ counter, isBackedUp, lastUsedAt: sql`clock_timestamp()` })
        .where(
          and(
            eq(passkey.id, kept.id),
            // Authenticators that don't count say 0 for ever (WebAuthn level 3, 7.2, step 22).
            sql`(${passkey.counter} < ${counter} OR (${passkey.counter} = 0 AND ${counter} = 0))`,
          ),
        )
        .returning({ id: passkey.id });
      return taken.length === 1;
    },
  };
}
