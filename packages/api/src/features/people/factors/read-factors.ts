import type { Factors, Passkey } from "@lectern/contract/factors";
import type { Database } from "@lectern/database/queryable";
import { type passkey, recoveryCode, totpCredential } from "@lectern/database/schema/people";
import { and, eq, isNull } from "drizzle-orm";
import type { SignInParts } from "../accounts/complete-sign-in.ts";
import type { PersonCall } from "../accounts/person-call.ts";
import { passkeysOf } from "./passkeys-of.ts";

/** @returns the second factors of whoever is signed in: nothing that could be shown in their stead */
export async function readFactors(
  db: Database,
  { actor }: PersonCall,
  { auth }: Pick<SignInParts, "auth">,
): Promise<Factors> {
  const [totps, passkeys, recoveryCodesLeft] = await Promise.all([
    db.select().from(totpCredential).where(eq(totpCredential.personId, actor.id)),
    passkeysOf(db, actor.id),
    db.$count(recoveryCode, and(eq(recoveryCode.personId, actor.id), isNull(recoveryCode.usedAt))),
  ]);
  const [totp] = totps;
  return {
    totp:
      totp === undefined
        ? null
        : {
            createdAt: totp.createdAt.toISOString(),
            lastUsedAt: totp.lastUsedAt?.toISOString() ?? null,
          },
    passkeys: passkeys.map(toPasskey),
    recoveryCodesLeft,
    isRequired: auth.sessions.asksSecondFactor(actor.grants),
  };
}

/** @returns a passkey as its owner sees it */
export function toPasskey(row: typeof passkey.$inferSelect): Passkey {
  const { id, name, isBackedUp, createdAt, lastUsedAt } = row;
  return {
    id,
    name,
    isBackedUp,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
