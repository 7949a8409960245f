import { isKnownDevice } from "@lectern/auth/known-device";
import { issueOneTime, oneTimeKey } from "@lectern/auth/one-time";
import { TooManyWaiting } from "@lectern/auth/passwords/semaphore";
import type { SignInAnswer, SignInInput } from "@lectern/contract/accounts";
import type { SignInMethod } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { password } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import type { Auth } from "../../../trpc/context.ts";
import { listFactors } from "../factors/list-factors.ts";
import { type SignInParts, completeSignIn, signInFailed } from "./complete-sign-in.ts";
import { type AccountRow, accountByEmail } from "./find-person.ts";
import { unlessBusy } from "./password-rules.ts";
import { knownVisitor, visitorOf } from "./password-visitor.ts";
import { sameAddress, throttleBy, waitOf } from "./throttles.ts";

/** So long somebody who has shown a password may take to show the second factor. */
const STEP_SECONDS = 300;

/** Stands for nobody, where there has to be an id. */
export const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * Signs somebody in by their password, or asks for their second factor first.
 *
 * Whether there is such an account shows neither in the answer nor in the time that it takes: everything
 * that is done for one is done for none as well. Whoever guesses from many addresses is slowed down for
 * the account as a whole, but for the devices of its owner. Few are looked up at once, and few passwords worked
 * out; no connection is held by who waits for that.
 *
 * @throws SignInFailed, RateLimited
 */
export async function signIn(
  db: Database,
  call: Call,
  parts: SignInParts,
  input: z.infer<typeof SignInInput>,
): Promise<SignInAnswer> {
  const found = await checkPassword(db, call, parts, input);
  return finishOrAsk(db, call, parts, found.id, "password");
}

/**
 * @returns the account whose password this is
 * @throws SignInFailed, RateLimited
 */
export async function checkPassword(
  db: Database,
  call: Call,
  { auth, browser }: SignInParts,
  input: { readonly email: string; readonly password: string },
): Promise<AccountRow> {
  const email = sameAddress(input.email);
  const visitor = visitorOf(db, call);
  const { deviceToken } = browser;
  const mayBeKnown = deviceToken !== undefined;
  const { found, isKnown } = await unlessBusy(() =>
    auth.passwords.admit({ ...visitor, mayBeKnown }, () =>
      lookUp(db, { email, caller: visitor.caller, deviceToken }),
    ),
  );
  const { isRight, needsRehash } = await unlessBusy(() =>
    auth.passwords.verify(
      found?.passwordHash ?? null,
      input.password,
      found !== undefined && isKnown ? knownVisitor(db, found.id) : visitor,
    ),
  );
  if (found === undefined || !isRight) {
    await noteFailure(db, call, found?.id ?? NOBODY);
    throw signInFailed("wrong");
  }
  if (found.isSuspended) {
    await noteFailure(db, call, found.id);
    throw signInFailed("suspended");
  }
  if (needsRehash) await rehash(db, auth, found, input.password);
  return found;
}

/**
 * Counts the attempt, and looks up whose it is.
 *
 * @returns also whether it comes from a device of the account's owner
 * @throws RateLimited
 */
async function lookUp(
  db: Database,
  attempt: {
    readonly email: string;
    readonly caller: string;
    readonly deviceToken: string | undefined;
  },
): Promise<{ readonly found: AccountRow | undefined; readonly isKnown: boolean }> {
  const { email, caller, deviceToken } = attempt;
  await throttleBy(db, "sign_in.address", caller);
  await throttleBy(db, "sign_in.account_and_address", `${email}|${caller}`);
  const found = await accountByEmail.first(db, { email });
  const isKnown = await isKnownDevice(db, deviceToken, found?.id ?? NOBODY);
  if (isKnown) {
    // The attempts of others don't count against its owner.
    await waitOf(db, "sign_in.account", email);
  } else {
    await throttleBy(db, "sign_in.account", email);
  }
  return { found, isKnown };
}

/** Signs in whoever has shown who they are, or asks for the second factor that they have. */
export async function finishOrAsk(
  db: Database,
  call: Call,
  parts: SignInParts,
  personId: string,
  method: SignInMethod,
): Promise<SignInAnswer> {
  const factors = await listFactors(db, personId);
  if (factors.length === 0) {
    await completeSignIn(db, call, parts, { personId, method, hasSecondFactor: false });
    return { state: "signed_in" };
  }
  const id = await issueOneTime(db, {
    kind: "second_factor",
    personId,
    data: { method },
    lifetimeSeconds: STEP_SECONDS,
  });
  return {
    state: "second_factor",
    step: { id, key: oneTimeKey(call.accessKeys, id) },
    factors: [...factors],
    expiresAt: new Date(Date.now() + STEP_SECONDS * 1000).toISOString(),
  };
}

async function noteFailure(db: Database, call: Call, personId: string): Promise<void> {
  await transaction(db, {}, (tx) =>
    recordAudit(tx, call, {
      action: "person.sign_in_failed",
      entity: "person",
      entityId: personId,
      before: null,
      after: { method: "password" },
    }),
  );
}

/** The parameters of hashing have changed since: nothing else is different. Another time will do, if many wait. */
async function rehash(
  db: Database,
  { passwords }: Auth,
  found: AccountRow,
  shown: string,
): Promise<void> {
  if (found.passwordHash === null) return;
  const hash = await passwords.hash(shown, knownVisitor(db, found.id)).catch((error: unknown) => {
    if (error instanceof TooManyWaiting) return undefined;
    throw error;
  });
  if (hash === undefined) return;
  await db
    .update(password)
    .set({ hash })
    .where(and(eq(password.personId, found.id), eq(password.hash, found.passwordHash)));
}
