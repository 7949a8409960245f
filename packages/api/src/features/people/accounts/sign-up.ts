import { DONE } from "../../../shared/done.ts";
import {
  countWrongAnswer,
  consumeOneTime,
  findOneTime,
  issueOneTime,
} from "@lectern/auth/one-time";
import type {
  Done,
  EmailInput,
  FinishSignUpInput,
  SignInAnswer,
  SignUpInput,
} from "@lectern/contract/accounts";
import type { Database } from "@lectern/database/queryable";
import { oneTimeToken } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../../call.ts";
import { requireTimeZone } from "../../../shared/zoned-time.ts";
import { tell } from "../../notifications/tell.ts";
import { type SignInParts, linkNotUsable, signInFailed } from "./complete-sign-in.ts";
import { createPerson } from "./create-person.ts";
import { requireStrong, unlessBusy } from "./password-rules.ts";
import { visitorOf } from "./password-visitor.ts";
import { finishOrAsk } from "./sign-in.ts";
import { callerOf, sameAddress, throttleBy } from "./throttles.ts";

/** So long the link in the mail is good. */
const VERIFY_SECONDS = 24 * 3600;

/** So many wrong passwords, and it has to be begun again. */
const WRONG_PASSWORDS = 5;

/** What somebody has told who signs up, until they have shown that the address is theirs. */
const PendingSignUp = z.object({
  name: z.string(),
  passwordHash: z.string(),
  language: z.string().nullable(),
  timeZone: z.string().nullable(),
  acceptsNewsletter: z.boolean(),
});

/**
 * Begins to sign somebody up: there is no account before they have shown that the address is theirs. The
 * answer, and the time that it takes, is the same for an address that has an account: its owner gets
 * another mail, which says so.
 *
 * @throws Invalid for a password that would be guessed soon, RateLimited
 */
export async function signUp(
  db: Database,
  call: Call,
  { auth }: SignInParts,
  input: z.infer<typeof SignUpInput>,
): Promise<Done> {
  if (input.timeZone != null) requireTimeZone(input.timeZone, "timeZone");
  const passwordHash = await unlessBusy(async () => {
    const visitor = visitorOf(db, call);
    await auth.passwords.admit(visitor, async () => {
      await throttleBy(db, "sign_up.address", callerOf(call));
      await throttleBy(db, "mail.recipient", sameAddress(input.email));
      await requireStrong(auth, input.password, [input.name, input.email]);
    });
    return auth.passwords.hash(input.password, visitor);
  });
  const pending: z.infer<typeof PendingSignUp> = {
    name: input.name,
    passwordHash,
    language: input.language ?? null,
    timeZone: input.timeZone ?? null,
    acceptsNewsletter: input.acceptsNewsletter ?? false,
  };
  await transaction(db, {}, async (tx) => {
    const id = await issueOneTime(tx, {
      kind: "verify_email",
      email: input.email,
      data: pending,
      lifetimeSeconds: VERIFY_SECONDS,
    });
    await tell(tx, "verify_email", id);
  });
  return DONE;
}

/**
 * Sends the mail of the last sign-up with an address once more. Nobody is told whether there was one.
 *
 * @throws RateLimited
 */
export async function resendVerification(
  db: Database,
  call: Call,
  { email }: z.infer<typeof EmailInput>,
): Promise<Done> {
  await throttleBy(db, "mail.address", callerOf(call));
  await throttleBy(db, "mail.recipient", sameAddress(email));
  await transaction(db, {}, async (tx) => {
    const [pending] = await tx
      .select({ id: oneTimeToken.id })
      .from(oneTimeToken)
      .where(
        and(
          eq(oneTimeToken.kind, "verify_email"),
          sql`lower(${oneTimeToken.email}) = ${sameAddress(email)}`,
          isNull(oneTimeToken.usedAt),
          sql`${oneTimeToken.expiresAt} > clock_timestamp()`,
        ),
      )
      .orderBy(desc(oneTimeToken.createdAt))
      .limit(1);
    // Of none, the mail is about nothing, and is not written.
    await tell(tx, "verify_email", pending?.id ?? crypto.randomUUID());
  });
  return DONE;
}

/**
 * Makes the account of somebody who has the mail and knows the password that was chosen, and signs them in.
 * Who has only the mail can't finish what somebody else began with their address.
 *
 * @throws LinkNotUsable for a link that is used, too old, or of an address that has an account meanwhile;
 *   SignInFailed for a wrong password, RateLimited
 */
export async function finishSignUp(
  db: Database,
  call: Call,
  parts: SignInParts,
  input: z.infer<typeof FinishSignUpInput>,
): Promise<SignInAnswer> {
  await throttleBy(db, "link.address", callerOf(call));
  const token = await findOneTime(db, call.accessKeys, "verify_email", input.proof);
  const pending = PendingSignUp.safeParse(token?.data);
  if (token === undefined || token.email === null || !pending.success) throw linkNotUsable();
  const { email } = token;
  const { passwordHash, ...told } = pending.data;
  const { isRight } = await unlessBusy(() =>
    parts.auth.passwords.verify(passwordHash, input.password, visitorOf(db, call)),
  );
  if (!isRight) {
    await countWrongAnswer(db, token.id, WRONG_PASSWORDS);
    throw signInFailed("wrong");
  }
  const personId = await transaction(db, {}, async (tx) => {
    const used = await consumeOneTime(tx, call.accessKeys, "verify_email", input.proof);
    if (used === undefined) throw linkNotUsable();
    const id = await createPerson(tx, call, { ...told, email, passwordHash });
    if (id === undefined) throw linkNotUsable();
    return id;
  });
  return finishOrAsk(db, call, parts, personId, "password");
}
