import { bool, nullable, text } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import { password, person } from "@lectern/database/schema/people";
import { sql } from "drizzle-orm";

/**
 * The account of an address, with what is needed to judge a password: whatever the letter case of the
 * address. One that was merged or erased is none.
 */
export const accountByEmail = prepared("accounts.byEmail", { email: text }, (_, $) =>
  rows(
    {
      id: person.id,
      name: person.name,
      email: person.email,
      language: person.language,
      isSuspended: bool,
      passwordHash: nullable(password.hash),
    },
    sql`
    SELECT p.id, p.name, p.email, p.language, p.suspended_at IS NOT NULL AS is_suspended,
      w.hash AS password_hash
    FROM person p LEFT JOIN password w ON w.person_id = p.id
    WHERE lower(p.email) = lower(${$.email}) AND p.merged_into_id IS NULL AND p.erased_at IS NULL`,
  ),
);

export type AccountRow = NonNullable<Awaited<ReturnType<typeof accountByEmail.first>>>;
