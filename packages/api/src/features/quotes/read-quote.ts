import type { QuoteDetail } from "@lectern/contract/quotes";
import type { BookingStatus } from "@lectern/contract/vocabulary";
import { prepared } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { booking, runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { quote } from "@lectern/database/schema/quotes";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { withRunInLanguage } from "../../shared/in-language.ts";
import { HOLDING } from "../bookings/places/release-lapsed.ts";
import { readCalendar } from "../reports/academy-calendar.ts";
import { numberOf, obstacleOf, quoteColumns, toQuoteItem } from "./quote-row.ts";

const origin = alias(quote, "origin");

/** A quote with all that is shown of it, to staff and to the customer. */
const quoteById = prepared("quotes.byId", { id: quote.id }, (q, $) =>
  q
    .select({
      ...quoteColumns,
      cancellationPolicy: courseRun.cancellationPolicy,
      origin: { id: origin.id, number: origin.number },
      booking: {
        id: booking.id,
        reference: booking.reference,
        status: booking.status,
        expiresAt: booking.expiresAt,
      },
    })
    .from(quote)
    .innerJoin(courseRun, eq(courseRun.id, quote.runId))
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .leftJoin(origin, eq(origin.id, quote.copiedFromId))
    .leftJoin(booking, eq(booking.id, quote.bookingId))
    .where(eq(quote.id, $.id)),
);

export type FoundQuote = Awaited<ReturnType<typeof quoteById.execute>>[number];

export async function findQuoteRow(db: Queryable, id: string): Promise<FoundQuote | undefined> {
  return quoteById.first(db, { id });
}

const HOLDS: ReadonlySet<BookingStatus> = new Set(HOLDING);

/** Whether the places of a booking in this state are a hold's. */
export function isHolding(status: BookingStatus): boolean {
  return HOLDS.has(status);
}

/** @returns the booking that it led to, as it stands: a hold past its time is expired, seen or not */
export function bookingMade({ booking: made, now }: FoundQuote) {
  if (made === null) return null;
  const { id, reference, expiresAt } = made;
  const isHold = isHolding(made.status);
  const hasLapsed = isHold && expiresAt !== null && expiresAt <= now;
  return {
    id,
    reference,
    status: hasLapsed ? ("expired" as const) : made.status,
    expiresAt: isHold && !hasLapsed ? (expiresAt?.toISOString() ?? null) : null,
  };
}

/**
 * @returns the quote as staff work with it
 * @throws NotFound
 */
export async function readQuote(db: Queryable, call: Call, id: string): Promise<QuoteDetail> {
  const [row, { timeZone }] = await Promise.all([findQuoteRow(db, id), readCalendar(db)]);
  if (row === undefined) throw notFound("quote", id);
  const { quote: found, origin: copied } = row;
  const made = bookingMade(row);
  return withRunInLanguage(db, call.language, {
    ...toQuoteItem(row),
    taxCategory: found.taxCategory,
    message: found.message,
    note: found.note,
    language: found.language,
    timeZone,
    obstacle: obstacleOf(row),
    declinedReason: found.declinedReason,
    withdrawnReason: found.withdrawnReason,
    copiedFrom: copied === null ? null : { id: copied.id, number: numberOf(copied) },
    booking:
      made === null
        ? null
        : { reference: made.reference, status: made.status, expiresAt: made.expiresAt },
    updatedAt: found.updatedAt.toISOString(),
  });
}
