import type { Reach } from "@lectern/auth/actor";
import type { LatePayments, LatePaymentsInput } from "@lectern/contract/bookings";
import { Id, Instant } from "@lectern/contract/primitives";
import { int8, nullable, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, rows as rowsOf } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking, runCapacity } from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../../shared/cursor.ts";
import { REACH, bookingIsWithin } from "../../../shared/reach.ts";
import { runSummaryColumns, toRunSummary } from "../../../shared/run-summary.ts";

const latePayments = prepared(
  "bookings.latePayments",
  { ...REACH, afterTime: nullable(timestamptz), afterId: nullable(uuid), limit: int8 },
  (q, $) =>
    q
      .select({
        id: payment.id,
        reference: booking.reference,
        paymentReference: payment.reference,
        amount: payment.amount,
        currency: payment.currency,
        receivedAt: payment.receivedAt,
        places: booking.places,
        bookerName: booking.bookerName,
        bookerEmail: booking.bookerEmail,
        run: runSummaryColumns,
      })
      .from(payment)
      .innerJoin(booking, eq(booking.id, payment.bookingId))
      .innerJoin(courseRun, eq(courseRun.id, booking.runId))
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(
        and(
          sql`"payment"."outcome" = 'late'`,
          bookingIsWithin($, sql`"booking"."organisation_id"`, sql`"booking"."run_id"`),
          sql`(${$.afterId} IS NULL OR (${payment.receivedAt}, ${payment.id}) > (${$.afterTime}, ${$.afterId}))`,
        ),
      )
      .orderBy(asc(payment.receivedAt), asc(payment.id))
      .limit($.limit),
);

const count = prepared("bookings.latePayments.count", REACH, (_, $) =>
  rowsOf(
    { total: int8 },
    sql`SELECT count(*) AS total FROM payment JOIN booking ON booking.id = payment.booking_id
      WHERE payment.outcome = 'late'
        AND ${bookingIsWithin($, sql`booking.organisation_id`, sql`booking.run_id`)}`,
  ),
);

const After = z.tuple([Instant, Id]);

/**
 * Money for bookings within reach that came too late and waits for a decision, the oldest first.
 *
 * @throws Invalid for a cursor that is not of this list
 */
export async function listLatePayments(
  db: Database,
  reach: Reach,
  input: z.infer<typeof LatePaymentsInput>,
): Promise<z.infer<typeof LatePayments>> {
  const after = decodeCursor(input.cursor, After);
  const [rows, counted] = await Promise.all([
    latePayments.execute(db, {
      ...reach,
      afterTime: after === undefined ? null : new Date(after[0]),
      afterId: after?.[1] ?? null,
      limit: input.limit + 1,
    }),
    count.first(db, reach),
  ]);
  const items = rows.slice(0, input.limit).map((row) => ({
    id: row.id,
    reference: row.reference,
    paymentReference: row.paymentReference,
    amount: { amount: row.amount, currency: row.currency },
    receivedAt: row.receivedAt.toISOString(),
    places: row.places,
    run: toRunSummary(row.run),
    booker:
      row.bookerName === null || row.bookerEmail === null
        ? null
        : { name: row.bookerName, email: row.bookerEmail },
  }));
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.receivedAt, last.id]) : null,
    total: counted?.total ?? 0,
  };
}
