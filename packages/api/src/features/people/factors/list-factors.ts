import type { FactorKind } from "@lectern/contract/accounts";
import { bool, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";

/** Asked at every sign-in: one query. */
const factorsOfPerson = prepared("factors.kinds", { personId: uuid }, (_, $) =>
  rows(
    { hasTotp: bool, hasPasskey: bool, hasRecoveryCode: bool },
    sql`SELECT
      EXISTS (SELECT FROM totp_credential c WHERE c.person_id = ${$.personId}) AS has_totp,
      EXISTS (SELECT FROM passkey k WHERE k.person_id = ${$.personId}) AS has_passkey,
      EXISTS (
        SELECT FROM recovery_code r WHERE r.person_id = ${$.personId} AND r.used_at IS NULL
      ) AS has_recovery_code`,
  ),
);

/**
 * @returns the ways in which this person can show a second factor; empty for one who has set up none.
 *   Recovery codes stand in for a factor, and are none by themselves.
 */
export async function listFactors(db: Queryable, personId: string): Promise<FactorKind[]> {
  const found = await factorsOfPerson.first(db, { personId });
  if (found === undefined || !(found.hasTotp || found.hasPasskey)) return [];
  const kinds: FactorKind[] = [];
  if (found.hasTotp) kinds.push("totp");
  if (found.hasPasskey) kinds.push("passkey");
  if (found.hasRecoveryCode) kinds.push("recovery_code");
  return kinds;
}
