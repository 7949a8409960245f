import { sql } from "drizzle-orm";
import { type DailySum, dayOf, isWithin } from "./daily-sum.ts";

/** Whether a booking `b` is a company's. */
export const IS_COMPANY = sql`(b.organisation_id IS NOT NULL OR b.booker_company IS NOT NULL)`;

/**
 * What was sold, on the day on which the booking was confirmed, at the prices that were frozen then; what was given back of
 * it, and what went to another run, on the day on which that was decided. A transfer is no new booking: what it brings
 * to the new run and takes from the old one, less the fee that the academy keeps, is counted as moved. Should a booking
 * have prices in several currencies, it counts with the first of them, and its money with each.
 */
export const BOOKING_SUM: DailySum = {
  kind: "bookings",
  table: sql`report_booking_day`,
  keys: [],
  measures: ["bookings", "places", "booked", "moved_places", "moved", "given_back"],
  moments: sql`SELECT confirmed_at AS at FROM booking WHERE confirmed_at IS NOT NULL
    UNION ALL SELECT created_at FROM registration_change WHERE kind <> 'substitution'`,
  // OFFSET 0: span by span, by the index. Joined otherwise, all bookings would be read for the sake of one day.
  happened: (spans, zone) => sql`
    SELECT span.number, sold.* FROM ${spans} AS span CROSS JOIN LATERAL (
      SELECT ${dayOf(sql`b.confirmed_at`, zone)} AS day, b.run_id, ${IS_COMPANY} AS is_company, coalesce(price.currency, '') AS currency,
        CASE WHEN is_first AND b.origin_id IS NULL THEN 1 ELSE 0 END AS bookings,
        CASE WHEN is_first AND b.origin_id IS NULL THEN b.places ELSE 0 END AS places,
        CASE WHEN b.origin_id IS NULL THEN coalesce(price.amount, 0) ELSE 0 END AS booked,
        CASE WHEN is_first AND b.origin_id IS NOT NULL THEN b.places ELSE 0 END AS moved_places,
        CASE WHEN b.origin_id IS NOT NULL THEN coalesce(price.amount, 0) ELSE 0 END AS moved,
        0::bigint AS given_back
      FROM booking AS b
        LEFT JOIN LATERAL (
          SELECT r.price_currency AS currency, sum(r.price_amount) AS amount,
            row_number() OVER (ORDER BY r.price_currency) AS number
          FROM registration AS r WHERE r.booking_id = b.id AND r.status <> 'reserved'
          GROUP BY r.price_currency
        ) AS price ON true
        CROSS JOIN LATERAL (SELECT coalesce(price.number, 1) = 1 AS is_first) AS counted
      WHERE ${isWithin(sql`b.confirmed_at`, sql`span`, zone)}
      OFFSET 0
    ) AS sold
    UNION ALL
    SELECT span.number, ended.* FROM ${spans} AS span CROSS JOIN LATERAL (
      SELECT ${dayOf(sql`c.created_at`, zone)}, r.run_id, ${IS_COMPANY}, coalesce(r.price_currency, ''), 0, 0, 0::bigint,
        CASE c.kind WHEN 'transfer' THEN -1 ELSE 0 END,
        CASE c.kind WHEN 'transfer'
          THEN coalesce(c.fee_amount, 0)::bigint - coalesce(r.price_amount, 0) ELSE 0 END,
        CASE c.kind WHEN 'cancellation' THEN coalesce(c.refund_amount, 0)::bigint ELSE 0 END
      FROM registration_change AS c
        JOIN registration AS r ON r.id = c.registration_id
        JOIN booking AS b ON b.id = r.booking_id
      WHERE c.kind <> 'substitution' AND ${isWithin(sql`c.created_at`, sql`span`, zone)}
      OFFSET 0
    ) AS ended`,
};
