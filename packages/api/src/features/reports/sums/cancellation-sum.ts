import { REPORT_NOTICE_BANDS } from "@lectern/contract/reports";
import { type SQL, sql } from "drizzle-orm";
import { IS_COMPANY } from "./booking-sum.ts";
import { type DailySum, dayOf, isWithin } from "./daily-sum.ts";

/** The band of so many days of notice, by its fewest. */
function bandOf(days: SQL): SQL {
  const bands = REPORT_NOTICE_BANDS.toReversed().map(
    (from) => sql`WHEN ${days} >= ${from}::int THEN ${from}::int`,
  );
  return sql`CASE ${sql.join(bands, sql` `)} ELSE 0 END`;
}

/**
 * Places that were sold and are cancelled, on the day on which they were. Those whose people took another date instead
 * are none of them. What it cost is that of the decision, which comes later where the academy cancelled the
 * date and asked: until then it is unsettled. The notice of such a place is that which the academy gave.
 */
export const CANCELLATION_SUM: DailySum = {
  kind: "cancellations",
  table: sql`report_cancellation_day`,
  keys: ["cause", "notice_from"],
  measures: ["places", "unsettled", "notice_days", "fee", "refund"],
  moments: sql`SELECT cancelled_at AS at FROM registration WHERE cancelled_at IS NOT NULL`,
  happened: (spans, zone) => sql`
    SELECT span.number, ended.day, ended.run_id, ended.is_company, ended.currency, ended.cause,
      ${bandOf(sql`ended.notice_days`)} AS notice_from,
      1 AS places, ended.unsettled, ended.notice_days, ended.fee, ended.refund
    FROM ${spans} AS span CROSS JOIN LATERAL (
      SELECT found.day, found.run_id, found.is_company, found.currency, found.cause, found.unsettled, found.fee, found.refund,
        greatest(0, CASE WHEN found.cause = 'run_cancelled' THEN found.given ELSE coalesce(found.noticed, found.given) END) AS notice_days
      FROM (
        SELECT ${dayOf(sql`r.cancelled_at`, zone)} AS day, r.run_id, ${IS_COMPANY} AS is_company, coalesce(r.price_currency, '') AS currency,
          CASE WHEN change.decided_by IN ('booker', 'staff') THEN change.decided_by::text
            WHEN choice.kind = 'run_rescheduled' THEN 'run_rescheduled' ELSE 'run_cancelled' END AS cause,
          floor(extract(epoch FROM run.starts_at - r.cancelled_at) / 86400)::int AS given,
          change.notice_days AS noticed,
          CASE WHEN change.decided_by IS NULL THEN 1 ELSE 0 END AS unsettled,
          coalesce(change.fee_amount, 0)::bigint AS fee, coalesce(change.refund_amount, 0)::bigint AS refund
        FROM registration AS r
          JOIN booking AS b ON b.id = r.booking_id AND b.confirmed_at <= r.cancelled_at
          JOIN course_run AS run ON run.id = r.run_id
          LEFT JOIN LATERAL (
            SELECT c.decided_by, c.notice_days, c.fee_amount, c.refund_amount FROM registration_change AS c
            WHERE c.registration_id = r.id AND c.kind = 'cancellation'
            ORDER BY c.created_at DESC, c.id DESC LIMIT 1
          ) AS change ON true
          LEFT JOIN LATERAL (
            SELECT asked.kind FROM run_choice AS asked WHERE asked.registration_id = r.id
            ORDER BY asked.created_at DESC, asked.id DESC LIMIT 1
          ) AS choice ON true
        WHERE r.status = 'cancelled' AND ${isWithin(sql`r.cancelled_at`, sql`span`, zone)}
        OFFSET 0
      ) AS found
    ) AS ended`,
};
