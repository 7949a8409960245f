import { newTotpSecret, totpUri } from "@lectern/auth/factors/totp";
import { issueOneTime, oneTimeKey } from "@lectern/auth/one-time";
import type { TotpBegun } from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { listFactors } from "../list-factors.ts";
import { totpPlace } from "../totp-place.ts";
import { requireShownFactor } from "./change-factors.ts";

/** So long somebody may take to find their phone and install an app. */
const ENROLMENT_SECONDS = 900;

/**
 * Makes the secret of an app, which is shown this once. Nothing changes until a code of it is shown; one
 * that was begun before is worth nothing any more.
 *
 * @throws SecondFactorRequired
 */
export async function beginTotp(
  db: Database,
  call: PersonCall,
  { auth }: SignInParts,
): Promise<TotpBegun> {
  const { actor } = call;
  requireShownFactor(call, await listFactors(db, actor.id));
  const secret = newTotpSecret();
  const id = await issueOneTime(db, {
    kind: "totp_enrolment",
    personId: actor.id,
    data: { secret: await call.fields.encrypt(totpPlace(actor.id), secret) },
    lifetimeSeconds: ENROLMENT_SECONDS,
    replacesOthers: true,
  });
  return {
    proof: { id, key: oneTimeKey(call.accessKeys, id) },
    uri: totpUri(secret, { academy: auth.academy, email: actor.email }),
    secret,
    expiresAt: new Date(Date.now() + ENROLMENT_SECONDS * 1000).toISOString(),
  };
}
