import { dropOneTimes } from "@lectern/auth/one-time";
import { rotateSession } from "@lectern/auth/sessions/rotate-session";
import type { FactorKind } from "@lectern/contract/accounts";
import type { FactorAdded } from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import { person, recoveryCode } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import { DomainError, conflict } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { tell } from "../../../notifications/tell.ts";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import { sessionOver } from "../../accounts/confirm-session.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { listFactors } from "../list-factors.ts";
import { replaceRecoveryCodes } from "./replace-recovery-codes.ts";

/** What is the same for every change of somebody's factors. */

/**
 * Whoever has factors shows one before they change them: by the password alone nobody gets past the second
 * factor by putting another in its place.
 *
 * @throws SecondFactorRequired
 */
export function requireShownFactor({ actor }: PersonCall, factors: readonly FactorKind[]): void {
  if (factors.length === 0 || actor.session.hasSecondFactor) return;
  throw new DomainError(
    { code: "SecondFactorRequired", data: { isEnrolled: true } },
    "Show your second factor first.",
  );
}

/**
 * Lets one change of a person's factors go on at a time, so that each sees what the one before it left.
 *
 * @returns the factors that they have
 * @throws SecondFactorRequired
 */
export async function lockFactors(tx: Transaction, call: PersonCall): Promise<FactorKind[]> {
  await tx
    .select({ id: person.id })
    .from(person)
    .where(eq(person.id, call.actor.id))
    .for("no key update");
  const factors = await listFactors(tx, call.actor.id);
  requireShownFactor(call, factors);
  return factors;
}

/**
 * Writes down that the factors have changed, and tells their owner.
 *
 * @param change of the audit log
 */
export async function noteChange(
  tx: Transaction,
  call: PersonCall,
  action: `person.${string}`,
  after: Record<string, unknown>,
): Promise<void> {
  const { id } = call.actor;
  await recordAudit(tx, call, { action, entity: "person", entityId: id, before: null, after });
  await tell(tx, "factors_changed", id);
}

/**
 * Adds a factor. With the first come recovery codes. Whoever set it up has shown it: their session counts
 * so from then on, and gets another token.
 *
 * @param add keeps the factor; throws where it can't
 * @throws SecondFactorRequired, Unauthenticated, and what `add` throws
 */
export async function addFactor(
  db: Database,
  call: PersonCall,
  { browser }: SignInParts,
  kind: FactorKind,
  add: (tx: Transaction) => Promise<void>,
): Promise<FactorAdded> {
  const { actor } = call;
  const { session, recoveryCodes } = await transaction(db, {}, async (tx) => {
    const before = await lockFactors(tx, call);
    await add(tx);
    const given = before.length === 0 ? await replaceRecoveryCodes(tx, actor.id) : null;
    await noteChange(tx, call, "person.add_factor", { kind, isFirst: before.length === 0 });
    const rotated = await rotateSession(tx, actor.session.id, {
      isConfirmed: false,
      showsSecondFactor: true,
    });
    if (rotated === undefined) throw sessionOver();
    return { session: rotated, recoveryCodes: given };
  });
  browser.keepSession(session);
  return { recoveryCodes };
}

/**
 * Removes a factor. With the last go the recovery codes, which stand in for a factor and are none.
 *
 * @param remove throws where it can't
 * @throws Conflict `last_one` where a role needs one; SecondFactorRequired, and what `remove` throws
 */
export async function removeFactor(
  tx: Transaction,
  call: PersonCall,
  { auth }: SignInParts,
  kind: FactorKind,
  remove: () => Promise<void>,
): Promise<void> {
  const { actor } = call;
  await lockFactors(tx, call);
  await remove();
  const isLast = (await listFactors(tx, actor.id)).length === 0;
  if (isLast) {
    if (auth.sessions.asksSecondFactor(actor.grants)) {
      throw conflict(
        "person",
        "last_one",
        "Your role needs a second factor: set up another before you remove this one.",
      );
    }
    await tx.delete(recoveryCode).where(eq(recoveryCode.personId, actor.id));
    // Nothing is left that could answer them.
    await dropOneTimes(tx, "second_factor", actor.id);
  }
  await noteChange(tx, call, "person.remove_factor", { kind, isLast });
}
