import { hashOfRecoveryCode } from "@lectern/auth/factors/recovery-codes";
import type { Database } from "@lectern/database/queryable";
import { recoveryCode } from "@lectern/database/schema/people";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { CountedAttempt } from "./attempt.ts";
import type { RightFactor } from "./right-factor.ts";

/** @returns the recovery code, if it is one of the person's that was not used */
export async function checkRecoveryCode(
  db: Database,
  { personId }: CountedAttempt,
  typed: string,
): Promise<RightFactor | undefined> {
  if (personId === null) return undefined;
  const isUnused = and(
    eq(recoveryCode.personId, personId),
    // Of so many random bits that what the database's time tells of them helps nobody.
    eq(recoveryCode.codeHash, hashOfRecoveryCode(typed)),
    isNull(recoveryCode.usedAt),
  );
  const [found] = await db.select({ id: recoveryCode.id }).from(recoveryCode).where(isUnused);
  if (found === undefined) return undefined;
  return {
    kind: "recovery_code",
    personId,
    async take(tx) {
      const taken = await tx
        .update(recoveryCode)
        .set({ usedAt: sql`clock_timestamp()` })
        .where(and(eq(recoveryCode.id, found.id), isNull(recoveryCode.usedAt)))
        .returning({ id: recoveryCode.id });
      return taken.length === 1;
    },
  };
}
