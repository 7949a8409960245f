import type { RecoveryCodesGiven } from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { conflict } from "../../../../domain-error.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { lockFactors, noteChange } from "./change-factors.ts";
import { replaceRecoveryCodes } from "./replace-recovery-codes.ts";

/**
 * Gives new recovery codes, and makes the old ones worthless. Twice with one key they are made anew twice:
 * an answer with codes is kept nowhere.
 *
 * @throws Conflict `wrong_state` for somebody without a factor that they could stand in for; SecondFactorRequired
 */
export async function renewRecoveryCodes(
  db: Database,
  call: PersonCall,
): Promise<RecoveryCodesGiven> {
  return transaction(db, {}, async (tx) => {
    const factors = await lockFactors(tx, call);
    if (factors.length === 0) {
      throw conflict("person", "wrong_state", "Set up a second factor first.");
    }
    const recoveryCodes = await replaceRecoveryCodes(tx, call.actor.id);
    await noteChange(tx, call, "person.renew_recovery_codes", {});
    return { recoveryCodes };
  });
}
