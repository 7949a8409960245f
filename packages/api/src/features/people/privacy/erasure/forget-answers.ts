import type { FieldCipher } from "@lectern/auth/encryption/field-cipher";
import { int4, text, timestamptz } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { idempotencyKey } from "@lectern/database/schema/operations";
import { and, eq, sql } from "drizzle-orm";
import { answerPlaceOf } from "../../../../shared/once-only.ts";
import { hashOfAddress } from "./hash-of-address.ts";

const PAGE = 500;

const encryptedAnswers = prepared(
  "privacy.encryptedAnswers",
  { until: timestamptz, afterScope: text, afterKey: text, limit: int4 },
  (_, $) =>
    rows(
      { scope: text, key: text, encrypted: text },
      sql`SELECT scope, key, answer ->> 'e1' AS encrypted FROM idempotency_key
        WHERE answer ? 'e1' AND created_at <= ${$.until}
          AND (scope, key) > (${$.afterScope}, ${$.afterKey})
        ORDER BY scope, key LIMIT ${$.limit}`,
    ),
);

/** What no address has in it. */
const BETWEEN = /[\s"<>(),;:\\]+/u;

/** @returns the words that look like addresses: more than are ones does no harm */
function addressesIn(text: string): string[] {
  return text.split(BETWEEN).filter((word) => word.includes("@"));
}

/**
 * Forgets the answers to requests of others that have an address of somebody in them. They are encrypted,
 * each by itself, so that all that are kept have to be read: that is what this is for, apart from the erasure.
 *
 * @param addressHashes see `hashOfAddress`
 * @param until of answers that were given up to then
 */
export async function forgetAnswers(
  db: Database,
  fields: FieldCipher,
  addressHashes: readonly string[],
  until: Date,
): Promise<void> {
  const wanted = new Set(addressHashes);
  let last: { readonly scope: string; readonly key: string } | undefined;
  for (;;) {
    const page = await encryptedAnswers.execute(db, {
      until,
      // Nothing comes before what is empty.
      afterScope: last?.scope ?? "",
      afterKey: last?.key ?? "",
      limit: PAGE,
    });
    for (const { scope, key, encrypted } of page) {
      const answer = await fields
        .decrypt(answerPlaceOf(scope, key), encrypted)
        // Of a key that is not there any more: nobody reads it.
        .catch(() => "");
      if (!addressesIn(answer).some((address) => wanted.has(hashOfAddress(address)))) continue;
      await db
        .delete(idempotencyKey)
        .where(and(eq(idempotencyKey.scope, scope), eq(idempotencyKey.key, key)));
    }
    last = page.at(-1);
    if (page.length < PAGE) return;
  }
}
