import { countWrongAnswer, consumeOneTime, findOneTime } from "@lectern/auth/one-time";
import type { OneTimeProof, SignInAnswer } from "@lectern/contract/accounts";
import { type SignInMethod, SignInMethod as SignInMethodShape } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { oneTimeToken } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../../../call.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import {
  type SignInParts,
  actingAs,
  completeSignIn,
  linkNotUsable,
} from "../../accounts/complete-sign-in.ts";
import { type ShownFactor, checkFactor } from "./check-factor.ts";
import { type RightFactor, factorRefused } from "./right-factor.ts";

/** So often the second factor may be wrong before the first has to be shown again. */
const WRONG_ANSWERS = 5;

const StepData = z.object({ method: SignInMethodShape });

/** Somebody who has shown the first factor, and has yet to show the second. */
export interface Step {
  readonly id: string;
  readonly personId: string;
  /** How they showed the first. */
  readonly method: SignInMethod;
}

/** @throws LinkNotUsable for a step that is unknown, used, too old, or was answered wrongly too often */
export async function findStep(db: Database, call: Call, proof: OneTimeProof): Promise<Step> {
  const row = await findOneTime(db, call.accessKeys, "second_factor", proof);
  if (row === undefined || row.personId === null) throw linkNotUsable();
  return { id: row.id, personId: row.personId, method: StepData.parse(row.data).method };
}

/**
 * The second step of signing in: takes the factor and the step together, and begins the session.
 *
 * @param show what is shown, by whose step it is
 * @throws SignInFailed `wrong` for a factor that is not right, five times at most for one step, and
 *   `suspended`; LinkNotUsable, RateLimited
 */
export async function signInWithStep(
  db: Database,
  call: Call,
  parts: SignInParts,
  proof: OneTimeProof,
  show: (step: Step) => ShownFactor,
): Promise<SignInAnswer> {
  const step = await findStep(db, call, proof);
  const right = await checkFactor(db, call, parts, show(step));
  const isTaken = await transaction(db, {}, async (tx) => {
    // Those who answer at the same time come one after the other, so that five wrong answers are five.
    await tx
      .select({ id: oneTimeToken.id })
      .from(oneTimeToken)
      .where(eq(oneTimeToken.id, step.id))
      .for("update");
    const found = await findOneTime(tx, call.accessKeys, "second_factor", proof);
    if (found === undefined) throw linkNotUsable();
    return takeWithStep(tx, call, step, proof, right);
  });
  if (!isTaken) throw factorRefused();
  const { personId, method } = step;
  await completeSignIn(db, call, parts, { personId, method, hasSecondFactor: true });
  return { state: "signed_in" };
}

async function takeWithStep(
  tx: Transaction,
  call: Call,
  { id, personId }: Step,
  proof: OneTimeProof,
  right: RightFactor | undefined,
): Promise<boolean> {
  if (right === undefined || !(await right.take(tx))) {
    await countWrongAnswer(tx, id, WRONG_ANSWERS);
    return false;
  }
  await consumeOneTime(tx, call.accessKeys, "second_factor", proof);
  await recordAudit(tx, actingAs(call, personId), {
    action: "person.show_factor",
    entity: "person",
    entityId: personId,
    before: null,
    after: { kind: right.kind },
  });
  return true;
}
