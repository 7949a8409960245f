import { Id } from "@lectern/contract/primitives";
import { QUOTE_HOLD_HOURS, type QuoteAcceptInput, QuoteAccepted } from "@lectern/contract/quotes";
import type { Database } from "@lectern/database/queryable";
import { booking } from "@lectern/database/schema/bookings";
import { quote } from "@lectern/database/schema/quotes";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { DomainError } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { accountOf, accountsOfAddresses } from "../bookings/accounts-of-addresses.ts";
import { findRunSummaryRow } from "../bookings/find-run-summary-row.ts";
import { takePlaces } from "../bookings/places/counter.ts";
import { settleLater } from "../bookings/places/settle-later.ts";
import { lockSettled, settlePlaces } from "../bookings/places/settle-places.ts";
import { moveOnToWon } from "../enquiries/move-on.ts";
import { tell } from "../notifications/tell.ts";
import { lockQuote } from "./lock-quote.ts";
import { insertHold } from "./make-hold.ts";
import { type QuoteRow, quoteInWrongState, totalOf } from "./quote-row.ts";
import { isHolding } from "./read-quote.ts";
import { requireQuote } from "./require-quote.ts";
import { requireOpenRun } from "./send-quote.ts";

/** What is kept of the answer: all but the booking's key, which is derived again. */
const StoredAccepted = QuoteAccepted.omit({ accessKey: true }).extend({ bookingId: Id });
type StoredAccepted = z.infer<typeof StoredAccepted>;

/**
 * Accepts a quote: its places are set aside at the agreed price, as the hold of a booking that waits to be
 * confirmed with who comes, all in one transaction; the enquiry is won. Who waits for places of the run is
 * served first. Where it can't be done, the quote stays open.
 *
 * Accepted once more, in another tab or by a second click, it answers with the booking that there is.
 *
 * @returns the booking with its key
 * @throws NotFound; Conflict `wrong_state` for a quote that was declined, or is over; SoldOut, with the places
 *   that are left; NotBookable for a run that is cancelled, has begun, or that nobody can see any more;
 *   IdempotencyMismatch
 */
export async function acceptQuote(
  db: Database,
  call: Call,
  input: z.infer<typeof QuoteAcceptInput>,
): Promise<QuoteAccepted> {
  const { quote: found } = await requireQuote(db, call, input);
  try {
    const { bookingId, ...accepted } = await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "quotes.accept", input, StoredAccepted, () => accept(tx, call, found)),
    );
    call.changed(found.runId);
    return { ...accepted, accessKey: call.accessKeys.keyFor("booking", bookingId) };
  } catch (error) {
    // The refusal took back what was freed and offered for it: so that is done again, on its own.
    if (error instanceof DomainError && error.code === "SoldOut") {
      await settlePlaces(db, call, found.runId);
    }
    throw error;
  }
}

async function accept(
  tx: Transaction,
  call: Call,
  { id, runId, recipientEmail }: QuoteRow,
): Promise<StoredAccepted> {
  const accounts = await accountsOfAddresses(tx, [recipientEmail]);
  await lockSettled(tx, call, runId);
  const { quote: found, status, at } = await lockQuote(tx, id);
  if (status === "accepted" && found.bookingId !== null) {
    return answerOf(tx, found, found.bookingId, at);
  }
  if (status !== "sent") throw quoteInWrongState(status);
  await requireOpenRun(tx, runId);
  if (!(await takePlaces(tx, runId, found.places))) throw await soldOut(tx, found);
  const expiresAt = await holdUntil(tx, runId);
  const accountId = accountOf(accounts, recipientEmail);
  const bookingId = await insertHold(tx, { quote: found, accountId, expiresAt });
  await settleLater(tx, runId, expiresAt);
  await tx
    .update(quote)
    .set({
      status: "accepted",
      bookingId,
      endedAt: at,
      version: sql`${quote.version} + 1`,
      updatedAt: at,
    })
    .where(eq(quote.id, id));
  await moveOnToWon(tx, call, found.enquiryId, id);
  await recordAudit(tx, call, [
    {
      action: "quote.accept",
      entity: "quote",
      entityId: id,
      before: { status },
      after: { status: "accepted", places: found.places, bookingId },
    },
    {
      action: "booking.hold",
      entity: "booking",
      entityId: bookingId,
      before: null,
      after: { runId, places: found.places, quoteId: id },
    },
  ]);
  await tell(tx, "quote_accepted", id);
  await tell(tx, "quote_answered", id);
  return answerOf(tx, found, bookingId, at);
}

async function answerOf(
  tx: Transaction,
  found: QuoteRow,
  bookingId: string,
  at: Date,
): Promise<StoredAccepted> {
  const [made] = await tx
    .select({
      reference: booking.reference,
      status: booking.status,
      expiresAt: booking.expiresAt,
    })
    .from(booking)
    .where(eq(booking.id, bookingId));
  if (made === undefined) throw new Error("The booking of a quote has gone");
  return {
    quoteId: found.id,
    runId: found.runId,
    bookingId,
    reference: made.reference,
    places: found.places,
    total: totalOf(found),
    expiresAt: isHolding(made.status) ? (made.expiresAt?.toISOString() ?? null) : null,
    serverTime: at.toISOString(),
  };
}

async function soldOut(tx: Transaction, { runId, places }: QuoteRow): Promise<DomainError> {
  const run = await findRunSummaryRow(tx, runId);
  const left = run === undefined ? 0 : Math.max(0, run.capacity - run.taken);
  return new DomainError(
    { code: "SoldOut", data: { runId, placesLeft: left, requested: places } },
    left === 0 ? "This date is sold out." : `Only ${left} of the ${places} places are left.`,
  );
}

/** @returns until when the places are set aside: three days, and not past the start */
async function holdUntil(tx: Transaction, runId: string): Promise<Date> {
  const [row] = await tx
    .select({
      until: sql`date_trunc('milliseconds', least(
        clock_timestamp() + make_interval(hours => ${QUOTE_HOLD_HOURS}), ${courseRun.startsAt}
      ))`.mapWith(courseRun.startsAt),
    })
    .from(courseRun)
    .where(eq(courseRun.id, runId));
  if (row === undefined) throw new Error("A quote is of a run that does not exist");
  return row.until;
}
