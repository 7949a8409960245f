import { sql } from "drizzle-orm";

/**
 * What has to be kept of a sale although its booker is erased. The books must show what was sold, to whom,
 * for how much: for five years after the end of the year in Norway (bokføringsloven § 13), six in the United
 * Kingdom (Companies Act 2006 with VAT Notice 700/21). Where a company bought, the company is the buyer, and
 * who ordered for it is nobody's business any more. Who still owes money, or is owed some, must be found.
 */

/** Years after the end of a run. */
export const BOOKS_KEPT_YEARS = 6;

/** Of a booking `b` on a run `r`: the books of it must be kept. */
export const isSale = sql`(
  (b.confirmed_at IS NOT NULL OR EXISTS (SELECT FROM payment p WHERE p.booking_id = b.id))
  AND r.ends_at > clock_timestamp() - make_interval(years => ${BOOKS_KEPT_YEARS}::int)
)`;

/** Of a booking `b`: money is owed, by the booker or to them, or waits for a decision. */
const isMoneyOpen = sql`(
  EXISTS (SELECT FROM payment p WHERE p.booking_id = b.id AND p.outcome IN ('late', 'refund_due'))
  OR (b.status = 'confirmed' AND b.payment_state IN ('unpaid', 'part_paid') AND EXISTS (
    SELECT FROM registration g
    WHERE g.booking_id = b.id AND g.price_amount > 0 AND g.status NOT IN ('cancelled', 'transferred')
  ))
  OR (b.payment_state IN ('paid', 'part_paid') AND EXISTS (
    SELECT FROM registration g JOIN registration_change c ON c.registration_id = g.id
    WHERE g.booking_id = b.id AND c.refund_amount > 0
  ))
)`;

/** Of a booking `b` on a run `r`: the name of its booker belongs to the books. */
export const isNameKept = sql`(
  ${isSale} AND (${isMoneyOpen} OR (b.booker_company IS NULL AND b.organisation_id IS NULL))
)`;

/** Of a booking `b` on a run `r`: its booker must be reached. */
export const isAddressKept = sql`(${isSale} AND ${isMoneyOpen})`;
