import type { Transaction } from "@lectern/database/transaction";
import { type SQL, sql } from "drizzle-orm";
import { type Subject, isTheirAddress, isTheirId } from "../subject.ts";
import { bookingsOf, placesOf, registrationsOf } from "../whose.ts";
import { holdsAddress } from "./holds-address.ts";

/**
 * Deletes mails that say who somebody is, because they went to them, or because they tell others of them,
 * with the jobs that sent them. What still waits to be sent to others is left: it is told, and then
 * forgotten as well.
 *
 * @returns how many mails
 */
export async function removeMails(tx: Transaction, subject: Subject): Promise<number> {
  const { rows } = await tx.execute(sql`
    WITH gone AS (
      DELETE FROM mail_message m
      WHERE ${isTheirAddress(sql`m.recipient_email`, subject)} OR (m.state <> 'queued' AND (
        m.about_id IN ${thingsOf(subject)}
        OR (m.about_id IN ${thingsOfOthers(subject)} AND ${namesThem(sql`m.text`, subject)})
      ))
      RETURNING m.id
    ), jobs AS (
      DELETE FROM pgboss.job_common job USING gone
      WHERE 'mail.deliver' IN (job.name, job.source_name) AND job.data ->> 'mailId' = gone.id::text
    )
    SELECT id FROM gone`);
  return rows.length;
}

/** All that a mail to others can be about, and be about them. */
function thingsOf(subject: Subject): SQL {
  return sql`(
    SELECT unnest(${sql.param([...subject.personIds])}::uuid[])
    UNION ALL SELECT own.id FROM booking own WHERE own.id IN ${bookingsOf(subject)}
    UNION ALL SELECT place.booking_id FROM registration place WHERE place.id IN ${placesOf(subject)}
    UNION ALL SELECT place.id FROM registration place WHERE place.id IN ${registrationsOf(subject)}
    UNION ALL SELECT paid.id FROM payment paid WHERE paid.booking_id IN ${bookingsOf(subject)}
    UNION ALL SELECT entry.id FROM waitlist_entry entry WHERE ${isTheirId(sql`entry.person_id`, subject)}
    UNION ALL SELECT quoted.id FROM quote quoted JOIN enquiry about ON about.id = quoted.enquiry_id
      WHERE ${isTheirAddress(sql`quoted.recipient_email`, subject)} OR ${isTheirAddress(sql`about.email`, subject)}
    UNION ALL SELECT asked.id FROM privacy_request asked WHERE ${isTheirId(sql`asked.person_id`, subject)}
    UNION ALL SELECT link.id FROM one_time_token link
      WHERE ${isTheirId(sql`link.person_id`, subject)}
        OR link.data ->> 'inviterId' = ANY(${sql.param([...subject.personIds])}::text[])
  )`;
}

/**
 * What mails can be about that are others', and speak of them: bookings that they were to approve, and
 * places whose learner was replaced, of whom no row speaks any more.
 */
function thingsOfOthers(subject: Subject): SQL {
  return sql`(
    SELECT approved.id FROM booking approved WHERE ${isTheirAddress(sql`approved.approver_email`, subject)}
    UNION ALL
    SELECT changed.registration_id FROM registration_change changed WHERE changed.kind = 'substitution'
    UNION ALL
    SELECT place.booking_id FROM registration_change changed
      JOIN registration place ON place.id = changed.registration_id
    WHERE changed.kind = 'substitution'
  )`;
}

function namesThem(text: SQL, subject: Subject): SQL {
  return sql`(
    ${holdsAddress(text, subject)} OR EXISTS (
      SELECT FROM unnest(${sql.param([...subject.names])}::text[]) AS theirs (name)
      WHERE position(lower(theirs.name) IN lower(${text})) > 0
    )
  )`;
}
