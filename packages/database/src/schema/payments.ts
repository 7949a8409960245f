import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { booking } from "./bookings.ts";
import { currency, id, instant, instantOrNever } from "./columns.ts";
import { paymentOutcome } from "./enums.ts";

/** Money that came in for a booking. `reference` is the payer's, so that the same money counts once. */
export const payment = pgTable(
  "payment",
  {
    id: id(),
    bookingId: uuid("booking_id")
      .notNull()
      .references(() => booking.id, { onDelete: "restrict" }),
    reference: text("reference").notNull().unique("payment_reference_key"),
    amount: bigint("amount", { mode: "number" }).notNull(),
    currency: currency("currency").notNull(),
    outcome: paymentOutcome("outcome").notNull(),
    receivedAt: instant("received_at").default(sql`clock_timestamp()`),
    /** When staff decided about money that came too late, and what. */
    resolvedAt: instantOrNever("resolved_at"),
    resolution: text("resolution"),
  },
  (table) => [
    check("payment_amount_positive", sql`${table.amount} > 0`),
    index("payment_booking_idx").on(table.bookingId),
    index("payment_late_idx")
      .on(table.receivedAt)
      .where(sql`outcome = 'late'`),
  ],
);
