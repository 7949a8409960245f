import type { MailFacts } from "../letters/facts.ts";
import { approvalLink } from "../links.ts";
import { bookingCalendar, seatCalendar } from "./calendar-of.ts";
import { bookingFacts, costFacts, reasonOf, runFacts, takesPlace } from "./facts-of.ts";
import {
  type Gather,
  type Gathering,
  bookerOf,
  isSameAddress,
  learnerBeside,
  linksFor,
} from "./mail-draft.ts";
import { plainName } from "./plain-text.ts";
import { findBooking, findRegistrations, findRun } from "./rows.ts";

/**
 * A booking that a booker can be told of, with all that mails say of it.
 *
 * @param reader the language of whoever reads of it, if that is not the booking's
 */
export async function readBooking(gathering: Gathering, bookingId: string, reader?: string) {
  const { db } = gathering;
  const booking = await findBooking(db, bookingId);
  if (booking === undefined) return undefined;
  const booker = bookerOf(booking);
  const links = linksFor(gathering, reader ?? booking.language);
  const run = await findRun(db, booking.runId, links.language);
  if (booker === null || run === undefined) return undefined;
  const registrations = await findRegistrations(db, booking.id);
  const own = registrations.find(
    (row) => takesPlace(row) && isSameAddress(row.learnerEmail, booking.bookerEmail),
  );
  const facts: MailFacts["booking_confirmed"] = {
    run: runFacts(links, run, booking.timeZone, own ?? null),
    role: "booker",
    booking: bookingFacts(links, booking, registrations, run),
  };
  return { booking, booker, run, registrations, facts, links };
}

export const bookingConfirmed: Gather = async (gathering, id) => {
  const found = await readBooking(gathering, id);
  if (found?.booking.status !== "confirmed") return [];
  const { booking, booker, run, registrations, facts } = found;
  return [
    {
      content: { kind: "booking_confirmed", facts },
      to: booker,
      language: booking.language,
      calendar: await bookingCalendar(gathering, booking, registrations, run, booker),
    },
  ];
};

export const approvalRequested: Gather = async (gathering, id) => {
  const found = await readBooking(gathering, id);
  if (found?.booking.status !== "awaiting_approval") return [];
  const { booking, facts, links } = found;
  const { approverName, approverEmail } = booking;
  if (approverName === null || approverEmail === null) return [];
  const approver = plainName(approverName);
  const { url: _, ...order } = facts.booking;
  return [
    {
      content: {
        kind: "approval_requested",
        facts: {
          run: facts.run,
          booking: order,
          approver,
          url: approvalLink(links, booking),
        },
      },
      to: { name: approver, email: approverEmail },
      language: booking.language,
    },
  ];
};

export const approvalRefused: Gather = async (gathering, id) => {
  const found = await readBooking(gathering, id);
  if (found?.booking.status !== "cancelled") return [];
  const { booking, booker, facts } = found;
  return [
    {
      content: {
        kind: "approval_refused",
        facts: { ...facts, reason: reasonOf(booking.cancelledReason) },
      },
      to: booker,
      language: booking.language,
    },
  ];
};

export const holdExpiring: Gather = async (gathering, id) => {
  const found = await readBooking(gathering, id);
  if (found === undefined) return [];
  const { booking, booker, facts } = found;
  const isDue = booking.paymentState === "unpaid" || booking.paymentState === "part_paid";
  const hasTime = booking.expiresAt !== null && booking.expiresAt > gathering.now;
  if (booking.status !== "awaiting_payment" || !isDue || !hasTime) return [];
  return [
    {
      content: { kind: "hold_expiring", facts },
      to: booker,
      language: booking.language,
    },
  ];
};

export const bookingCancelled: Gather = async (gathering, id) => {
  const found = await readBooking(gathering, id);
  if (found?.booking.status !== "cancelled") return [];
  const { booking, booker, run, registrations, facts, links } = found;
  const { language, reference } = booking;
  const reason = reasonOf(booking.cancelledReason);
  const cancelled = registrations.filter(({ status }) => status === "cancelled");
  const cost = await costFacts(
    gathering.db,
    cancelled.map((each) => each.id),
    "cancellation",
  );
  // What was never confirmed is in nobody's calendar, and no learner has heard of it.
  const wasCertain = booking.confirmedAt !== null;
  const learners = cancelled.flatMap((registration) => {
    const learner = wasCertain ? learnerBeside(registration, booking) : null;
    return learner === null ? [] : [{ registration, learner }];
  });
  return [
    {
      content: { kind: "booking_cancelled", facts: { ...facts, cost, reason } },
      to: booker,
      language,
      calendar: wasCertain
        ? await bookingCalendar(gathering, booking, registrations, run, booker, "CANCELLED")
        : null,
    },
    ...(await Promise.all(
      learners.map(async ({ registration, learner }) => ({
        content: {
          kind: "booking_cancelled" as const,
          facts: {
            run: runFacts(links, run, registration.timeZone),
            role: "learner" as const,
            reference,
            bookedBy: booker.name,
            cost,
            reason: null,
          },
        },
        to: learner,
        language,
        key: seatCancelledKey(registration.id),
        calendar: await seatCalendar(gathering, booking, registration, run, learner, "CANCELLED"),
      })),
    )),
  ];
};

/** A learner's place ends once, with the booking or without it. */
export function seatCancelledKey(registrationId: string): string {
  return `seat_cancelled:${registrationId}`;
}
