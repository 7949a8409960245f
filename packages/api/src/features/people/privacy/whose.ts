import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { type Subject, isTheirAddress, isTheirId } from "./subject.ts";

/**
 * Which rows are somebody's where a row does not say so by itself. What a guest did with an address is
 * its owner's; what has an account already is that account's, whatever address stands there.
 */

/** @returns the condition that a row is of their account, or of no account and with an address of theirs */
export function isTheirs(account: SQLWrapper, email: SQLWrapper, subject: Subject): SQL {
  return sql`(${isTheirId(account, subject)} OR (${account} IS NULL AND ${email} IS NOT NULL AND ${isTheirAddress(email, subject)}))`;
}

/** @returns the ids of the bookings that they made */
export function bookingsOf(subject: Subject): SQL {
  return sql`(SELECT own.id FROM booking own WHERE ${isTheirs(sql`own.booker_id`, sql`own.booker_email`, subject)})`;
}

/** @returns the ids of the places that are theirs to take, whoever booked them */
export function placesOf(subject: Subject): SQL {
  return sql`(SELECT place.id FROM registration place WHERE ${isTheirs(sql`place.learner_id`, sql`place.learner_email`, subject)})`;
}

/** @returns the ids of the places that they take, or that they booked for others */
export function registrationsOf(subject: Subject): SQL {
  return sql`(
    SELECT place.id FROM registration place
    WHERE ${isTheirs(sql`place.learner_id`, sql`place.learner_email`, subject)}
    UNION ALL
    SELECT place.id FROM registration place WHERE place.booking_id IN ${bookingsOf(subject)}
  )`;
}

/** @returns the ids of the programs' tokens that they made, as the audit log writes them */
export function tokensOf(subject: Subject): SQL {
  return sql`(SELECT token.id::text FROM api_token token WHERE ${isTheirId(sql`token.person_id`, subject)})`;
}
