import type { DiscountUse, DiscountUses, DiscountUsesInput } from "@lectern/contract/discounts";
import { Id, Instant } from "@lectern/contract/primitives";
import { int8, nullable, text } from "@lectern/database/codecs";
import type { Database } from "@lectern/database/queryable";
import { booking } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { discountCode, discountUse } from "@lectern/database/schema/prices";
import { courseRun } from "@lectern/database/schema/scheduling";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { moneyOrNull } from "../../shared/money.ts";
import { bookingIsWithin, reachAsSql, reachFor } from "../../shared/reach.ts";

const CursorKey = z.tuple([Instant, Id]);

/** What the code took off each place, as its price says. */
const saved = sql`(
  SELECT -sum((step ->> 'amount')::bigint)
  FROM registration AS r CROSS JOIN jsonb_array_elements(r.price_explanation) AS step
  WHERE r.booking_id = "booking"."id" AND step ->> 'kind' = 'discount_code')`
  .mapWith(nullable(int8))
  .as("saved");

const currency = sql`(
  SELECT min(r.price_currency) FROM registration AS r WHERE r.booking_id = "booking"."id")`
  .mapWith(nullable(text))
  .as("currency");

/**
 * Which bookings used a code, the newest first: of those that the caller may read.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function listDiscountUses(
  db: Database,
  call: Call,
  { id, cursor, limit }: z.infer<typeof DiscountUsesInput>,
): Promise<z.infer<typeof DiscountUses>> {
  const after = decodeCursor(cursor, CursorKey);
  const reach = reachFor(call, "bookings.read.any");
  const isWanted = and(
    eq(discountUse.discountCodeId, id),
    reach.everywhere
      ? undefined
      : bookingIsWithin(
          reachAsSql(reach),
          sql`"booking"."organisation_id"`,
          sql`"booking"."run_id"`,
        ),
  );
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${discountUse.createdAt}, ${discountUse.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const [known, rows, [counted]] = await Promise.all([
    db.select({ id: discountCode.id }).from(discountCode).where(eq(discountCode.id, id)),
    db
      .select({
        id: discountUse.id,
        state: discountUse.state,
        createdAt: discountUse.createdAt,
        reference: booking.reference,
        bookingStatus: booking.status,
        places: booking.places,
        bookerName: booking.bookerName,
        bookerEmail: booking.bookerEmail,
        bookerCompany: booking.bookerCompany,
        courseTitle: course.title,
        saved,
        currency,
      })
      .from(discountUse)
      .innerJoin(booking, eq(booking.id, discountUse.bookingId))
      .innerJoin(courseRun, eq(courseRun.id, booking.runId))
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .where(and(isWanted, isAfter))
      .orderBy(desc(discountUse.createdAt), desc(discountUse.id))
      .limit(limit + 1),
    db
      .select({ total: sql`count(*)`.mapWith(Number) })
      .from(discountUse)
      .innerJoin(booking, eq(booking.id, discountUse.bookingId))
      .where(isWanted),
  ]);
  if (known.length === 0) throw notFound("discount_code", id);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(
      ({ bookerName: name, bookerEmail: email, bookerCompany: company, ...row }): DiscountUse => ({
        id: row.id,
        reference: row.reference,
        state: row.state,
        bookingStatus: row.bookingStatus,
        places: row.places,
        booker: name === null || email === null ? null : { name, email, company },
        courseTitle: row.courseTitle,
        saved: moneyOrNull(row.saved, row.currency),
        createdAt: row.createdAt.toISOString(),
      }),
    ),
    nextCursor: last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]),
    total: counted?.total ?? 0,
  };
}
