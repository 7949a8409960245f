import type { Queryable } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import { erasedAddress, erasedName, isSomebodys } from "../../people/privacy/erasure/erased.ts";
import { isAddressKept } from "../../people/privacy/erasure/kept-by-law.ts";
import { rewriteBookings } from "../../people/privacy/erasure/rewrite-bookings.ts";
import { isOlder } from "./retention-rule.ts";

/** Bookings say who booked and who came, until nobody needs to know any more. Each answers how many there were. */

/** Of a booking `b`: it says who booked, or who was to approve. */
const saysWho = sql`(
  (b.booker_name IS NOT NULL AND b.booker_name <> ${erasedName})
  OR ${isSomebodys(sql`b.booker_email`)} OR ${isSomebodys(sql`b.approver_email`)}
  OR b.booker_phone IS NOT NULL OR b.note IS NOT NULL
)`;

/** Of a booking `b`: it says who was to come. */
const saysWhoLearns = sql`EXISTS (
  SELECT FROM registration g WHERE g.booking_id = b.id AND ${isSomebodys(sql`g.learner_email`)}
)`;

/** Holds that came to nothing: nothing was sold, and nothing has to be known of who thought of it. */
export async function emptyLostHolds(db: Queryable, days: number, limit: number): Promise<number> {
  const { count } = await db.execute(sql`
    WITH lost AS MATERIALIZED (
      SELECT b.id FROM booking b
      WHERE b.status IN ('expired', 'cancelled') AND b.confirmed_at IS NULL
        AND ${isOlder(sql`b.updated_at`, days)}
        AND NOT EXISTS (SELECT FROM payment p WHERE p.booking_id = b.id)
        AND (${saysWho} OR ${saysWhoLearns})
      LIMIT ${limit}::int
    ), places AS (
      UPDATE registration g SET learner_id = NULL, learner_name = NULL, learner_email = NULL, time_zone = NULL
      FROM lost WHERE g.booking_id = lost.id
    )
    UPDATE booking b SET booker_id = NULL, booker_name = NULL, booker_email = NULL, booker_company = NULL,
      booker_phone = NULL, note = NULL, time_zone = NULL, purchase_order = NULL, approver_name = NULL,
      approver_email = NULL, cancelled_reason = NULL
    FROM lost WHERE b.id = lost.id`);
  return count;
}

/** Bookings of runs that have long been over: the books may be closed. */
export async function emptyOldBookings(
  db: Queryable,
  days: number,
  limit: number,
): Promise<number> {
  const { count } = await db.execute(sql`
    WITH old AS MATERIALIZED (
      SELECT b.id FROM course_run r JOIN booking b ON b.run_id = r.id
      WHERE ${isOlder(sql`r.ends_at`, days)} AND (${saysWho} OR ${saysWhoLearns})
      LIMIT ${limit}::int
    ), places AS (
      UPDATE registration g SET learner_name = ${erasedName}, learner_email = ${erasedAddress(sql`g.id`)}, time_zone = NULL
      FROM old WHERE g.booking_id = old.id AND g.learner_email IS NOT NULL
    ), changes AS (
      UPDATE registration_change c SET reason = NULL
      FROM old JOIN registration g ON g.booking_id = old.id
      WHERE c.registration_id = g.id AND c.reason IS NOT NULL
    )
    UPDATE booking b SET
      booker_name = CASE WHEN b.booker_name IS NOT NULL THEN ${erasedName} END,
      booker_email = CASE WHEN b.booker_email IS NOT NULL THEN ${erasedAddress(sql`b.id`)} END,
      approver_name = CASE WHEN b.approver_name IS NOT NULL THEN ${erasedName} END,
      approver_email = CASE WHEN b.approver_email IS NOT NULL THEN ${erasedAddress(sql`b.id`)} END,
      booker_phone = NULL, note = NULL, time_zone = NULL, cancelled_reason = NULL
    FROM old WHERE b.id = old.id`);
  return count;
}

/** Addresses of erased people that were kept because money was owed, once it is not any more. */
export async function emptySettledBookings(db: Queryable): Promise<number> {
  return rewriteBookings(
    db,
    sql`b.booker_id IN (SELECT p.id FROM person p WHERE p.erased_at IS NOT NULL)
      AND ${isSomebodys(sql`b.booker_email`)} AND NOT ${isAddressKept}`,
  );
}
