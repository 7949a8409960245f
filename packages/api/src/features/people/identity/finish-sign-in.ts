import { OpenIdFailure } from "@lectern/auth/openid/openid-failure";
import type { IdentityAnswer, IdentityFinishInput } from "@lectern/contract/identity";
import type { Database } from "@lectern/database/queryable";
import { externalIdentity } from "@lectern/database/schema/people";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { type SignInParts, linkNotUsable, signInFailed } from "../accounts/complete-sign-in.ts";
import { accountByEmail } from "../accounts/find-person.ts";
import { type VouchedFor, admitPerson } from "./admit-person.ts";
import { askToLink } from "./ask-to-link.ts";
import { enter } from "./enter.ts";
import { identityBySubject } from "./find-identity.ts";
import { type Refusal, noteRefusal } from "./note-refusal.ts";
import { type TakenAttempt, takeAttempt } from "./openid-attempt.ts";
import { redirectUriOf } from "./redirect-uri.ts";
import { notLetIn, providerUnreachable } from "./refusals.ts";
import { type SignInProvider, findSignInProvider } from "./sign-in-provider.ts";
import { throttleOpenId } from "./throttle.ts";

type FinishInput = z.infer<typeof IdentityFinishInput>;

/**
 * Lets in whoever comes back from a provider. Whom the provider is known to know is signed in; for
 * somebody new there is an account if they belong here; and whose address has an account already shows
 * first that it is theirs: a provider alone never gets at an account that was there before.
 *
 * @throws LinkNotUsable for a way back that is used, too old, or another browser's; SignInFailed for what
 *   the provider says and does not hold, for who does not belong here, and `suspended`; ProviderUnreachable;
 *   RateLimited
 */
export async function finishSignIn(
  db: Database,
  call: Call,
  parts: SignInParts,
  input: FinishInput,
): Promise<IdentityAnswer> {
  await throttleOpenId(db, call);
  const attempt = await takeAttempt(db, call, parts.browser.openidToken, input.state);
  const provider = await findSignInProvider(db, call, { id: attempt.providerId });
  if (provider === undefined) throw linkNotUsable();
  if (provider.slug !== input.provider) {
    // It came back to another's address: what it holds is shown to neither.
    return refuse(db, call, { providerId: provider.id, reason: "token", detail: "mixed_up" });
  }
  const shown = await exchange(db, call, parts, { provider, attempt, input });
  const { returnTo } = attempt;
  // Of two who come for the first time at once, the slower finds what the faster has made.
  return (
    (await letIn(db, call, parts, { provider, shown, returnTo })) ??
    (await letIn(db, call, parts, { provider, shown, returnTo })) ??
    refuse(db, call, { providerId: provider.id, reason: "token", detail: "taken" })
  );
}

interface Exchange {
  readonly provider: SignInProvider;
  readonly attempt: TakenAttempt;
  readonly input: FinishInput;
}

/** @returns whom the provider vouches for */
async function exchange(
  db: Database,
  call: Call,
  parts: SignInParts,
  { provider, attempt, input }: Exchange,
): Promise<VouchedFor> {
  const providerId = provider.id;
  const { state, code } = input;
  const redirectUri = redirectUriOf(parts, provider);
  const returned = { redirectUri, state, code, iss: input.iss ?? undefined };
  try {
    const claims = await parts.auth.openid.finish(provider.settings, attempt.secrets, returned);
    const { subject, verifiedEmail: email, name } = claims;
    if (email !== undefined) return { subject, email, name };
  } catch (error) {
    if (!(error instanceof OpenIdFailure)) throw error;
    const { reason, detail } = error;
    if (reason !== "refused") throw providerUnreachable(provider.name);
    return refuse(db, call, { providerId, reason: "token", detail });
  }
  return refuse(db, call, { providerId, reason: "unverified_email" });
}

interface Arrival {
  readonly provider: SignInProvider;
  readonly shown: VouchedFor;
  readonly returnTo: string;
}

/** @returns `undefined` where the address or the subject has got an account in this moment */
async function letIn(
  db: Database,
  call: Call,
  parts: SignInParts,
  { provider, shown, returnTo }: Arrival,
): Promise<IdentityAnswer | undefined> {
  const providerId = provider.id;
  // In this order: an account that is made with its identity in this moment is seen with it.
  const account = await accountByEmail.first(db, { email: shown.email });
  const known = await identityBySubject.first(db, { providerId, subject: shown.subject });
  if (known !== undefined) {
    const { personId } = known;
    if (known.isSuspended) {
      await noteRefusal(db, call, { providerId, personId, reason: "suspended" });
      throw signInFailed("suspended");
    }
    if (!known.isMember) return refuse(db, call, { providerId, personId, reason: "not_a_member" });
    await db
      .update(externalIdentity)
      .set({ lastUsedAt: sql`clock_timestamp()` })
      .where(eq(externalIdentity.id, known.id));
    return { ...(await enter(db, call, parts, provider, personId)), returnTo };
  }
  if (account !== undefined) return askToLink(db, call, { provider, shown, account, returnTo });
  const admission = await admitPerson(db, call, provider, shown);
  if ("isTaken" in admission) return undefined;
  if ("refused" in admission) return refuse(db, call, { providerId, reason: admission.refused });
  return { ...(await enter(db, call, parts, provider, admission.personId)), returnTo };
}

async function refuse(db: Database, call: Call, refusal: Refusal): Promise<never> {
  await noteRefusal(db, call, refusal);
  throw notLetIn();
}
