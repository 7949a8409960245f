import type { FactorKind } from "@lectern/contract/accounts";
import type { Transaction } from "@lectern/database/transaction";
import { DomainError } from "../../../../domain-error.ts";

/** A factor that was shown, and is right. Worth nothing until it is taken. */
export interface RightFactor {
  readonly kind: FactorKind;
  /** Whose it is. */
  readonly personId: string;
  /**
   * Takes it, along with what it is shown for: of any number who show the same at once, one has it taken.
   *
   * @returns whether it was still there to be taken
   */
  take(tx: Transaction): Promise<boolean>;
}

/** Nobody is told what is wrong with it. */
export function factorRefused(): DomainError {
  return new DomainError(
    { code: "SignInFailed", data: { reason: "wrong" } },
    "That is not right, or was used before. Please try again.",
  );
}
