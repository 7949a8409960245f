/**
 * The academy as the rules see it: what is booked, queued and paid, and nothing that follows from that.
 * There is no counter and no ledger of places here, as both can be added up from who has places.
 *
 * Entities have names for their readers: runs are letters, and what an operation makes is called by the
 * operation's number (`b17` is the booking that operation 17 made, `b17.2` its second registration).
 */

/** Minutes since the history began, by the clock of the database. */
export type Minutes = number;

export const DAY: Minutes = 24 * 60;

/** How long a run is once it was moved. */
export const MOVED_RUN_MINUTES: Minutes = 60;

export type RunStatus =
  | "draft"
  | "tentative"
  | "confirmed"
  | "in_progress"
  | "completed"
  | "cancelled";

export interface Tier {
  readonly daysBefore: number;
  readonly feeBasisPoints: number;
  readonly transferFeeBasisPoints: number | null;
}

export interface RegionPrice {
  readonly region: string;
  readonly amount: number;
  readonly currency: string;
}

export interface PriceList {
  /** `null`: on request. */
  readonly base: { readonly amount: number; readonly currency: string } | null;
  readonly earlyBird: readonly { readonly until: Minutes; readonly basisPoints: number }[];
  readonly volume: readonly { readonly fromPlaces: number; readonly basisPoints: number }[];
  readonly regions: readonly RegionPrice[];
}

export interface Run {
  readonly name: string;
  readonly course: string;
  readonly visibility: "public" | "private";
  status: RunStatus;
  version: number;
  startsAt: Minutes;
  endsAt: Minutes;
  opensAt: Minutes | null;
  closesAt: Minutes | null;
  capacity: number;
  readonly minPlaces: number;
  readonly placesPerBooker: number;
  readonly offerMinutes: Minutes;
  readonly offerLeadMinutes: Minutes;
  readonly policy: readonly Tier[];
  prices: PriceList;
}

export interface PriceStep {
  readonly kind: string;
  readonly amount: number;
}

/** A question to somebody whose run was cancelled or moved. */
export interface Choice {
  kind: "run_cancelled" | "run_rescheduled";
  state: "open" | "stays" | "another_date" | "refund";
}

/** What a change of a registration cost, and who decided. */
export interface Change {
  readonly kind: "cancellation" | "transfer" | "substitution";
  readonly decidedBy: "booker" | "staff" | "academy";
  readonly fee: number | null;
  readonly refund: number | null;
  readonly difference: number | null;
}

export interface Registration {
  readonly name: string;
  status: "reserved" | "confirmed" | "cancelled" | "transferred";
  /** Whether the end of a hold's time cancelled it, and nobody's wish: then it can come back. */
  hasLapsed: boolean;
  learner: string | null;
  isClaimed: boolean;
  claimVersion: number;
  price: number | null;
  currency: string | null;
  steps: readonly PriceStep[];
  successor: string | null;
  choices: Choice[];
  changes: Change[];
}

export type BookingStatus =
  | "held"
  | "awaiting_payment"
  | "awaiting_approval"
  | "confirmed"
  | "cancelled"
  | "expired";

export interface Booking {
  readonly name: string;
  readonly run: string;
  status: BookingStatus;
  paymentState: "unpaid" | "part_paid" | "paid" | "refunded";
  /** So many places it is for; of a hold, those that are still set aside. */
  places: number;
  readonly region: string | null;
  bookerEmail: string | null;
  /** Whether it is known who books, and not an address alone. */
  hasBooker: boolean;
  hasApprover: boolean;
  isExtended: boolean;
  expiresAt: Minutes | null;
  readonly createdAt: Minutes;
  /** The booking that its registrations were transferred from. */
  readonly origin: string | null;
  wasConfirmed: boolean;
  /** The discount code that it used last, and whether that use counts. */
  code: { readonly name: string; isActive: boolean } | null;
  /** Rises: who got places later has a higher number. */
  since: number;
  registrations: Registration[];
}

export interface Skip {
  readonly reason: "too_few_places" | "too_late";
  readonly free: number;
  readonly wanted: number;
}

export type EntryStatus =
  | "waiting"
  | "offered"
  | "accepted"
  | "declined"
  | "lapsed"
  | "withdrawn"
  | "closed";

export interface Entry {
  readonly name: string;
  readonly run: string;
  readonly email: string;
  readonly quantity: number;
  readonly takesFewer: boolean;
  status: EntryStatus;
  offered: number | null;
  offerExpiresAt: Minutes | null;
  booking: string | null;
  skips: Skip[];
  since: number;
}

export interface Code {
  readonly name: string;
  readonly value:
    | { readonly kind: "percent"; readonly basisPoints: number }
    | { readonly kind: "amount"; readonly amount: number; readonly currency: string };
  /** `null`: for all courses. */
  readonly course: string | null;
  readonly validFrom: Minutes | null;
  readonly validUntil: Minutes | null;
  maxUses: number | null;
  isActive: boolean;
}

export interface Block {
  readonly name: string;
  readonly run: string;
  readonly quantity: number;
  isActive: boolean;
  readonly since: number;
}

export interface Payment {
  readonly name: string;
  readonly booking: string;
  readonly amount: number;
  readonly currency: string;
  outcome: "applied" | "late" | "refund_due" | "refunded";
}

/** What is kept of a request that had an effect, by its idempotency key. */
export interface Kept {
  readonly body: string;
  readonly answer: unknown;
}

export interface Academy {
  now: Minutes;
  readonly runs: Map<string, Run>;
  readonly bookings: Map<string, Booking>;
  /** In the order of the queues. */
  readonly entries: Map<string, Entry>;
  readonly codes: Map<string, Code>;
  readonly blocks: Map<string, Block>;
  readonly payments: Map<string, Payment>;
  readonly keys: Map<string, Kept>;
  /** What the first try of an operation found, for its repetitions to send the same request. */
  readonly remembered: Map<number, number>;
  /** Times that somebody got places so far. */
  taken: number;
}

/** @returns the same, nothing shared of what changes: to try something out on */
export function copyOf(academy: Academy): Academy {
  return {
    now: academy.now,
    runs: copied(academy.runs, (run) => ({ ...run })),
    bookings: copied(academy.bookings, copyOfBooking),
    entries: copied(academy.entries, (entry) => ({ ...entry, skips: [...entry.skips] })),
    codes: copied(academy.codes, (code) => ({ ...code })),
    blocks: copied(academy.blocks, (block) => ({ ...block })),
    payments: copied(academy.payments, (payment) => ({ ...payment })),
    keys: new Map(academy.keys),
    remembered: new Map(academy.remembered),
    taken: academy.taken,
  };
}

export function copyOfBooking(booking: Booking): Booking {
  return {
    ...booking,
    code: booking.code === null ? null : { ...booking.code },
    registrations: booking.registrations.map((registration) => ({
      ...registration,
      choices: registration.choices.map((choice) => ({ ...choice })),
      changes: [...registration.changes],
    })),
  };
}

function copied<T>(items: ReadonlyMap<string, T>, copy: (item: T) => T): Map<string, T> {
  const copies = new Map<string, T>();
  for (const [name, item] of items) copies.set(name, copy(item));
  return copies;
}

/** An operation on something that is not there, as the operation that makes it was left out or refused. */
export class NothingThere extends Error {
  override readonly name = "NothingThere";
}

function named<T>(items: ReadonlyMap<string, T>, name: string): T {
  const item = items.get(name);
  if (item === undefined) throw new NothingThere(name);
  return item;
}

export function runNamed(academy: Academy, name: string): Run {
  return named(academy.runs, name);
}

export function bookingNamed(academy: Academy, name: string): Booking {
  return named(academy.bookings, name);
}

export function entryNamed(academy: Academy, name: string): Entry {
  return named(academy.entries, name);
}

export function codeNamed(academy: Academy, name: string): Code {
  return named(academy.codes, name);
}

export function blockNamed(academy: Academy, name: string): Block {
  return named(academy.blocks, name);
}

export function paymentNamed(academy: Academy, name: string): Payment {
  return named(academy.payments, name);
}

export function bookingsOf(academy: Academy, run: string): Booking[] {
  return [...academy.bookings.values()].filter((booking) => booking.run === run);
}

export function entriesOf(academy: Academy, run: string): Entry[] {
  return [...academy.entries.values()].filter((entry) => entry.run === run);
}

/** @returns the number of whoever gets places now */
export function nextSince(academy: Academy): number {
  academy.taken += 1;
  return academy.taken;
}
