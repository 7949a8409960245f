import { stepOfCode } from "@lectern/auth/factors/totp";
import { consumeOneTime, countWrongAnswer, findOneTime } from "@lectern/auth/one-time";
import type { FactorAdded, TotpCompleteInput } from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import { totpCredential } from "@lectern/database/schema/people";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { invalid } from "../../../../domain-error.ts";
import { type SignInParts, linkNotUsable } from "../../accounts/complete-sign-in.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { totpPlace } from "../totp-place.ts";
import { addFactor } from "./change-factors.ts";

/** Whoever sets it up has the secret before them: this is no guard, but an end. */
const WRONG_CODES = 10;

const Data = z.object({ secret: z.string() });

/**
 * Sets up an app that has shown that it has the secret; one that was set up before is replaced. The code is
 * taken with it, and good for nothing else.
 *
 * @throws LinkNotUsable for an enrolment that is not this person's, used, replaced or too old; Invalid for
 *   a wrong code; SecondFactorRequired, Unauthenticated
 */
export async function completeTotp(
  db: Database,
  call: PersonCall,
  parts: SignInParts,
  { proof, code }: z.infer<typeof TotpCompleteInput>,
): Promise<FactorAdded> {
  const { actor, fields } = call;
  const begun = await findOneTime(db, call.accessKeys, "totp_enrolment", proof);
  if (begun === undefined || begun.personId !== actor.id) throw linkNotUsable();
  const place = totpPlace(actor.id);
  const plain = await fields.decrypt(place, Data.parse(begun.data).secret);
  const lastStep = stepOfCode(plain, code);
  if (lastStep === undefined) {
    await countWrongAnswer(db, begun.id, WRONG_CODES);
    throw invalid(
      "code",
      "This is not the code of the app. Check that the clock of the phone is right.",
    );
  }
  // Anew, with the key of now.
  const secret = await fields.encrypt(place, plain);
  return addFactor(db, call, parts, "totp", async (tx) => {
    const isGood = await consumeOneTime(tx, call.accessKeys, "totp_enrolment", proof);
    if (isGood === undefined) throw linkNotUsable();
    const values = { secret, lastStep, lastUsedAt: null };
    await tx
      .insert(totpCredential)
      .values({ personId: actor.id, ...values })
      .onConflictDoUpdate({
        target: totpCredential.personId,
        set: { ...values, createdAt: sql`clock_timestamp()` },
      });
  });
}
