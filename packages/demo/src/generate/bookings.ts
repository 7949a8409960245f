import type {
  BookingStatus,
  PAYMENT_STATES,
  REGISTRATION_STATUSES,
} from "@lectern/contract/vocabulary";
import type { Random } from "../random.ts";
import { type Party, type Person, createParty } from "./people.ts";
import type { PlannedRun } from "./runs.ts";

export interface GeneratedRegistration {
  readonly status: (typeof REGISTRATION_STATUSES)[number];
  /** `null`: to be named later. */
  readonly learner: Person | null;
}

export interface GeneratedBooking {
  readonly status: Extract<BookingStatus, "confirmed" | "cancelled" | "expired">;
  readonly paymentState: (typeof PAYMENT_STATES)[number];
  /** `null` for a hold that nobody confirmed. */
  readonly booker: Person | null;
  readonly company: string | null;
  readonly registrations: readonly GeneratedRegistration[];
  readonly createdAt: Date;
  /** `null` for a hold that nobody confirmed. */
  readonly confirmedAt: Date | null;
  /** When it was confirmed, cancelled or ran out: what became of it last. */
  readonly settledAt: Date;
  readonly cancelledReason: string | null;
}

/** What a run's bookings have come to. */
export interface Demand {
  /** Places taken by confirmed bookings. */
  readonly taken: number;
  readonly isCompleted: boolean;
  /** When set, the run was cancelled, and its bookings with it. */
  readonly cancelledReason: string | null;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const HOLD = 15 * MINUTE;
/** Bookings come in from so long before a run. */
const OPEN_DAYS = 110;

/**
 * @param today no booking is younger than its midnight (UTC)
 * @returns the bookings of a run, oldest first: confirmed ones for exactly the places taken, and a
 *   few that came to nothing
 */
export function createBookings(
  run: PlannedRun,
  demand: Demand,
  today: Temporal.PlainDate,
  random: Random,
): GeneratedBooking[] {
  const known = new Set<string>();
  const midnight = today.toZonedDateTime("UTC").epochMilliseconds;
  const latest = Math.min(run.startsAt.getTime(), midnight) - DAY / 2;
  const earliest = Math.min(run.startsAt.getTime() - OPEN_DAYS * DAY, latest - 60 * DAY);
  const moment = () =>
    earliest + Math.floor(random.fraction() * ((latest - earliest) / MINUTE)) * MINUTE;

  const bookings: GeneratedBooking[] = [];
  for (let left = demand.taken; left > 0;) {
    const size = Math.min(left, random.pick(PARTY_SIZES));
    const party = createParty(size, random, known);
    bookings.push(confirmedBooking(party, { ...demand, midnight }, moment(), random));
    left -= size;
  }
  if (random.chance(0.2)) {
    const party = createParty(1, random, known);
    const created = moment();
    const later = created + Math.floor(random.fraction() * (latest - created));
    bookings.push(cancelledByBooker(party, created, later + DAY / 3, random));
  }
  if (random.chance(0.2)) bookings.push(expiredHold(random.pick(PARTY_SIZES), moment()));
  return bookings.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

const PARTY_SIZES = [1, 1, 1, 1, 1, 1, 2, 2, 3, 4];

function confirmedBooking(
  party: Party,
  demand: Demand & { readonly midnight: number },
  created: number,
  random: Random,
): GeneratedBooking {
  const [booker, ...others] = party.members;
  const confirmedAt = new Date(created + random.integer(1, 12) * MINUTE);
  const base = {
    booker,
    company: party.company,
    createdAt: new Date(created),
    confirmedAt,
    settledAt: confirmedAt,
  };
  if (demand.cancelledReason !== null) {
    return {
      ...base,
      settledAt: new Date(demand.midnight - DAY / 4),
      status: "cancelled",
      paymentState: random.chance(0.7) ? "refunded" : "unpaid",
      cancelledReason: demand.cancelledReason,
      registrations: party.members.map((learner) => ({ status: "cancelled", learner })),
    };
  }
  const statusNow = (): GeneratedRegistration["status"] => {
    if (!demand.isCompleted) return "confirmed";
    return random.chance(0.03) ? "no_show" : "completed";
  };
  return {
    ...base,
    status: "confirmed",
    paymentState: demand.isCompleted || random.chance(0.7) ? "paid" : "unpaid",
    cancelledReason: null,
    registrations: [
      { status: statusNow(), learner: booker },
      ...others.map((learner) => ({
        status: statusNow(),
        // Companies name some of their people later.
        learner: demand.isCompleted || random.chance(0.75) ? learner : null,
      })),
    ],
  };
}

function cancelledByBooker(
  party: Party,
  created: number,
  cancelled: number,
  random: Random,
): GeneratedBooking {
  const [booker] = party.members;
  return {
    status: "cancelled",
    paymentState: "refunded",
    booker,
    company: party.company,
    registrations: [{ status: "cancelled", learner: booker }],
    createdAt: new Date(created),
    confirmedAt: new Date(created + random.integer(1, 12) * MINUTE),
    settledAt: new Date(cancelled),
    cancelledReason: "I cannot come on these days after all.",
  };
}

function expiredHold(places: number, created: number): GeneratedBooking {
  return {
    status: "expired",
    paymentState: "unpaid",
    booker: null,
    company: null,
    registrations: Array.from({ length: places }, () => ({ status: "cancelled", learner: null })),
    createdAt: new Date(created),
    confirmedAt: null,
    settledAt: new Date(created + HOLD),
    cancelledReason: null,
  };
}
