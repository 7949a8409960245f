import type {
  Academy,
  Booking,
  Change,
  Choice,
  Entry,
  PriceStep,
  Registration,
  Skip,
} from "./rules/academy.ts";
import { isHolding, ledgerOf, takenOf, waitingOf } from "./rules/places.ts";

/** All that there is to see of an academy, by name: of the rules and of the engine alike. */
export interface View {
  readonly runs: Readonly<Record<string, RunView>>;
  /** Who has places of which run, until when: by owner. */
  readonly ledger: Readonly<Record<string, TakenView>>;
  readonly bookings: Readonly<Record<string, BookingView>>;
  readonly registrations: Readonly<Record<string, RegistrationView>>;
  readonly entries: Readonly<Record<string, EntryView>>;
  readonly codes: Readonly<Record<string, CodeView>>;
  readonly payments: Readonly<Record<string, PaymentView>>;
}

export interface RunView {
  readonly status: string;
  readonly version: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly opensAt: number | null;
  readonly closesAt: number | null;
  readonly isOpen: boolean;
  readonly capacity: number;
  readonly taken: number;
  readonly waiting: number;
}

export interface TakenView {
  readonly run: string;
  readonly kind: string;
  readonly quantity: number;
  readonly until: number | null;
}

export interface BookingView {
  readonly run: string;
  readonly status: string;
  readonly paymentState: string;
  readonly places: number;
  readonly region: string | null;
  readonly bookerEmail: string | null;
  readonly hasApprover: boolean;
  readonly isExtended: boolean;
  /** Of a hold, and of one that expired. */
  readonly expiresAt: number | null;
  readonly origin: string | null;
  /** The code whose use counts. */
  readonly code: string | null;
}

export interface RegistrationView {
  readonly status: string;
  readonly learner: string | null;
  readonly isClaimed: boolean;
  readonly claimVersion: number;
  readonly price: number | null;
  readonly currency: string | null;
  readonly steps: readonly PriceStep[];
  readonly successor: string | null;
  readonly choices: readonly Choice[];
  readonly changes: readonly Change[];
}

export interface EntryView {
  readonly run: string;
  readonly email: string;
  readonly status: string;
  readonly quantity: number;
  readonly takesFewer: boolean;
  readonly offered: number | null;
  readonly offerExpiresAt: number | null;
  readonly booking: string | null;
  readonly skips: readonly Skip[];
}

export interface CodeView {
  readonly isActive: boolean;
  readonly maxUses: number | null;
  readonly used: number;
}

export interface PaymentView {
  readonly booking: string;
  readonly amount: number;
  readonly currency: string;
  readonly outcome: string;
}

/** @returns what there is to see where the rules hold */
export function viewOf(academy: Academy): View {
  const bookings = [...academy.bookings.values()];
  return {
    runs: byName(academy.runs.values(), (run) => [
      run.name,
      {
        status: run.status,
        version: run.version,
        startsAt: run.startsAt,
        endsAt: run.endsAt,
        opensAt: run.opensAt,
        closesAt: run.closesAt,
        isOpen: run.status !== "cancelled",
        capacity: run.capacity,
        taken: takenOf(academy, run),
        waiting: waitingOf(academy, run.name).length,
      },
    ]),
    ledger: Object.fromEntries([...academy.runs.keys()].flatMap((run) => takenViews(academy, run))),
    bookings: byName(bookings, (booking) => [booking.name, bookingView(booking)]),
    registrations: byName(
      bookings.flatMap(({ registrations }) => registrations),
      (registration) => [registration.name, registrationView(registration)],
    ),
    entries: byName(academy.entries.values(), (entry) => [entry.name, entryView(entry)]),
    codes: byName(academy.codes.values(), ({ name, isActive, maxUses }) => [
      name,
      { isActive, maxUses, used: bookings.filter((one) => usedBy(one) === name).length },
    ]),
    payments: byName(academy.payments.values(), ({ name, ...payment }) => [name, payment]),
  };
}

function takenViews(academy: Academy, run: string): [string, TakenView][] {
  return ledgerOf(academy, run).map(({ owner, kind, quantity, until }) => [
    owner,
    { run, kind, quantity, until },
  ]);
}

function usedBy({ code }: Booking): string | null {
  return code?.isActive === true ? code.name : null;
}

function bookingView(booking: Booking): BookingView {
  const { run, status, paymentState, places, region, bookerEmail, hasApprover, origin } = booking;
  return {
    run,
    status,
    paymentState,
    places,
    region,
    bookerEmail,
    hasApprover,
    isExtended: booking.isExtended,
    expiresAt: isHolding(booking) || status === "expired" ? booking.expiresAt : null,
    origin,
    code: usedBy(booking),
  };
}

function registrationView(registration: Registration): RegistrationView {
  const { status, learner, isClaimed, claimVersion, price, currency, steps } = registration;
  const { successor, choices, changes } = registration;
  return {
    status,
    learner,
    isClaimed,
    claimVersion,
    price,
    currency,
    steps,
    successor,
    choices,
    changes,
  };
}

function entryView(entry: Entry): EntryView {
  const { run, email, status, quantity, takesFewer, offered, offerExpiresAt } = entry;
  const { booking, skips } = entry;
  return { run, email, status, quantity, takesFewer, offered, offerExpiresAt, booking, skips };
}

/** @returns the items by name, in the order of their names */
export function byName<Item, Shown>(
  items: Iterable<Item>,
  show: (item: Item) => readonly [string, Shown],
): Record<string, Shown> {
  return Object.fromEntries([...items].map(show));
}
