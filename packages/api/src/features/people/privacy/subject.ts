import { arrayOf, bool, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** Whose data is meant: an account, with all that were merged into it. */
export interface Subject {
  readonly personId: string;
  /** The account's own id is the first. */
  readonly personIds: readonly string[];
  /**
   * Their addresses in lower case, as far as they have shown that they are theirs: what was written down
   * with one, before there was an account, is theirs as well.
   */
  readonly emails: readonly string[];
  readonly names: readonly string[];
  /** Of the account: how its owner is called, and where they are written to. */
  readonly name: string;
  readonly email: string;
  readonly isVerified: boolean;
}

const accountWithMerged = prepared("privacy.subject", { id: uuid }, (_, $) =>
  rows(
    { id: uuid, name: text, email: text, isVerified: bool },
    sql`WITH RECURSIVE theirs AS (
        SELECT id, 0 AS depth FROM person
        WHERE id = ${$.id} AND erased_at IS NULL AND merged_into_id IS NULL
        UNION ALL
        SELECT p.id, theirs.depth + 1
        FROM person p JOIN theirs ON p.merged_into_id = theirs.id
        WHERE theirs.depth < 100
      )
      SELECT p.id, p.name, p.email, p.email_verified_at IS NOT NULL AS is_verified
      FROM theirs JOIN person p ON p.id = theirs.id
      ORDER BY theirs.depth, p.id`,
  ),
);

/**
 * Addresses that they have given up: those that were told so. Nothing else knows them, and no longer than
 * mails are kept. One that has another account by now is that one's.
 */
const formerAddresses = prepared("privacy.formerAddresses", { personIds: arrayOf(uuid) }, (_, $) =>
  rows(
    { email: text },
    sql`SELECT DISTINCT lower(told.email) AS email FROM (
        SELECT m.recipient_email AS email FROM mail_message m
        WHERE m.about_id = ANY(${$.personIds}) AND m.kind = 'email_changed'
        UNION ALL
        SELECT job.data -> 'to' ->> 'email' FROM pgboss.job_common job
        WHERE job.name = 'mail.compose' AND job.data ->> 'kind' = 'email_changed'
          AND job.data ->> 'aboutId' = ANY(${$.personIds}::text[])
      ) AS told
      WHERE told.email IS NOT NULL AND NOT EXISTS (
        SELECT FROM person other
        WHERE lower(other.email) = lower(told.email) AND other.id <> ALL(${$.personIds})
      )`,
  ),
);

/** @returns `undefined` for nobody, for who was erased, and for who was merged into another account */
export async function findSubject(db: Queryable, personId: string): Promise<Subject | undefined> {
  const found = await accountWithMerged.execute(db, { id: personId });
  const [own] = found;
  if (own === undefined) return undefined;
  const personIds = found.map(({ id }) => id);
  const verified = found.filter(({ isVerified }) => isVerified);
  const former = await formerAddresses.execute(db, { personIds });
  return {
    personId,
    personIds,
    emails: [...new Set([...verified, ...former].map(({ email }) => email.toLowerCase()))],
    names: [...new Set(found.map(({ name }) => name))],
    name: own.name,
    email: own.email,
    isVerified: own.isVerified,
  };
}

/** @returns the condition that a column refers to them */
export function isTheirId(column: SQLWrapper, { personIds }: Pick<Subject, "personIds">): SQL {
  return sql`${column} = ANY(${sql.param([...personIds])}::uuid[])`;
}

/** @returns the condition that a column holds an address of theirs */
export function isTheirAddress(column: SQLWrapper, { emails }: Pick<Subject, "emails">): SQL {
  return sql`lower(${column}) = ANY(${sql.param([...emails])}::text[])`;
}
