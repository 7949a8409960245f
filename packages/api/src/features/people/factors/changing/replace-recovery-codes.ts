import { hashOfRecoveryCode, newRecoveryCode } from "@lectern/auth/factors/recovery-codes";
import { RECOVERY_CODES } from "@lectern/contract/factors";
import { recoveryCode } from "@lectern/database/schema/people";
import type { Transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";

/** Gives somebody new recovery codes; those from before are worthless. @returns them, to be shown once */
export async function replaceRecoveryCodes(tx: Transaction, personId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await tx.delete(recoveryCode).where(eq(recoveryCode.personId, personId));
  await tx
    .insert(recoveryCode)
    .values(codes.map((code) => ({ id: uuidv7(), personId, codeHash: hashOfRecoveryCode(code) })));
  return codes;
}
