import { type SQL, sql } from "drizzle-orm";
import { type Subject, isTheirAddress, isTheirId } from "../subject.ts";
import { bookingsOf, placesOf, registrationsOf } from "../whose.ts";

/**
 * Of mails `mail_message`: those that say who somebody is, because they went to them, or because they tell
 * others of them. What still waits to be sent to others is left: it is told, and then forgotten as well.
 */
export function isMailAbout(subject: Subject): SQL {
  return sql`(
    ${isTheirAddress(sql`"mail_message"."recipient_email"`, subject)}
    OR ("mail_message"."state" <> 'queued' AND (
      "mail_message"."about_id" IN ${thingsOf(subject)}
      OR (${isNamed(sql`"mail_message"."text"`, subject)} AND "mail_message"."about_id" IN ${placesThatChangedHands})
      OR ${holdsAddress(sql`"mail_message"."text"`, subject)}
    ))
  )`;
}

/** All that a mail to others can be about and speak of them. */
function thingsOf(subject: Subject): SQL {
  return sql`(
    SELECT unnest(${sql.param([...subject.personIds])}::uuid[])
    UNION ALL SELECT own.id FROM booking own WHERE own.id IN ${bookingsOf(subject)}
    UNION ALL SELECT place.booking_id FROM registration place WHERE place.id IN ${placesOf(subject)}
    UNION ALL SELECT place.id FROM registration place WHERE place.id IN ${registrationsOf(subject)}
    UNION ALL SELECT paid.id FROM payment paid WHERE paid.booking_id IN ${bookingsOf(subject)}
    UNION ALL SELECT entry.id FROM waitlist_entry entry WHERE ${isTheirId(sql`entry.person_id`, subject)}
    UNION ALL SELECT asked.id FROM privacy_request asked WHERE ${isTheirId(sql`asked.person_id`, subject)}
    UNION ALL SELECT link.id FROM one_time_token link
      WHERE ${isTheirId(sql`link.person_id`, subject)}
        OR link.data ->> 'inviterId' = ANY(${sql.param([...subject.personIds])}::text[])
  )`;
}

/** Places whose learner was replaced: the one before is in the mails about them, and in no row any more. */
const placesThatChangedHands = sql`(
  SELECT changed.registration_id FROM registration_change changed WHERE changed.kind = 'substitution'
  UNION ALL
  SELECT place.booking_id FROM registration_change changed
    JOIN registration place ON place.id = changed.registration_id
  WHERE changed.kind = 'substitution'
)`;

function isNamed(text: SQL, { names }: Subject): SQL {
  return sql`EXISTS (
    SELECT FROM unnest(${sql.param([...names])}::text[]) AS theirs (name)
    WHERE position(lower(theirs.name) IN lower(${text})) > 0
  )`;
}

/** @returns the condition that a text has an address of theirs in it */
export function holdsAddress(text: SQL, { emails }: Pick<Subject, "emails">): SQL {
  return sql`EXISTS (
    SELECT FROM unnest(${sql.param([...emails])}::text[]) AS theirs (email)
    WHERE position(theirs.email IN lower(${text})) > 0
  )`;
}
