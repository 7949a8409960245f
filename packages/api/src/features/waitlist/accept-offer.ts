import { Id } from "@lectern/contract/primitives";
import { WaitlistAccepted, type WaitlistAcceptInput } from "@lectern/contract/waitlist";
import type { Database } from "@lectern/database/queryable";
import { seatAllocation, waitlistEntry } from "@lectern/database/schema/bookings";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { invalid, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { moneyOrNull } from "../../shared/money.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { quotePlaces } from "../billing/quote-places.ts";
import { pricingOf } from "../billing/read-pricing.ts";
import { accountOf, accountsOfAddresses } from "../bookings/accounts-of-addresses.ts";
import { announceConfirmed } from "../bookings/announce-confirmed.ts";
import { checkBookerLimit, lockBooker } from "../bookings/booker-limit.ts";
import { givePlacesBack } from "../bookings/places/counter.ts";
import { serveWaitlist } from "../bookings/places/serve-waitlist.ts";
import { lockSettled } from "../bookings/places/settle-places.ts";
import { answering } from "./end-entry.ts";
import { insertBooking, insertRegistrations } from "./make-booking.ts";
import { type EntryRow, entryInWrongState, findPlacedEntry, requireEntry } from "./read-entry.ts";

type AcceptInput = z.infer<typeof WaitlistAcceptInput>;

/** What is kept of the answer: all but the booking's key, which is derived again. */
const StoredAccepted = WaitlistAccepted.omit({ accessKey: true }).extend({ bookingId: Id });
type StoredAccepted = z.infer<typeof StoredAccepted>;

/**
 * Accepts an offer: its places become those of a confirmed booking, to be paid by invoice, with the
 * party's person as booker. Nothing else is asked. Of fewer places than were offered, the rest goes to
 * the next in line in the same transaction.
 *
 * @returns the booking with its key
 * @throws NotFound; Conflict `wrong_state` where no offer stands, `lapsed` among them; TooManyPlaces;
 *   Invalid for more places than were offered; IdempotencyMismatch
 */
export async function acceptOffer(
  db: Database,
  call: Call,
  input: AcceptInput,
): Promise<WaitlistAccepted> {
  const { entry } = await requireEntry(db, call, input);
  const { bookingId, ...accepted } = await answering(db, call, entry.runId, () =>
    transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "waitlist.accept", input, StoredAccepted, () =>
        accept(tx, call, entry, input),
      ),
    ),
  );
  return { ...accepted, accessKey: call.accessKeys.keyFor("booking", bookingId) };
}

async function accept(
  tx: Transaction,
  call: Call,
  { id, runId, email }: EntryRow,
  input: AcceptInput,
): Promise<StoredAccepted> {
  const accounts = await accountsOfAddresses(tx, [email]);
  await lockBooker(tx, runId, email);
  await lockSettled(tx, call, runId);
  const { entry, offered, at } = await requireOffer(tx, id);
  const places = input.places ?? offered;
  if (places > offered) {
    throw invalid("places", `${offered} places are offered, and ${places} can't be accepted.`);
  }
  await checkBookerLimit(tx, { runId, email, places });
  const priced = await pricingOf(tx, runId, input.region ?? null);
  if (priced === undefined) throw notFound("run", runId);
  const quote = quotePlaces(priced.pricing, { places, at, discount: null });

  const accountId = accountOf(accounts, email);
  const region = input.region ?? null;
  const booking = await insertBooking(tx, { entry, places, region, accountId });
  await takeOver(tx, entry, booking.id, places);
  await insertRegistrations(tx, { entry, bookingId: booking.id, quote, accountId });
  await acceptEntry(tx, id, booking.id);
  await recordAudit(tx, call, [
    {
      action: "waitlist.accept",
      entity: "waitlist_entry",
      entityId: id,
      before: { status: "offered", places: offered },
      after: { status: "accepted", places, bookingId: booking.id },
    },
    {
      action: "booking.confirm",
      entity: "booking",
      entityId: booking.id,
      before: null,
      after: { status: "confirmed", runId, places, waitlistEntryId: id },
    },
  ]);
  await announceConfirmed(tx, booking);
  if (places < offered) {
    await givePlacesBack(tx, runId, offered - places);
    await serveWaitlist(tx, call, runId);
  }
  return {
    entryId: id,
    runId,
    bookingId: booking.id,
    reference: booking.reference,
    places,
    total: moneyOrNull(quote.total, quote.currency),
  };
}

/** @throws Conflict `wrong_state` where no offer stands */
async function requireOffer(
  tx: Transaction,
  entryId: string,
): Promise<{ entry: EntryRow; offered: number; at: Date }> {
  const found = await findPlacedEntry(tx, entryId);
  if (found === undefined) throw notFound("waitlist_entry", entryId);
  const { entry, serverTime } = found;
  if (entry.status !== "offered" || entry.offeredQuantity === null) {
    throw entryInWrongState(entry.status);
  }
  return { entry, offered: entry.offeredQuantity, at: serverTime };
}

/** The offer's places are the booking's from now on: they change their kind, and the counter stays. */
async function takeOver(
  tx: Transaction,
  entry: EntryRow,
  bookingId: string,
  places: number,
): Promise<void> {
  const taken = await tx
    .update(seatAllocation)
    .set({ kind: "booking", bookingId, quantity: places, expiresAt: null })
    .where(
      and(
        eq(seatAllocation.waitlistEntryId, entry.id),
        eq(seatAllocation.kind, "offer"),
        eq(seatAllocation.state, "active"),
        sql`${seatAllocation.expiresAt} > clock_timestamp()`,
      ),
    )
    .returning({ id: seatAllocation.id });
  // Its time was over just now.
  if (taken.length === 0) throw entryInWrongState("lapsed");
}

async function acceptEntry(tx: Transaction, entryId: string, bookingId: string): Promise<void> {
  const accepted = await tx
    .update(waitlistEntry)
    .set({
      status: "accepted",
      bookingId,
      endedAt: sql`clock_timestamp()`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(waitlistEntry.id, entryId), eq(waitlistEntry.status, "offered")))
    .returning({ id: waitlistEntry.id });
  if (accepted.length === 0) throw entryInWrongState("lapsed");
}
