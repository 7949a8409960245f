import { DONE } from "../../../shared/done.ts";
import { consumeOneTime, findOneTime, issueOneTime } from "@lectern/auth/one-time";
import type {
  ChangePasswordInput,
  Done,
  EmailInput,
  ResetPasswordInput,
  SignInAnswer,
} from "@lectern/contract/accounts";
import type { Database } from "@lectern/database/queryable";
import { oneTimeToken, password } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { invalid } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { tell } from "../../notifications/tell.ts";
import { type SignInParts, actingAs, linkNotUsable, signInFailed } from "./complete-sign-in.ts";
import { confirmSession } from "./confirm-session.ts";
import { endAccess } from "./end-access.ts";
import { accountByEmail } from "./find-person.ts";
import { hashNewPassword, unlessBusy } from "./password-rules.ts";
import { knownVisitor, visitorOf } from "./password-visitor.ts";
import type { PersonCall } from "./person-call.ts";
import { finishOrAsk } from "./sign-in.ts";
import { callerOf, sameAddress, throttleBy } from "./throttles.ts";

/** So long the link in the mail is good. */
const RESET_SECONDS = 3600;

/**
 * Sends a link by which a password can be set anew. The answer, and the time that it takes, is the same
 * for an address without an account: there, no mail is written.
 *
 * @throws RateLimited
 */
export async function forgotPassword(
  db: Database,
  call: Call,
  { email }: z.infer<typeof EmailInput>,
): Promise<Done> {
  await throttleBy(db, "mail.address", callerOf(call));
  await throttleBy(db, "mail.recipient", sameAddress(email));
  await transaction(db, {}, async (tx) => {
    const id = await issueOneTime(tx, {
      kind: "reset_password",
      email,
      lifetimeSeconds: RESET_SECONDS,
    });
    await tell(tx, "reset_password", id);
  });
  return DONE;
}

/**
 * Sets a password by the link from the mail, ends everything that was signed in, and signs in – once the
 * second factor was shown, where there is one: the link stands for the password alone.
 *
 * @throws LinkNotUsable; Invalid for a password that would be guessed soon; SignInFailed `suspended`
 */
export async function resetPassword(
  db: Database,
  call: Call,
  parts: SignInParts,
  input: z.infer<typeof ResetPasswordInput>,
): Promise<SignInAnswer> {
  await throttleBy(db, "link.address", callerOf(call));
  const token = await findOneTime(db, call.accessKeys, "reset_password", input.proof);
  if (token === undefined || token.email === null) throw linkNotUsable();
  const found = await accountByEmail.first(db, { email: token.email });
  if (found === undefined) throw linkNotUsable();
  if (found.isSuspended) throw signInFailed("suspended");
  const hash = await hashNewPassword(parts.auth, visitorOf(db, call), input.password, [
    found.name,
    found.email,
  ]);
  await transaction(db, {}, async (tx) => {
    const used = await consumeOneTime(tx, call.accessKeys, "reset_password", input.proof);
    if (used === undefined) throw linkNotUsable();
    await setPassword(tx, actingAs(call, found.id), found.id, hash, "person.reset_password");
    await dropResets(tx, found.email);
    await endAccess(tx, found.id);
  });
  return finishOrAsk(db, call, parts, found.id, "link");
}

/**
 * Changes the password of whoever is signed in, and ends what is signed in elsewhere.
 *
 * @throws Invalid for a wrong or missing password so far, and for a new one that would be guessed soon
 */
export async function changePassword(
  db: Database,
  call: PersonCall,
  parts: SignInParts,
  input: z.infer<typeof ChangePasswordInput>,
): Promise<Done> {
  const { actor } = call;
  await throttleBy(db, "confirm.person", actor.id);
  const visitor = knownVisitor(db, actor.id);
  const [stored] = await db
    .select({ hash: password.hash })
    .from(password)
    .where(eq(password.personId, actor.id));
  if (stored !== undefined) {
    const { isRight } = await unlessBusy(() =>
      parts.auth.passwords.verify(stored.hash, input.current ?? "", visitor),
    );
    if (!isRight) throw invalid("current", "This is not your password.");
  }
  const hash = await hashNewPassword(parts.auth, visitor, input.password, [
    actor.name,
    actor.email,
  ]);
  await transaction(db, {}, async (tx) => {
    await setPassword(tx, call, actor.id, hash, "person.change_password");
    await dropResets(tx, actor.email);
    await endAccess(tx, actor.id, { keepsSession: actor.session.id, keepsTokens: true });
  });
  await confirmSession(db, call, parts, { hasSecondFactor: actor.session.hasSecondFactor });
  return DONE;
}

async function setPassword(
  tx: Transaction,
  call: Call,
  personId: string,
  hash: string,
  action: "person.reset_password" | "person.change_password",
): Promise<void> {
  await tx
    .insert(password)
    .values({ personId, hash })
    .onConflictDoUpdate({
      target: password.personId,
      set: { hash, changedAt: sql`clock_timestamp()` },
    });
  await recordAudit(tx, call, {
    action,
    entity: "person",
    entityId: personId,
    before: null,
    after: {},
  });
  await tell(tx, "password_changed", personId);
}

/** Links that were sent before a password was set are worthless. */
async function dropResets(tx: Transaction, email: string): Promise<void> {
  await tx
    .update(oneTimeToken)
    .set({ usedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(oneTimeToken.kind, "reset_password"),
        sql`lower(${oneTimeToken.email}) = ${sameAddress(email)}`,
        isNull(oneTimeToken.usedAt),
      ),
    );
}
