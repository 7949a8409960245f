import { consumeOneTime, countWrongAnswer, findOneTime } from "@lectern/auth/one-time";
import type { Done, OneTimeProof, SignInAnswer } from "@lectern/contract/accounts";
import type { IdentityLinkInput, IdentityLinkOwnInput } from "@lectern/contract/identity";
import type { Database } from "@lectern/database/queryable";
import { type Transaction, transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { DomainError, conflict } from "../../../domain-error.ts";
import { DONE } from "../../../shared/done.ts";
import { tell } from "../../notifications/tell.ts";
import { type SignInParts, linkNotUsable } from "../accounts/complete-sign-in.ts";
import type { PersonCall } from "../accounts/person-call.ts";
import { checkPassword } from "../accounts/sign-in.ts";
import { callerOf, throttleBy } from "../accounts/throttles.ts";
import { listFactors } from "../factors/list-factors.ts";
import { requirePerson } from "../staff/require-person.ts";
import { LinkData } from "./ask-to-link.ts";
import { enter } from "./enter.ts";
import { isOfOwnDomain } from "./own-domain.ts";
import { type SignInProvider, findSignInProvider } from "./sign-in-provider.ts";
import { makeLearner, writeIdentity } from "./write-identity.ts";

/** So many wrong passwords, and it has to be begun again. */
const WRONG_PASSWORDS = 5;

/**
 * Links an account to who its owner is to a provider, for whoever knows its password, and signs them in.
 * Who has a second factor would get past it so: they sign in as they always do, and call `linkOwn`.
 *
 * @throws LinkNotUsable; SignInFailed for a wrong password; SecondFactorRequired; Conflict
 *   `already_exists`; RateLimited
 */
export async function linkByPassword(
  db: Database,
  call: Call,
  parts: SignInParts,
  { step, password }: z.infer<typeof IdentityLinkInput>,
): Promise<SignInAnswer> {
  await throttleBy(db, "link.address", callerOf(call));
  const wanted = await requireLink(db, call, step);
  const { personId, email, provider } = wanted;
  if ((await listFactors(db, personId)).length > 0) throw signInFirst();
  try {
    const { id } = await checkPassword(db, call, parts, { email, password });
    // The address may have gone over to another account meanwhile.
    if (id !== personId) throw linkNotUsable();
  } catch (error) {
    if (error instanceof DomainError && error.code === "SignInFailed") {
      await countWrongAnswer(db, step.id, WRONG_PASSWORDS);
    }
    throw error;
  }
  await transaction(db, {}, (tx) => link(tx, call, step, wanted));
  return enter(db, call, parts, provider, personId);
}

/**
 * The same for whoever is signed in, and has just shown who they are.
 *
 * @throws LinkNotUsable, also for the account of somebody else; Conflict `already_exists`; RateLimited
 */
export async function linkOwn(
  db: Database,
  call: PersonCall,
  { step }: z.infer<typeof IdentityLinkOwnInput>,
): Promise<Done> {
  await throttleBy(db, "link.address", callerOf(call));
  const wanted = await requireLink(db, call, step);
  if (wanted.personId !== call.actor.id) throw linkNotUsable();
  await transaction(db, {}, (tx) => link(tx, call, step, wanted));
  return DONE;
}

interface WantedLink {
  readonly personId: string;
  readonly email: string;
  readonly subject: string;
  readonly provider: SignInProvider;
}

async function requireLink(db: Database, call: Call, step: OneTimeProof): Promise<WantedLink> {
  const found = await findOneTime(db, call.accessKeys, "openid_link", step);
  const data = LinkData.safeParse(found?.data);
  if (found === undefined || !data.success) throw linkNotUsable();
  const { personId, email } = found;
  const { providerId, subject } = data.data;
  const provider = await findSignInProvider(db, call, { id: providerId });
  if (personId === null || email === null || provider === undefined) throw linkNotUsable();
  return { personId, email, subject, provider };
}

async function link(
  tx: Transaction,
  call: Call,
  step: OneTimeProof,
  { personId, email, subject, provider }: WantedLink,
): Promise<void> {
  const used = await consumeOneTime(tx, call.accessKeys, "openid_link", step);
  if (used === undefined) throw linkNotUsable();
  await requirePerson(tx, personId);
  const { id: providerId, organisationId } = provider;
  if (!(await writeIdentity(tx, call, { providerId, subject, personId }))) {
    throw conflict(
      "external_identity",
      "already_exists",
      `${provider.name} knows you as the owner of another account already.`,
    );
  }
  // Whoever has an address of the company's is let in by it as one of its people.
  if (organisationId !== null && (await isOfOwnDomain(tx, organisationId, email))) {
    await makeLearner(tx, call, { organisationId, personId });
  }
  await tell(tx, "factors_changed", personId);
}

function signInFirst(): DomainError {
  return new DomainError(
    { code: "SecondFactorRequired", data: { isEnrolled: true } },
    "This account has a second factor: sign in as you always do, and link it then.",
  );
}
