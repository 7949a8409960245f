import { rotateSession } from "@lectern/auth/sessions/rotate-session";
import type { FactorKind } from "@lectern/contract/accounts";
import type { Database } from "@lectern/database/queryable";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { DomainError } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import type { SignInParts } from "./complete-sign-in.ts";
import type { PersonCall } from "./person-call.ts";

/** What somebody who is signed in has shown again. */
export interface Confirmation {
  /** Whether the session counts from now on as one that has shown a second factor; `false` takes nothing from it. */
  readonly hasSecondFactor: boolean;
  /** The factor that was shown, if it was one. */
  readonly factor?: FactorKind;
  /** What has to happen with it, or not at all: throws where it can't. */
  readonly alongside?: (tx: Transaction) => Promise<void>;
}

/**
 * Writes down that whoever is signed in has just shown who they are, and gives their browser another token
 * for the session that it has: how they signed in, and when the session ends, stay as they were.
 *
 * @throws Unauthenticated where the session is over, or was given another token meanwhile; what `alongside` throws
 */
export async function confirmSession(
  db: Database,
  call: PersonCall,
  { browser }: Pick<SignInParts, "browser">,
  { hasSecondFactor, factor, alongside }: Confirmation,
): Promise<void> {
  const { actor } = call;
  const session = await transaction(db, {}, async (tx) => {
    await alongside?.(tx);
    const rotated = await rotateSession(tx, actor.session.id, {
      isConfirmed: true,
      showsSecondFactor:
        factor !== undefined || (hasSecondFactor && !actor.session.hasSecondFactor),
    });
    if (rotated === undefined) throw sessionOver();
    await recordAudit(tx, call, {
      action: "person.confirm",
      entity: "person",
      entityId: actor.id,
      before: null,
      after: { factor: factor ?? null },
    });
    return rotated;
  });
  browser.keepSession(session);
}

/** Somebody else has ended the session since the request came in, or given it another token. */
export function sessionOver(): DomainError {
  return new DomainError({ code: "Unauthenticated", data: {} }, "You are not signed in any more.");
}
