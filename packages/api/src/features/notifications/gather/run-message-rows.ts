import { arrayOf, int4, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { runMessage } from "@lectern/database/schema/attendance";
import { person } from "@lectern/database/schema/people";
import { type SQL, eq, sql } from "drizzle-orm";
import { isSomebodys } from "../../people/privacy/erasure/erased.ts";

/** The queries behind messages to those who come to a run. */

/** Somebody who gets a message. */
export interface MessageRecipient {
  readonly email: string;
  readonly name: string;
  readonly language: string;
}

/** Of a registration `r` and its booking `b` of a run: somebody comes, and is told by the learner's address or the booker's. */
function told(runId: SQL, registrationIds: SQL): SQL {
  return sql`SELECT coalesce(r.learner_email, b.booker_email) AS email,
      coalesce(r.learner_name, b.booker_name) AS name, b.language, r.id
    FROM booking b JOIN registration r ON r.booking_id = b.id
    WHERE b.run_id = ${runId}
      AND r.status IN ('reserved', 'confirmed', 'completed', 'no_show')
      AND b.status IN ('awaiting_payment', 'awaiting_approval', 'confirmed')
      AND (${registrationIds} IS NULL OR r.id = ANY(${registrationIds}))`;
}

const hasAddress = sql`${isSomebodys(sql`told.email`)} AND told.name IS NOT NULL`;

const PARAMETERS = { runId: uuid, registrationIds: nullable(arrayOf(uuid)) };

const recipients = prepared("mail.runRecipients", PARAMETERS, (_, $) =>
  rows(
    { email: text, name: text, language: text },
    sql`SELECT DISTINCT ON (lower(told.email)) told.email, told.name, told.language
        FROM (${told(sql`${$.runId}`, sql`${$.registrationIds}`)}) AS told
        WHERE ${hasAddress}
        ORDER BY lower(told.email), told.id`,
  ),
);

const reachable = prepared("mail.runRecipients.count", PARAMETERS, (_, $) =>
  rows(
    { places: int4 },
    sql`SELECT count(*)::int AS places
      FROM (${told(sql`${$.runId}`, sql`${$.registrationIds}`)}) AS told WHERE ${hasAddress}`,
  ),
);

/** @returns how many places have somebody who can be written to: learner or booker */
export async function countReachable(
  db: Queryable,
  runId: string,
  registrationIds: readonly string[] | null,
): Promise<number> {
  return (await reachable.first(db, { runId, registrationIds }))?.places ?? 0;
}

/**
 * @param registrationIds those who were chosen; `null`: everybody who comes
 * @returns whom a message goes to, each address once: learners, and the booker of places without a name
 */
export async function findMessageRecipients(
  db: Queryable,
  runId: string,
  registrationIds: readonly string[] | null,
): Promise<MessageRecipient[]> {
  return recipients.execute(db, { runId, registrationIds });
}

/** @returns a message to those who come, with the name of its author */
export async function findRunMessage(db: Queryable, id: string) {
  const [found] = await db
    .select({ message: runMessage, author: person.name })
    .from(runMessage)
    .leftJoin(person, eq(person.id, runMessage.sentBy))
    .where(eq(runMessage.id, id));
  return found;
}
