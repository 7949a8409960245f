import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { Call } from "../../../../call.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import { CountedAttempt } from "./attempt.ts";
import { type ShownPasskey, checkPasskey } from "./check-passkey.ts";
import { checkRecoveryCode } from "./check-recovery-code.ts";
import { checkTotp } from "./check-totp.ts";
import type { RightFactor } from "./right-factor.ts";

/** What somebody shows. */
export type ShownFactor =
  | { readonly kind: "totp" | "recovery_code"; readonly personId: string; readonly code: string }
  | ({ readonly kind: "passkey" } & ShownPasskey);

/**
 * Checks a factor: the only way to, for every procedure. The attempt is counted first, so that any number
 * at once are no more guesses than one after the other; what is wrong is written down.
 *
 * @returns what is right, and of whoever shows it, still to be taken; `undefined` for what is wrong
 * @throws RateLimited
 */
export async function checkFactor(
  db: Database,
  call: Call,
  parts: SignInParts,
  shown: ShownFactor,
): Promise<RightFactor | undefined> {
  const personId = whoShows(shown);
  const attempt =
    shown.kind === "passkey"
      ? await CountedAttempt.withPasskey(db, call, personId)
      : await CountedAttempt.withCode(db, parts.browser, shown.personId);
  const right = await checkAttempt(db, call, parts, attempt, shown);
  if (right === undefined) {
    if (personId !== null) await noteRefusal(db, call, personId, shown);
    return undefined;
  }
  return {
    ...right,
    async take(tx) {
      const isTaken = await right.take(tx);
      if (isTaken) await attempt.takeBack(tx);
      return isTaken;
    },
  };
}

async function checkAttempt(
  db: Database,
  call: Call,
  parts: SignInParts,
  attempt: CountedAttempt,
  shown: ShownFactor,
): Promise<RightFactor | undefined> {
  switch (shown.kind) {
    case "totp":
      return checkTotp(db, call, attempt, shown.code);
    case "recovery_code":
      return checkRecoveryCode(db, attempt, shown.code);
    case "passkey":
      return checkPasskey(db, call, parts, attempt, shown);
  }
}

function whoShows(shown: ShownFactor): string | null {
  if (shown.kind !== "passkey") return shown.personId;
  return shown.ceremony.for === "sign_in" ? null : shown.ceremony.personId;
}

async function noteRefusal(
  db: Database,
  call: Call,
  personId: string,
  { kind }: ShownFactor,
): Promise<void> {
  await transaction(db, {}, (tx) =>
    recordAudit(tx, call, {
      action: "person.factor_refused",
      entity: "person",
      entityId: personId,
      before: null,
      after: { kind },
    }),
  );
}
