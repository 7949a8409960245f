import type { BookingsList, BookingsListInput } from "@lectern/contract/bookings";
import { Id } from "@lectern/contract/primitives";
import { int4, int8, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking, registration } from "@lectern/database/schema/bookings";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { moneyOrNull } from "../../shared/money.ts";

const FILTER = {
  runId: nullable(uuid),
  status: nullable(booking.status),
  bookerEmail: nullable(text),
};

/** Of a registration `r`: it has its place. */
const IS_LIVE = sql`r.status NOT IN ('cancelled', 'transferred')`;

const bookings = prepared(
  "bookings.list",
  { ...FILTER, beforeId: nullable(uuid), limit: int8 },
  (q, $) =>
    q
      .select({
        id: booking.id,
        reference: booking.reference,
        runId: booking.runId,
        status: booking.status,
        paymentState: booking.paymentState,
        places: booking.places,
        bookerName: booking.bookerName,
        bookerEmail: booking.bookerEmail,
        bookerCompany: booking.bookerCompany,
        purchaseOrder: booking.purchaseOrder,
        createdAt: booking.createdAt,
        expiresAt: booking.expiresAt,
        livePlaces: sql`(
          SELECT count(*) FROM ${registration} AS r WHERE r.booking_id = "booking"."id" AND ${IS_LIVE})`
          .mapWith(int4)
          .as("live_places"),
        totalAmount: sql`(
          SELECT CASE WHEN bool_and(r.price_amount IS NOT NULL) THEN sum(r.price_amount) END
          FROM ${registration} AS r WHERE r.booking_id = "booking"."id" AND ${IS_LIVE})`
          .mapWith(nullable(int8))
          .as("total_amount"),
        currency: sql`(
          SELECT min(r.price_currency) FROM ${registration} AS r WHERE r.booking_id = "booking"."id")`
          .mapWith(nullable(text))
          .as("currency"),
      })
      .from(booking)
      .where(
        and(
          sql`(${$.runId} IS NULL OR "booking"."run_id" = ${$.runId})`,
          sql`(${$.status} IS NULL OR "booking"."status" = ${$.status})`,
          sql`(${$.bookerEmail} IS NULL OR lower("booking"."booker_email") = lower(${$.bookerEmail}))`,
          sql`(${$.beforeId} IS NULL OR "booking"."id" < ${$.beforeId})`,
        ),
      )
      // Ids are made in the order of time (UUIDv7).
      .orderBy(desc(booking.id))
      .limit($.limit),
);

const Before = z.tuple([Id]);

/**
 * Bookings for staff, the newest first.
 *
 * @throws Invalid for a cursor that is not of this list
 */
export async function listBookings(
  db: Database,
  _call: Call,
  input: z.infer<typeof BookingsListInput>,
): Promise<z.infer<typeof BookingsList>> {
  const before = decodeCursor(input.cursor, Before);
  const { runId, status, bookerEmail } = input;
  const filter = {
    runId: runId ?? null,
    status: status ?? null,
    bookerEmail: bookerEmail ?? null,
  };
  const [rows, total] = await Promise.all([
    bookings.execute(db, { ...filter, beforeId: before?.[0] ?? null, limit: input.limit + 1 }),
    db.$count(
      booking,
      and(
        runId == null ? undefined : eq(booking.runId, runId),
        status == null ? undefined : eq(booking.status, status),
        bookerEmail == null
          ? undefined
          : sql`lower(${booking.bookerEmail}) = ${bookerEmail.toLowerCase()}`,
      ),
    ),
  ]);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      reference: row.reference,
      runId: row.runId,
      status: row.status,
      paymentState: row.paymentState,
      places: row.places,
      livePlaces: row.livePlaces,
      total: moneyOrNull(row.totalAmount, row.currency),
      booker:
        row.bookerName === null || row.bookerEmail === null
          ? null
          : { name: row.bookerName, email: row.bookerEmail, company: row.bookerCompany },
      purchaseOrder: row.purchaseOrder,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt?.toISOString() ?? null,
    })),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.id]) : null,
    total,
  };
}
