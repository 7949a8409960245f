import { type SQL, sql } from "drizzle-orm";
import { type Subject, isTheirId } from "../subject.ts";
import { bookingsOf, tokensOf } from "../whose.ts";
import { holdsAddress } from "./holds-address.ts";

/**
 * Of `idempotency_key`: answers to what somebody asked for, by a browser or a program of theirs, and answers
 * to others about their bookings and places.
 */
export function isAnswerAbout(subject: Subject): SQL {
  const answer = sql`"idempotency_key"."answer"`;
  return sql`(
    split_part("idempotency_key"."scope", '|', 1) IN (
      SELECT 'person:' || theirs.id FROM unnest(${sql.param([...subject.personIds])}::uuid[]) AS theirs (id)
      UNION ALL SELECT 'token:' || own.id FROM unnest(ARRAY${tokensOf(subject)}) AS own (id)
    )
    OR ${answer} ->> 'reference' IN (SELECT own.reference FROM booking own WHERE own.id IN ${bookingsOf(subject)})
    OR ${answer} ->> 'entryId' IN (
      SELECT entry.id::text FROM waitlist_entry entry WHERE ${isTheirId(sql`entry.person_id`, subject)}
    )
    OR ${holdsAddress(sql`${answer}::text`, subject)}
  )`;
}
