import type {
  OrganisationStatement,
  OrganisationStatementInput,
} from "@lectern/contract/organisations";
import { type Money, Id } from "@lectern/contract/primitives";
import type { SignedMoney } from "@lectern/contract/registrations";
import { int4, int8, nullable, text, timestamptz, uuid } from "@lectern/database/codecs";
import { type Slots, prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking, runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../../../call.ts";
import { decodeCursor, encodeCursor } from "../../../../shared/cursor.ts";
import { moneyOrNull } from "../../../../shared/money.ts";
import { runSummaryColumns, toRunSummary } from "../../../../shared/run-summary.ts";
import { requireOrganisationWithin } from "../require-organisation.ts";

/** Of a booking `b`: it was confirmed, and so it is to be paid, or was. */
const COUNTS = sql`b.confirmed_at IS NOT NULL AND b.status IN ('confirmed', 'cancelled')`;

/**
 * Of a booking `b`, as lateral joins: what its places and fees come to, and what was paid. What was paid for
 * places goes with them to another date, less the fee: from the booking that they left to the one that they
 * came to.
 */
const MONEY = sql`
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE r.status NOT IN ('cancelled', 'transferred')) AS places,
      CASE WHEN count(*) FILTER (
          WHERE r.status NOT IN ('cancelled', 'transferred') AND r.price_amount IS NULL) = 0
        THEN coalesce(sum(r.price_amount) FILTER (WHERE r.status NOT IN ('cancelled', 'transferred')), 0)
          + coalesce(sum(fee.amount), 0) END AS total,
      min(r.price_currency) AS currency,
      coalesce(sum(r.price_amount - coalesce(fee.amount, 0)) FILTER (WHERE r.status = 'transferred'), 0)
        AS moved
    FROM registration r LEFT JOIN LATERAL (
      SELECT c.fee_amount AS amount FROM registration_change c
      WHERE c.registration_id = r.id AND c.kind IN ('cancellation', 'transfer')
      ORDER BY c.created_at DESC, c.id DESC LIMIT 1
    ) fee ON r.status IN ('cancelled', 'transferred')
    WHERE r.booking_id = b.id
  ) AS charged
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(before.price_amount - coalesce((
        SELECT c.fee_amount FROM registration_change c
        WHERE c.registration_id = before.id AND c.kind = 'transfer'
        ORDER BY c.created_at DESC, c.id DESC LIMIT 1
      ), 0)), 0) AS amount
    FROM registration here
      JOIN registration before ON before.successor_id = here.id
      JOIN booking origin ON origin.id = before.booking_id AND origin.payment_state = 'paid'
    WHERE here.booking_id = b.id
  ) AS brought
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.amount), 0) AS amount, min(p.currency) AS currency
    FROM payment p WHERE p.booking_id = b.id AND p.outcome = 'applied'
  ) AS received`;

const PAID = sql`(received.amount + brought.amount
  - CASE WHEN b.payment_state = 'paid' THEN charged.moved ELSE 0 END)`;

const PERIOD = { from: nullable(timestamptz), until: nullable(timestamptz) };

/** Of a booking `b`: it was made in that period. */
function isWithin($: Slots<typeof PERIOD>) {
  return sql`(${$.from} IS NULL OR b.created_at >= ${$.from}) AND (${$.until} IS NULL OR b.created_at < ${$.until})`;
}

const items = prepared(
  "organisations.statement",
  { organisationId: uuid, ...PERIOD, beforeId: nullable(uuid), limit: int8 },
  (_, $) =>
    rows(
      {
        id: booking.id,
        runId: booking.runId,
        reference: booking.reference,
        status: booking.status,
        paymentState: booking.paymentState,
        purchaseOrder: booking.purchaseOrder,
        createdAt: booking.createdAt,
        places: int4,
        total: nullable(int8),
        paid: int8,
        currency: nullable(text),
      },
      sql`
      SELECT b.id, b.run_id, b.reference, b.status, b.payment_state, b.purchase_order, b.created_at,
        charged.places, charged.total, ${PAID} AS paid,
        coalesce(charged.currency, received.currency) AS currency
      FROM booking b ${MONEY}
      WHERE b.organisation_id = ${$.organisationId} AND ${COUNTS} AND ${isWithin($)}
        AND (${$.beforeId} IS NULL OR b.id < ${$.beforeId})
      ORDER BY b.id DESC
      LIMIT ${$.limit}`,
    ),
);

const totals = prepared(
  "organisations.statement.totals",
  { organisationId: uuid, ...PERIOD },
  (_, $) =>
    rows(
      { currency: nullable(text), total: int8, paid: int8, bookings: int4, withoutPrice: int4 },
      sql`
    SELECT coalesce(charged.currency, received.currency) AS currency,
      coalesce(sum(charged.total), 0) AS total,
      coalesce(sum(${PAID}) FILTER (WHERE charged.total IS NOT NULL), 0) AS paid,
      count(*) AS bookings, count(*) FILTER (WHERE charged.total IS NULL) AS without_price
    FROM booking b ${MONEY}
    WHERE b.organisation_id = ${$.organisationId} AND ${COUNTS} AND ${isWithin($)}
    GROUP BY 1 ORDER BY 1`,
    ),
);

const Before = z.tuple([Id]);

/**
 * The account of an organisation: its confirmed bookings, the newest first, a page at a time, with what each
 * costs, what was paid and what is open, and what all of them come to in each currency; of a period, those that were made in it.
 * There are no invoices
 * yet: it is of bookings, and a cancelled one counts with what cancelling it cost.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function readStatement(
  db: Database,
  call: Call,
  { organisationId, from, until, cursor, limit }: z.infer<typeof OrganisationStatementInput>,
): Promise<z.infer<typeof OrganisationStatement>> {
  requireOrganisationWithin(call, "bookings.read.any", organisationId);
  const before = decodeCursor(cursor, Before);
  const period = {
    from: from == null ? null : dayAt(from, 0),
    until: until == null ? null : dayAt(until, 1),
  };
  const [found, sums] = await Promise.all([
    items.execute(db, {
      organisationId,
      ...period,
      beforeId: before?.[0] ?? null,
      limit: limit + 1,
    }),
    totals.execute(db, { organisationId, ...period }),
  ]);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const runs = await readRuns(db, [...new Set(page.map(({ runId }) => runId))]);
  return {
    items: page.flatMap((row) => {
      const run = runs.get(row.runId);
      return run === undefined ? [] : [{ ...bookingOf(row), run }];
    }),
    nextCursor: last === undefined ? null : encodeCursor([last.id]),
    total: sums.reduce((sum, { bookings }) => sum + bookings, 0),
    totals: sums.flatMap(({ currency, total, paid }) =>
      currency === null ? [] : [{ currency, total, paid, open: total - paid }],
    ),
    withoutPrice: sums.reduce((sum, { withoutPrice }) => sum + withoutPrice, 0),
  };
}

/** @returns when a day begins in UTC, or so many days after it */
function dayAt(day: string, later: number): Date {
  const begins = Temporal.PlainDate.from(day).add({ days: later }).toZonedDateTime("UTC");
  return new Date(begins.epochMilliseconds);
}

type Row = Awaited<ReturnType<typeof items.execute>>[number];

function bookingOf(row: Row) {
  const { total, paid, currency } = row;
  return {
    reference: row.reference,
    status: row.status,
    paymentState: row.paymentState,
    places: row.places,
    purchaseOrder: row.purchaseOrder,
    bookedAt: row.createdAt.toISOString(),
    total: moneyOrNull(total, currency) satisfies Money | null,
    paid: moneyOrNull(paid, currency) satisfies SignedMoney | null,
    open: moneyOrNull(total === null ? null : total - paid, currency) satisfies SignedMoney | null,
  };
}

async function readRuns(db: Database, runIds: readonly string[]) {
  if (runIds.length === 0) return new Map<string, ReturnType<typeof toRunSummary>>();
  const found = await db
    .select(runSummaryColumns)
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .where(inArray(courseRun.id, [...runIds]));
  return new Map(found.map((row) => [row.id, toRunSummary(row)]));
}
