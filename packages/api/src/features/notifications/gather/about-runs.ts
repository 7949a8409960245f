import { bookingCalendar, seatCalendar } from "./calendar-of.ts";
import { readBooking } from "./about-bookings.ts";
import { readSeat } from "./about-registrations.ts";
import { bookingFacts, reasonOf, runFacts, takesPlace } from "./facts-of.ts";
import { type Gather, type MailDraft, linksFor } from "./mail-draft.ts";
import { findAsked, findRun } from "./rows.ts";

export const runCancelled: Gather = async (gathering, id) => {
  const found = await readSeat(gathering, id);
  if (found?.run.status !== "cancelled") return [];
  const { booking, booker, run, registrations, facts, registration, learner, learnerFacts } = found;
  const { language } = booking;
  const asked = await findAsked(gathering.db, booking.id);
  const isAsked = asked.length > 0;
  const told = registrations.filter((row) => asked.includes(row.id));
  const about = isAsked ? bookingFacts(found.links, booking, told, run) : facts.booking;
  const reason = reasonOf(run.cancelledReason);
  const wasCertain = booking.confirmedAt !== null;
  const drafts: MailDraft[] = [
    {
      content: { kind: "run_cancelled", facts: { ...facts, booking: about, reason, isAsked } },
      to: booker,
      language,
      key: `run_cancelled:${booking.id}`,
      calendar: wasCertain
        ? await bookingCalendar(gathering, booking, registrations, run, booker)
        : null,
    },
  ];
  if (learner !== null && wasCertain) {
    drafts.push({
      content: {
        kind: "run_cancelled",
        facts: { ...learnerFacts, reason, isAsked: asked.includes(id) },
      },
      to: learner,
      language,
      calendar: await seatCalendar(gathering, booking, registration, run, learner),
    });
  }
  return drafts;
};

export const runRescheduled: Gather = async (gathering, id) => {
  const found = await readSeat(gathering, id);
  if (found === undefined || found.run.status === "cancelled") return [];
  const { booking, booker, run, registrations, facts, registration, learner, learnerFacts } = found;
  if (!takesPlace(registration)) return [];
  const { language } = booking;
  const asked = await findAsked(gathering.db, booking.id);
  const isAsked = asked.length > 0;
  const isCertain = booking.status === "confirmed";
  const drafts: MailDraft[] = [
    {
      content: { kind: "run_rescheduled", facts: { ...facts, isAsked } },
      to: booker,
      language,
      key: `run_rescheduled:${booking.id}:${run.version}`,
      calendar: isCertain
        ? await bookingCalendar(gathering, booking, registrations, run, booker)
        : null,
    },
  ];
  if (learner !== null && isCertain) {
    drafts.push({
      content: { kind: "run_rescheduled", facts: { ...learnerFacts, isAsked: asked.includes(id) } },
      to: learner,
      language,
      calendar: await seatCalendar(gathering, booking, registration, run, learner),
    });
  }
  return drafts;
};

/** To one of the bookings that `findConfirmedBookings` names. */
export const runConfirmed: Gather = async (gathering, _runId, { bookingId }) => {
  const found = bookingId === undefined ? undefined : await readBooking(gathering, bookingId);
  if (found?.booking.status !== "confirmed" || found.run.status !== "confirmed") return [];
  const { booking, booker, run, registrations, facts } = found;
  return [
    {
      content: { kind: "run_confirmed", facts },
      to: booker,
      language: booking.language,
      calendar: await bookingCalendar(gathering, booking, registrations, run, booker),
    },
  ];
};

export const runUndecided: Gather = async (gathering, runId) => {
  const { staff, staffLanguage } = gathering.settings;
  const run = await findRun(gathering.db, runId, staffLanguage);
  if (run?.status !== "tentative") return [];
  return [
    {
      content: {
        kind: "run_undecided",
        facts: {
          run: runFacts(linksFor(gathering, staffLanguage), run, null),
          runId,
          decisionAt: run.decisionAt,
          taken: run.taken ?? 0,
          minPlaces: run.minPlaces,
        },
      },
      to: staff,
      language: staffLanguage,
    },
  ];
};
