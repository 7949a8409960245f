import {
  type Academy,
  type Booking,
  type Entry,
  type Minutes,
  type Registration,
  type Run,
  bookingsOf,
  entriesOf,
  nextSince,
  runNamed,
} from "./academy.ts";

/** Who has places of a run, who gets them next, and when places come back. */

/** A booking that is one of these has its places for a time; one that is confirmed has them for good. */
const HOLDING: readonly Booking["status"][] = ["held", "awaiting_payment", "awaiting_approval"];

export function isHolding(booking: Booking): boolean {
  return HOLDING.includes(booking.status);
}

export function isOver(until: Minutes | null, now: Minutes): boolean {
  return until !== null && until <= now;
}

/** @returns the registrations that have a place */
export function seated(booking: Booking): Registration[] {
  if (!isHolding(booking) && booking.status !== "confirmed") return [];
  return booking.registrations.filter(
    ({ status }) => status === "reserved" || status === "confirmed",
  );
}

/** Places that somebody has, and until when; `null`: for good. */
export interface Taken {
  readonly owner: string;
  readonly kind: "hold" | "booking" | "offer" | "block";
  readonly quantity: number;
  readonly until: Minutes | null;
  readonly since: number;
}

/** @returns the ledger of a run's places */
export function ledgerOf(academy: Academy, run: string): Taken[] {
  const ledger: Taken[] = [];
  for (const booking of bookingsOf(academy, run)) {
    const quantity = seated(booking).length;
    if (quantity === 0) continue;
    const { name: owner, since } = booking;
    if (isHolding(booking)) {
      ledger.push({ owner, kind: "hold", quantity, until: booking.expiresAt, since });
    } else {
      ledger.push({ owner, kind: "booking", quantity, until: null, since });
    }
  }
  for (const { name: owner, status, offered, offerExpiresAt, since } of entriesOf(academy, run)) {
    if (status !== "offered" || offered === null) continue;
    ledger.push({ owner, kind: "offer", quantity: offered, until: offerExpiresAt, since });
  }
  for (const { name: owner, run: of, quantity, isActive, since } of academy.blocks.values()) {
    if (of === run && isActive) ledger.push({ owner, kind: "block", quantity, until: null, since });
  }
  return ledger;
}

function sumOf(ledger: readonly Taken[]): number {
  return ledger.reduce((sum, { quantity }) => sum + quantity, 0);
}

export function takenOf(academy: Academy, run: Run): number {
  return sumOf(ledgerOf(academy, run.name));
}

export function freeOf(academy: Academy, run: Run): number {
  return run.capacity - takenOf(academy, run);
}

export function waitingOf(academy: Academy, run: string): Entry[] {
  return entriesOf(academy, run).filter(({ status }) => status === "waiting");
}

/** What visitors see: what is past its time counts as free, unless somebody waits who would get it. */
export function placesLeft(academy: Academy, run: Run): number {
  const lapsed = ledgerOf(academy, run.name).filter(({ until }) => isOver(until, academy.now));
  const isQueued = waitingOf(academy, run.name).length > 0;
  return Math.max(0, freeOf(academy, run) + (isQueued ? 0 : sumOf(lapsed)));
}

/** What everything that gives or takes places begins with: places past their time go to the queue. */
export function settle(academy: Academy, name: string): Run {
  const run = runNamed(academy, name);
  for (const booking of bookingsOf(academy, name)) {
    if (isHolding(booking) && isOver(booking.expiresAt, academy.now)) expire(booking);
  }
  for (const entry of entriesOf(academy, name)) {
    if (entry.status === "offered" && isOver(entry.offerExpiresAt, academy.now)) {
      entry.status = "lapsed";
    }
  }
  serveQueue(academy, run);
  return run;
}

function expire(booking: Booking): void {
  for (const registration of seated(booking)) {
    registration.status = "cancelled";
    registration.hasLapsed = true;
  }
  booking.status = "expired";
  giveCodeBack(booking);
}

export function giveCodeBack(booking: Booking): void {
  if (booking.code !== null) booking.code.isActive = false;
}

/** Until when an offer can stand at most. */
export function lastOfferAt(run: Run): Minutes {
  return Math.min(run.closesAt ?? Infinity, run.startsAt - run.offerLeadMinutes);
}

export function isOpen(run: Run): boolean {
  return run.status === "tentative" || run.status === "confirmed";
}

/**
 * Offers what is free to those who wait, in their order: a party all that it wants, or fewer if it said
 * so. Who does not fit is passed over, and that is written down.
 */
export function serveQueue(academy: Academy, run: Run): void {
  const waiting = waitingOf(academy, run.name);
  let free = freeOf(academy, run);
  if (!isOpen(run) || free <= 0) return;
  const until = Math.min(academy.now + run.offerMinutes, lastOfferAt(run));
  for (const entry of waiting) {
    if (free === 0) return;
    const { quantity, takesFewer } = entry;
    if (isOver(until, academy.now)) {
      passOver(entry, { reason: "too_late", free, wanted: quantity });
    } else if (quantity > free && !takesFewer) {
      passOver(entry, { reason: "too_few_places", free, wanted: quantity });
    } else {
      entry.status = "offered";
      entry.offered = Math.min(quantity, free);
      entry.offerExpiresAt = until;
      entry.since = nextSince(academy);
      free -= entry.offered;
    }
  }
}

/** The same is not written down twice: that it is too late, once; that so many are too few, not again at once. */
function passOver(entry: Entry, skip: Entry["skips"][number]): void {
  const last = entry.skips.at(-1);
  const isKnown =
    skip.reason === "too_late"
      ? entry.skips.some(({ reason }) => reason === "too_late")
      : last?.reason === skip.reason && last.free === skip.free;
  if (!isKnown) entry.skips.push(skip);
}
