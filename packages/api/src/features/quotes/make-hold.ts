import { booking, registration, seatAllocation } from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { uuidv7 } from "uuidv7";
import { createReference } from "../bookings/reference.ts";
import { type QuoteRow, numberOf } from "./quote-row.ts";

/** So many new references are tried when the database knows one already: one in 27,000 million does. */
const REFERENCE_ATTEMPTS = 5;

interface Accepted {
  readonly quote: QuoteRow;
  /** The account of the recipient's address, if it has one. */
  readonly accountId: string | null;
  /** When the hold ends. */
  readonly expiresAt: Date;
}

/**
 * Writes the hold that an accepted quote is: booking, allocation, and a registration for each place at the
 * agreed price. Its places have been counted as taken.
 *
 * @returns the booking's id
 */
export async function insertHold(tx: Transaction, accepted: Accepted): Promise<string> {
  const { quote, expiresAt } = accepted;
  const { runId, places } = quote;
  const bookingId = await insertBooking(tx, accepted);
  await tx
    .insert(seatAllocation)
    .values({ id: uuidv7(), runId, bookingId, quantity: places, kind: "hold", expiresAt });
  await tx.insert(registration).values(
    Array.from({ length: places }, (_, index) => ({
      id: uuidv7(),
      bookingId,
      runId,
      position: index + 1,
      priceAmount: quote.unitAmount,
      priceCurrency: quote.currency,
      taxCategory: quote.taxCategory,
      priceExplanation: [
        { kind: "quote" as const, amount: quote.unitAmount, detail: numberOf(quote) },
      ],
    })),
  );
  return bookingId;
}

async function insertBooking(
  tx: Transaction,
  { quote, accountId, expiresAt }: Accepted,
): Promise<string> {
  for (let attempt = 1; attempt <= REFERENCE_ATTEMPTS; attempt += 1) {
    const [inserted] = await tx
      .insert(booking)
      .values({
        id: uuidv7(),
        reference: createReference(),
        runId: quote.runId,
        status: "held",
        places: quote.places,
        bookerId: accountId,
        bookerName: quote.recipientName,
        bookerEmail: quote.recipientEmail,
        bookerCompany: quote.recipientCompany,
        language: quote.language,
        expiresAt,
      })
      .onConflictDoNothing({ target: booking.reference })
      .returning({ id: booking.id });
    if (inserted !== undefined) return inserted.id;
  }
  throw new Error("No new booking reference was found");
}
