import { issueOneTime, oneTimeKey } from "@lectern/auth/one-time";
import type { OneTimeProof } from "@lectern/contract/accounts";
import type { Database } from "@lectern/database/connect";
import { authSession } from "@lectern/database/schema/people";
import { eq, sql } from "drizzle-orm";
import { newKey, testCall } from "./factories.ts";
import { type SignedIn, signIn } from "./signed-in.ts";
import { SoftwareAuthenticator } from "./software-authenticator.ts";
import { TestBrowser, type TestBrowserOptions } from "./test-browser.ts";
import { codeFromApp, letStepsPass } from "./totp-app.ts";

/** Somebody with a browser in which they are signed in. */
export interface Member {
  readonly id: string;
  readonly browser: TestBrowser;
}

/** @returns somebody who has signed in by a password alone, and has no second factor yet */
export async function member(
  db: Database,
  options: TestBrowserOptions & { readonly roles?: Parameters<typeof signIn>[1][] } = {},
): Promise<Member> {
  const { roles = [], ...rest } = options;
  const who: SignedIn = await signIn(db, ...roles);
  await db
    .update(authSession)
    .set({ secondFactorAt: null })
    .where(eq(authSession.personId, who.id));
  return { id: who.id, browser: new TestBrowser(db, { ...rest, sessionToken: who.sessionToken }) };
}

/** They showed who they are so long ago that they are asked again. */
export async function letConfirmationLapse(db: Database, personId: string): Promise<void> {
  await db
    .update(authSession)
    .set({ confirmedAt: sql`clock_timestamp() - interval '1 hour'` })
    .where(eq(authSession.personId, personId));
}

/** Sets an app up, and lets the code that was shown for it be long ago. @returns its secret, and recovery codes */
export async function setUpTotp(db: Database, { id, browser }: Member) {
  const api = await browser.api();
  const { proof, secret } = await api.factors.beginTotp({ idempotencyKey: newKey() });
  const { recoveryCodes } = await api.factors.completeTotp({
    proof,
    code: codeFromApp(secret),
    idempotencyKey: newKey(),
  });
  await letStepsPass(db, id);
  return { secret, recoveryCodes: recoveryCodes ?? [] };
}

/** Makes a passkey. @returns what holds it, and recovery codes */
export async function setUpPasskey(
  { browser }: Member,
  authenticator = new SoftwareAuthenticator(),
) {
  const api = await browser.api();
  const { proof, options } = await api.factors.beginPasskey({ idempotencyKey: newKey() });
  const created = authenticator.create(options);
  const { recoveryCodes } = await api.factors.completePasskey({
    proof,
    name: "Laptop",
    created,
    idempotencyKey: newKey(),
  });
  return { authenticator, created, recoveryCodes: recoveryCodes ?? [] };
}

/** @returns the step of somebody who has shown their password, as signing in answers it */
export async function stepOf(
  db: Database,
  personId: string,
  lifetimeSeconds = 300,
): Promise<OneTimeProof> {
  const id = await issueOneTime(db, {
    kind: "second_factor",
    personId,
    data: { method: "password" },
    lifetimeSeconds,
  });
  return { id, key: oneTimeKey(testCall().accessKeys, id) };
}
