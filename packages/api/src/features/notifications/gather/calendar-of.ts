import {
  type CalendarEntry,
  type CalendarObject,
  type EntryStatus,
  type Participant,
  calendarObject,
} from "../calendar/calendar-object.ts";
import type { Sitting } from "../calendar/recurrence.ts";
import type { RunFacts } from "../letters/facts.ts";
import { wordsFor } from "../letters/write-letter.ts";
import { joinPage } from "../links.ts";
import { isOnline, runFacts, takesPlace } from "./facts-of.ts";
import { type Gathering, isSameAddress, linksFor } from "./mail-draft.ts";
import {
  type BookingRow,
  type RegistrationRow,
  type RunRow,
  findBooking,
  findCalendarLine,
  findRegistrations,
  findRun,
} from "./rows.ts";

/**
 * Entries in calendars. A booker has one for the booking, a learner one for the place; each keeps its
 * UID when it moves to another run. Their SEQUENCE counts what learners must see of the run
 * (`course_run.calendar_sequence`) and each claim of the place, twice, so that a cancellation fits in
 * between: it is newer than what it cancels, and older than what may come after it.
 */

/** Not the host's name, which may change while entries stay (RFC 7986, section 5.3). */
const UID_DOMAIN = "lectern";

function statusOf(run: RunRow): EntryStatus {
  if (run.status === "cancelled") return "CANCELLED";
  return run.status === "tentative" ? "TENTATIVE" : "CONFIRMED";
}

/** What people do in their own time, over months, is nothing for a calendar. */
function hasAppointments({ deliveryMode, sittings }: RunRow): boolean {
  return deliveryMode !== "self_paced" || sittings.length > 0;
}

/** @param run as it is told of in the language of what the entry is about */
async function entryOf(
  gathering: Gathering,
  of: "booking" | "registration",
  about: { readonly id: string; readonly reference: string; readonly language: string },
  run: RunRow,
  status: EntryStatus,
): Promise<CalendarEntry> {
  const { rootId, sequence } = await findCalendarLine(gathering.db, of, about.id);
  const words = wordsFor(about.language).calendar;
  const links = linksFor(gathering, about.language);
  const told = runFacts(links, run, null);
  return {
    uid: `${rootId}@${UID_DOMAIN}`,
    sequence: status === "CANCELLED" ? sequence + 1 : sequence,
    status,
    summary: told.title,
    description: [
      words.booked(about.reference),
      ...(isOnline(run) && status !== "CANCELLED" ? [words.join(joinPage(links, run.id))] : []),
    ].join("\n"),
    url: told.courseUrl,
    sittings: sittingsOf(told, words.online),
  };
}

function sittingsOf(run: RunFacts, online: string): readonly [Sitting, ...Sitting[]] {
  function located({ startsAt, endsAt, room }: RunFacts["sittings"][number]): Sitting {
    const place = run.place ?? online;
    return { startsAt, endsAt, location: room === null ? place : `${room}, ${place}` };
  }
  const [first, ...others] = run.sittings.map(located);
  return first === undefined
    ? [located({ startsAt: run.startsAt, endsAt: run.endsAt, room: null })]
    : [first, ...others];
}

/** A learner's entry, as it is now; `null` for a run without appointments. */
export async function seatCalendar(
  gathering: Gathering,
  booking: BookingRow,
  registration: RegistrationRow,
  run: RunRow,
  attendee: Participant,
  status: EntryStatus = statusOf(run),
): Promise<CalendarObject | null> {
  if (!hasAppointments(run)) return null;
  const { id } = registration;
  const about = { id, reference: booking.reference, language: booking.language };
  const entry = await entryOf(gathering, "registration", about, run, status);
  return calendarObject(entry, { organiser: gathering.settings.sender, attendee }, gathering.now);
}

/**
 * The booker's entry, as it is now: an invitation, if the booker comes too. Where it takes the place of
 * the entry of another booking that has no places any more, that one goes with it.
 */
export async function bookingCalendar(
  gathering: Gathering,
  booking: BookingRow,
  registrations: readonly RegistrationRow[],
  run: RunRow,
  booker: Participant,
  status: EntryStatus = statusOf(run),
): Promise<CalendarObject | null> {
  if (!hasAppointments(run)) return null;
  const entry = await entryOf(gathering, "booking", booking, run, status);
  const comes = registrations.some(({ learnerEmail }) =>
    isSameAddress(learnerEmail, booking.bookerEmail),
  );
  return calendarObject(
    entry,
    {
      organiser: gathering.settings.sender,
      attendee: comes ? booker : null,
      replaced: status === "CANCELLED" ? null : await replacedBy(gathering, booking, entry),
    },
    gathering.now,
  );
}

async function replacedBy(
  gathering: Gathering,
  booking: BookingRow,
  entry: CalendarEntry,
): Promise<CalendarEntry | null> {
  const { originId } = booking;
  if (originId === null) return null;
  const origin = await findBooking(gathering.db, originId);
  if (origin === undefined) return null;
  const left = await findRegistrations(gathering.db, origin.id);
  const run = await findRun(gathering.db, origin.runId, origin.language);
  if (run === undefined || !hasAppointments(run) || left.some(takesPlace)) return null;
  const replaced = await entryOf(gathering, "booking", origin, run, "CANCELLED");
  return replaced.uid === entry.uid ? null : replaced;
}
