import type { Queryable } from "@lectern/database/queryable";
import { type SQL, sql } from "drizzle-orm";
import { type Subject, isTheirAddress, isTheirId } from "../subject.ts";
import { isTheirs } from "../whose.ts";
import { erasedAddress, erasedName, isSomebodys } from "./erased.ts";
import { isAddressKept, isNameKept, isSale } from "./kept-by-law.ts";

/** Of a booking `b`: it can't be without a booker. */
const needsBooker = sql`b.status IN ('awaiting_payment', 'awaiting_approval', 'confirmed')`;

/**
 * Takes out of bookings who made them, but for what has to be kept of a sale.
 *
 * @param isMeant which, of bookings `b` on runs `r`
 * @returns how many
 */
export async function rewriteBookings(db: Queryable, isMeant: SQL): Promise<number> {
  const { count } = await db.execute(sql`
    UPDATE booking b SET
      booker_name = CASE WHEN ${isNameKept} THEN b.booker_name WHEN ${needsBooker} THEN ${erasedName} END,
      booker_email = CASE WHEN ${isAddressKept} THEN b.booker_email WHEN ${needsBooker} THEN ${erasedAddress(sql`b.id`)} END,
      booker_company = CASE WHEN ${isSale} THEN b.booker_company END,
      purchase_order = CASE WHEN ${isSale} THEN b.purchase_order END,
      booker_phone = NULL, note = NULL, time_zone = NULL, cancelled_reason = NULL,
      updated_at = clock_timestamp()
    FROM course_run r WHERE r.id = b.run_id AND ${isMeant}`);
  return count;
}

/** The same for the bookings of somebody. */
export async function rewriteBookingsOf(tx: Queryable, subject: Subject): Promise<number> {
  return rewriteBookings(tx, isTheirs(sql`b.booker_id`, sql`b.booker_email`, subject));
}

/**
 * Takes somebody's address out of the bookings of other accounts, who gave them as a contact: they are told
 * themselves from then on.
 */
export async function rewriteContacts(tx: Queryable, subject: Subject): Promise<number> {
  const { count } = await tx.execute(sql`
    UPDATE booking b SET booker_name = p.name, booker_email = p.email, booker_phone = NULL,
      updated_at = clock_timestamp()
    FROM person p
    WHERE p.id = b.booker_id AND NOT ${isTheirId(sql`p.id`, subject)}
      AND ${isTheirAddress(sql`b.booker_email`, subject)}`);
  return count;
}

/** Takes out of bookings who was to approve them. */
export async function rewriteApprovals(tx: Queryable, subject: Subject): Promise<number> {
  const { count } = await tx.execute(sql`
    UPDATE booking b SET approver_name = ${erasedName}, approver_email = ${erasedAddress(sql`b.id`)},
      updated_at = clock_timestamp()
    WHERE ${isSomebodys(sql`b.approver_email`)} AND ${isTheirAddress(sql`b.approver_email`, subject)}`);
  return count;
}
