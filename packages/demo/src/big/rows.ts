import {
  REFERENCE_ALPHABET,
  REFERENCE_BODY_LENGTH,
  completeReference,
} from "@lectern/contract/booking-reference";
import type {
  booking,
  registration,
  runCapacity,
  seatAllocation,
} from "@lectern/database/schema/bookings";
import type { courseRun, session, sessionInstructor } from "@lectern/database/schema/scheduling";
import { firstNames, lastNames } from "../content/people.ts";
import { mix, numberedIds } from "./numbers.ts";
import type { BigPlan } from "./plan.ts";

/**
 * The rows of the big academy's large tables, the largest as iterables that make them as they
 * are asked for. `milliseconds` is when the load says it happened: the time in the identifiers.
 */

/** A session's number is made of its run's and its position: no course is longer. */
const MOST_SITTINGS = 4;
/** A registration's number likewise. */
const MOST_PLACES = 4;
const DAY = 24 * 60 * 60_000;

export function* runRows(
  plan: BigPlan,
  milliseconds: number,
): Generator<typeof courseRun.$inferInsert> {
  const runIds = numberedIds("run", milliseconds);
  const courseIds = numberedIds("course", milliseconds);
  const venueIds = numberedIds("venue", milliseconds);
  for (const { number, course, lane, terms, times, status } of plan.runs()) {
    yield {
      id: runIds(number),
      courseId: courseIds(course),
      venueId: lane.mode === "classroom" ? venueIds(lane.house) : null,
      status,
      deliveryMode: lane.mode,
      language: terms.language,
      timeZone: lane.city.timeZone,
      localStart: times.first.localStart,
      localEnd: times.last.localEnd,
      startsAt: times.first.startsAt,
      endsAt: times.last.endsAt,
      priceAmount: terms.price.amount,
      priceCurrency: terms.price.currency,
      cancelledReason: status === "cancelled" ? "Too few people wanted this date." : null,
    };
  }
}

export function* capacityRows(
  plan: BigPlan,
  milliseconds: number,
): Generator<typeof runCapacity.$inferInsert> {
  const runIds = numberedIds("run", milliseconds);
  for (const { number, capacity, bookedPlaces, status } of plan.runs()) {
    yield {
      runId: runIds(number),
      capacity,
      taken: bookedPlaces,
      isOpen: status !== "cancelled",
    };
  }
}

export function* sessionRows(
  plan: BigPlan,
  milliseconds: number,
): Generator<typeof session.$inferInsert> {
  const sessionIds = numberedIds("session", milliseconds);
  const runIds = numberedIds("run", milliseconds);
  const roomIds = numberedIds("room", milliseconds);
  for (const { number, lane, times, isSettled, status } of plan.runs()) {
    const runId = runIds(number);
    const roomId = isSettled && lane.mode === "classroom" ? roomIds(lane.number) : null;
    for (const [i, { localStart, localEnd, startsAt, endsAt }] of times.sittings.entries()) {
      yield {
        id: sessionIds(number * MOST_SITTINGS + i),
        runId,
        position: i + 1,
        roomId,
        timeZone: lane.city.timeZone,
        localStart,
        localEnd,
        startsAt,
        endsAt,
        isActive: status !== "cancelled",
      };
    }
  }
}

export function* sessionInstructorRows(
  plan: BigPlan,
  milliseconds: number,
): Generator<typeof sessionInstructor.$inferInsert> {
  const sessionIds = numberedIds("session", milliseconds);
  const instructorIds = numberedIds("instructor", milliseconds);
  for (const { number, lane, times, isSettled, status } of plan.runs()) {
    if (!isSettled) continue;
    const instructorId = instructorIds(lane.number);
    for (const [i, { startsAt, endsAt }] of times.sittings.entries()) {
      yield {
        sessionId: sessionIds(number * MOST_SITTINGS + i),
        instructorId,
        startsAt,
        endsAt,
        isActive: status !== "cancelled",
      };
    }
  }
}

export interface BigBookingRows {
  readonly bookings: (typeof booking.$inferInsert)[];
  readonly allocations: (typeof seatAllocation.$inferInsert)[];
  readonly registrations: (typeof registration.$inferInsert)[];
}

/** One run in twenty has a booking: few enough to be kept. */
export function bookingRows(plan: BigPlan, milliseconds: number): BigBookingRows {
  const ids = {
    run: numberedIds("run", milliseconds),
    booking: numberedIds("booking", milliseconds),
    allocation: numberedIds("allocation", milliseconds),
    registration: numberedIds("registration", milliseconds),
  };
  const rows: BigBookingRows = { bookings: [], allocations: [], registrations: [] };
  for (const run of plan.runs()) {
    if (run.bookedPlaces === 0) continue;
    const { number } = run;
    const runId = ids.run(number);
    const bookingId = ids.booking(number);
    const { startsAt } = run.times.first;
    const at = new Date(Math.min(startsAt.getTime(), milliseconds) - 7 * DAY);
    const people = Array.from({ length: run.bookedPlaces }, (_, i) => personOf(number, i));
    rows.bookings.push({
      id: bookingId,
      reference: referenceOf(number),
      runId,
      status: "confirmed",
      paymentState: "paid",
      places: run.bookedPlaces,
      bookerName: people[0]?.name,
      bookerEmail: people[0]?.email,
      confirmedAt: at,
      createdAt: at,
      updatedAt: at,
    });
    rows.allocations.push({
      id: ids.allocation(number),
      runId,
      bookingId,
      quantity: run.bookedPlaces,
      kind: "booking",
      createdAt: at,
    });
    for (const [i, { name, email }] of people.entries()) {
      rows.registrations.push({
        id: ids.registration(number * MOST_PLACES + i),
        bookingId,
        runId,
        position: i + 1,
        status: run.status === "completed" ? "completed" : "confirmed",
        learnerName: name,
        learnerEmail: email,
        priceAmount: run.terms.price.amount,
        priceCurrency: run.terms.price.currency,
        createdAt: at,
        updatedAt: at,
      });
    }
  }
  return rows;
}

function personOf(run: number, place: number): { name: string; email: string } {
  const first = firstNames[mix(run, place) % firstNames.length] ?? "";
  const last = lastNames[mix(run, place + 100) % lastNames.length] ?? "";
  return { name: `${first} ${last}`, email: `learner-${run}-${place + 1}@example.org` };
}

/** Step that has no factor in common with the alphabet's length, so that no two numbers meet. */
const REFERENCE_STEP = 9_973_337_171n;

/** References that do not look as if they had been counted. */
function referenceOf(number: number): string {
  const base = BigInt(REFERENCE_ALPHABET.length);
  let rest = (BigInt(number) * REFERENCE_STEP) % base ** BigInt(REFERENCE_BODY_LENGTH);
  let body = "";
  for (let i = 0; i < REFERENCE_BODY_LENGTH; i += 1) {
    body += REFERENCE_ALPHABET.charAt(Number(rest % base));
    rest /= base;
  }
  return completeReference(body);
}
