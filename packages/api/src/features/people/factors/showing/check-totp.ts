import { stepOfCode } from "@lectern/auth/factors/totp";
import type { Database } from "@lectern/database/queryable";
import { totpCredential } from "@lectern/database/schema/people";
import { and, eq, lt, sql } from "drizzle-orm";
import type { Call } from "../../../../call.ts";
import { totpPlace } from "../totp-place.ts";
import type { CountedAttempt } from "./attempt.ts";
import type { RightFactor } from "./right-factor.ts";

/** @returns the code of somebody's app, if it is right and of a later step than the last that was taken */
export async function checkTotp(
  db: Database,
  call: Call,
  { personId }: CountedAttempt,
  code: string,
): Promise<RightFactor | undefined> {
  if (personId === null) return undefined;
  const [kept] = await db
    .select()
    .from(totpCredential)
    .where(eq(totpCredential.personId, personId));
  if (kept === undefined) return undefined;
  const secret = await call.fields.decrypt(totpPlace(personId), kept.secret);
  const step = stepOfCode(secret, code);
  if (step === undefined || step <= kept.lastStep) return undefined;
  return {
    kind: "totp",
    personId,
    async take(tx) {
      const taken = await tx
        .update(totpCredential)
        .set({ lastStep: step, lastUsedAt: sql`clock_timestamp()` })
        .where(
          and(
            eq(totpCredential.personId, personId),
            // Not one that was set up in its place meanwhile.
            eq(totpCredential.createdAt, kept.createdAt),
            lt(totpCredential.lastStep, step),
          ),
        )
        .returning({ personId: totpCredential.personId });
      return taken.length === 1;
    },
  };
}
