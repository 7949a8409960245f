import type { Participant } from "../calendar/calendar-object.ts";
import type { CostFacts } from "../letters/facts.ts";
import type { LinkParts } from "../links.ts";
import { bookingCalendar, seatCalendar } from "./calendar-of.ts";
import { readBooking, seatCancelledKey } from "./about-bookings.ts";
import { costFacts, runFacts, seatFacts, takesPlace } from "./facts-of.ts";
import {
  type Gather,
  type Gathering,
  type MailDraft,
  isSameAddress,
  learnerBeside,
} from "./mail-draft.ts";
import { plainName } from "./plain-text.ts";
import { type RegistrationRow, findPredecessor, findRegistration, findRun } from "./rows.ts";

/** What is nothing to a learner. */
const NO_COST: CostFacts = { fee: null, refund: null, surcharge: null };

type SeatRead = NonNullable<Awaited<ReturnType<typeof readSeat>>>;

/** A registration with its booking, and what a learner is told of it. */
export async function readSeat(gathering: Gathering, registrationId: string) {
  const registration = await findRegistration(gathering.db, registrationId);
  if (registration === undefined) return undefined;
  const found = await readBooking(gathering, registration.bookingId);
  if (found === undefined) return undefined;
  const { booking, booker, run, links } = found;
  const learner = learnerBeside(registration, booking);
  const own = learner === null ? null : registration;
  return {
    ...found,
    registration,
    seat: seatFacts(links, registration, run),
    learner,
    learnerFacts: {
      run: runFacts(links, run, registration.timeZone, own),
      role: "learner" as const,
      reference: booking.reference,
      bookedBy: booker.name,
    },
  };
}

/** Whether the learner has a place that is certain, on a run that is still to come. */
function isToCome(found: SeatRead): boolean {
  const { booking, registration, run } = found;
  return (
    booking.status === "confirmed" &&
    takesPlace(registration) &&
    run.status !== "cancelled" &&
    !run.isBegun
  );
}

export const registrationCancelled: Gather = async (gathering, id, event) => {
  const found = await readSeat(gathering, id);
  if (found === undefined) return [];
  if (event.to !== undefined) return replacedLearner(gathering, found, event.to);
  const { booking, booker, run, registrations, facts, registration, learner, learnerFacts } = found;
  const { links } = found;
  if (registration.status !== "cancelled") return [];
  const { language } = booking;
  const ids = event.together ?? [id];
  const cancelled = registrations.filter(
    (row) => row.status === "cancelled" && ids.includes(row.id),
  );
  const cost = await costFacts(
    gathering.db,
    cancelled.map((row) => row.id),
    "cancellation",
  );
  const seats = cancelled.map((row) => seatFacts(links, row, run));
  const drafts: MailDraft[] = [
    {
      content: {
        kind: "registration_cancelled",
        facts: { ...facts, seats, cost, isReplaced: false },
      },
      to: booker,
      language,
      key: `registration_cancelled:${ids.toSorted().join(",")}`,
      calendar: registrations.some(takesPlace)
        ? null
        : await bookingCalendar(gathering, booking, registrations, run, booker, "CANCELLED"),
    },
  ];
  if (learner !== null && booking.confirmedAt !== null) {
    drafts.push({
      content: {
        kind: "registration_cancelled",
        facts: { ...learnerFacts, seats, cost: NO_COST, isReplaced: false },
      },
      to: learner,
      language,
      key: seatCancelledKey(id),
      calendar: await seatCalendar(gathering, booking, registration, run, learner, "CANCELLED"),
    });
  }
  return drafts;
};

/** The learner whose place went to somebody else. */
async function replacedLearner(
  gathering: Gathering,
  { booking, registration, run: row, seat, learnerFacts }: SeatRead,
  to: Participant,
): Promise<MailDraft[]> {
  // What lets the new learner in is nothing for the one before.
  const run = { ...learnerFacts.run, joinUrl: null };
  // A booker who gives their own place away keeps the entry of the booking, which they manage.
  const isBooker = isSameAddress(to.email, booking.bookerEmail);
  return [
    {
      content: {
        kind: "registration_cancelled",
        facts: { ...learnerFacts, run, seats: [seat], cost: NO_COST, isReplaced: true },
      },
      to: { ...to, name: plainName(to.name) },
      language: booking.language,
      calendar: isBooker
        ? null
        : await seatCalendar(gathering, booking, registration, row, to, "CANCELLED"),
    },
  ];
}

export const registrationTransferred: Gather = async (gathering, id) => {
  const found = await readSeat(gathering, id);
  if (found === undefined || !takesPlace(found.registration)) return [];
  const { booking, booker, run, registrations, facts, registration, learner, learnerFacts } = found;
  const { links } = found;
  const { language } = booking;
  const before = await findPredecessor(gathering.db, id);
  const isCertain = booking.status === "confirmed";
  const drafts: MailDraft[] = [
    {
      content: {
        kind: "registration_transferred",
        facts: {
          ...facts,
          cost: await costOfMove(gathering, registrations),
          from: await runBefore(gathering, links, before, booking.timeZone),
        },
      },
      to: booker,
      language,
      // A booking is made of all that moves at once.
      key: `registration_transferred:${booking.id}`,
      calendar: isCertain
        ? await bookingCalendar(gathering, booking, registrations, run, booker)
        : null,
    },
  ];
  if (learner !== null && isCertain) {
    const from = await runBefore(gathering, links, before, registration.timeZone);
    drafts.push({
      content: {
        kind: "registration_transferred",
        facts: { ...learnerFacts, cost: NO_COST, from },
      },
      to: learner,
      language,
      calendar: await seatCalendar(gathering, booking, registration, run, learner),
    });
  }
  return drafts;
};

/** Costs are written down with the registrations that were left. */
async function costOfMove(
  { db }: Gathering,
  registrations: readonly RegistrationRow[],
): Promise<CostFacts> {
  const left = await Promise.all(registrations.map(({ id }) => findPredecessor(db, id)));
  const ids = left.flatMap((row) => (row === undefined ? [] : [row.id]));
  return costFacts(db, ids, "transfer");
}

async function runBefore(
  { db }: Gathering,
  links: LinkParts,
  before: RegistrationRow | undefined,
  readerZone: string | null,
) {
  const run = before && (await findRun(db, before.runId, links.language));
  return run === undefined ? null : runFacts(links, run, readerZone);
}

export const learnerNamed: Gather = async (gathering, id) => {
  const found = await readSeat(gathering, id);
  if (found === undefined || found.learner === null || !isToCome(found)) return [];
  const { booking, registration, run, learner, learnerFacts } = found;
  return [
    {
      content: { kind: "learner_named", facts: { ...learnerFacts, learner: learner.name } },
      to: learner,
      language: booking.language,
      calendar: await seatCalendar(gathering, booking, registration, run, learner),
    },
  ];
};

export const claimLinkSent: Gather = async (gathering, id, { to }) => {
  const found = await readSeat(gathering, id);
  if (found === undefined || found.seat.claimUrl === null) return [];
  const { booking, booker, facts, learnerFacts, seat } = found;
  const link = { position: seat.position, claimUrl: found.seat.claimUrl };
  const { language } = booking;
  return to === undefined
    ? [{ content: { kind: "claim_link", facts: { ...facts, ...link } }, to: booker, language }]
    : [{ content: { kind: "claim_link", facts: { ...learnerFacts, ...link } }, to, language }];
};

export const reminded: Gather = async (gathering, id) => {
  const found = await readSeat(gathering, id);
  if (found === undefined || !isToCome(found)) return [];
  const { booking, booker, run, registrations, facts, learner, learnerFacts } = found;
  const { language } = booking;
  if (learner !== null) {
    return [{ content: { kind: "reminder", facts: learnerFacts }, to: learner, language }];
  }
  const isForOthers = registrations.some(
    (each) => takesPlace(each) && !isSameAddress(each.learnerEmail, booking.bookerEmail),
  );
  return [
    {
      content: { kind: "reminder", facts: { ...facts, isForOthers } },
      to: booker,
      language,
      // Once, however many places nobody is named for.
      key: `reminder:${booking.id}:${run.startsAt.toISOString()}`,
    },
  ];
};
