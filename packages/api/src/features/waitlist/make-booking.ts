import { booking, registration } from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Quote } from "../billing/quote-places.ts";
import type { BookingRow } from "../bookings/read-booking.ts";
import { createReference } from "../bookings/reference.ts";
import type { EntryRow } from "./read-entry.ts";

/** So many new references are tried when the database knows one already: one in 27,000 million does. */
const REFERENCE_ATTEMPTS = 5;

/** A party that waited, and who it is. */
interface Party {
  readonly entry: EntryRow;
  /** The account of its address, if it has one. */
  readonly accountId: string | null;
}

/** Writes the confirmed booking of a party that waited. */
export async function insertBooking(
  tx: Transaction,
  order: Party & { readonly places: number; readonly region: string | null },
): Promise<BookingRow> {
  const { entry, places, region, accountId } = order;
  for (let attempt = 1; attempt <= REFERENCE_ATTEMPTS; attempt += 1) {
    const [inserted] = await tx
      .insert(booking)
      .values({
        id: uuidv7(),
        reference: createReference(),
        runId: entry.runId,
        status: "confirmed",
        places,
        bookerId: entry.personId ?? accountId,
        bookerName: entry.name,
        bookerEmail: entry.email,
        bookerCompany: entry.company,
        timeZone: entry.timeZone,
        language: entry.language,
        region,
        confirmedAt: sql`clock_timestamp()`,
      })
      .onConflictDoNothing({ target: booking.reference })
      .returning();
    if (inserted !== undefined) return inserted;
  }
  throw new Error("No new booking reference was found");
}

/**
 * Writes the registrations of such a booking, priced. A party of one is the learner, unless that person
 * has a place of the run already: then, as in a group, who comes is said later.
 */
export async function insertRegistrations(
  tx: Transaction,
  order: Party & { readonly bookingId: string; readonly quote: Quote },
): Promise<void> {
  const { entry, bookingId, quote, accountId } = order;
  const rows = quote.places.map(({ amount, explanation }, index) => ({
    id: uuidv7(),
    bookingId,
    runId: entry.runId,
    position: index + 1,
    status: "confirmed" as const,
    priceAmount: amount,
    priceCurrency: quote.currency,
    taxCategory: quote.taxCategory,
    priceExplanation: explanation,
  }));
  const [only] = rows;
  if (only !== undefined && entry.quantity === 1) {
    const learner = {
      learnerId: accountId,
      learnerName: entry.name,
      learnerEmail: entry.email,
      timeZone: entry.timeZone,
    };
    const named = await tx
      .insert(registration)
      .values({ ...only, ...learner })
      .onConflictDoNothing()
      .returning({ id: registration.id });
    if (named.length > 0) return;
  }
  await tx.insert(registration).values(rows);
}
