import type { BookingListItem } from "@lectern/contract/bookings";
import { int4, int8, nullable, text } from "@lectern/database/codecs";
import { booking, registration } from "@lectern/database/schema/bookings";
import { organisation } from "@lectern/database/schema/organisations";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import { moneyOrNull } from "../../shared/money.ts";

/** A booking as lists show it: which columns that takes, and how a row becomes the answer. */

/** Of a registration `r`: it has its place. */
const IS_LIVE = sql`r.status NOT IN ('cancelled', 'transferred')`;

export const bookingItemColumns = {
  id: booking.id,
  reference: booking.reference,
  status: booking.status,
  paymentState: booking.paymentState,
  places: booking.places,
  bookerName: booking.bookerName,
  bookerEmail: booking.bookerEmail,
  bookerCompany: booking.bookerCompany,
  organisationId: booking.organisationId,
  /** Looked up for each row: a join, for a page as long as may be, would read all organisations. */
  organisationName: sql`(
    SELECT o.name FROM ${organisation} AS o WHERE o.id = "booking"."organisation_id")`
    .mapWith(nullable(text))
    .as("organisation_name"),
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
};

type BookingRow = typeof booking.$inferSelect;

/** A row of a query that selects `bookingItemColumns`. */
export type BookingItemRow = Pick<
  BookingRow,
  | "id"
  | "reference"
  | "status"
  | "paymentState"
  | "places"
  | "bookerName"
  | "bookerEmail"
  | "bookerCompany"
  | "organisationId"
  | "purchaseOrder"
  | "createdAt"
  | "expiresAt"
> & {
  readonly organisationName: string | null;
  readonly livePlaces: number;
  readonly totalAmount: number | null;
  readonly currency: string | null;
};

/** @returns the booking as the contract describes it, but for its run */
export function toBookingItem(row: BookingItemRow): Omit<z.infer<typeof BookingListItem>, "runId"> {
  const { bookerName: name, bookerEmail: email, organisationId, organisationName } = row;
  return {
    reference: row.reference,
    status: row.status,
    paymentState: row.paymentState,
    places: row.places,
    livePlaces: row.livePlaces,
    total: moneyOrNull(row.totalAmount, row.currency),
    booker: name === null || email === null ? null : { name, email, company: row.bookerCompany },
    organisation:
      organisationId === null || organisationName === null
        ? null
        : { id: organisationId, name: organisationName },
    purchaseOrder: row.purchaseOrder,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}
