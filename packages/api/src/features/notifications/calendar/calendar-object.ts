import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  type ICalCalendar,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
} from "ical-generator";
import { type Sitting, recurrenceOf } from "./recurrence.ts";

/** What becomes of an entry in a calendar. */
export type EntryStatus = "CONFIRMED" | "TENTATIVE" | "CANCELLED";

/** An entry of somebody's calendar: all sittings of a run that they have a place on. */
export interface CalendarEntry {
  /** The same as long as it is the same entry, whatever happens to it. */
  readonly uid: string;
  /** Rises with each change of the entry (RFC 5545, section 3.8.7.4). */
  readonly sequence: number;
  readonly status: EntryStatus;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  readonly sittings: readonly [Sitting, ...Sitting[]];
}

export interface Participant {
  readonly name: string;
  readonly email: string;
}

export interface CalendarObject {
  /** iCalendar (RFC 5545). */
  readonly content: string;
  /** Its METHOD (RFC 5546). */
  readonly method: "REQUEST" | "PUBLISH" | "CANCEL";
}

/**
 * Writes what a calendar program is told about an entry: that it is there or has changed, or that it
 * goes.
 *
 * @param entry the one that the mail is about
 * @param replaced another one that goes because of it
 * @param attendee who comes; without one, the entry is only made known (PUBLISH), to who booked for others
 * @param now when it is written
 */
export function calendarObject(
  entry: CalendarEntry,
  parties: {
    readonly organiser: Participant;
    readonly attendee: Participant | null;
    readonly replaced?: CalendarEntry | null;
  },
  now: Date,
): CalendarObject {
  const { organiser, attendee } = parties;
  const replaced = parties.replaced ?? null;
  const method = methodOf(entry, attendee, replaced);
  const calendar = ical({ prodId: "//Lectern//Lectern//EN", method: ICalCalendarMethod[method] });
  for (const each of replaced === null ? [entry] : [entry, replaced]) {
    write(calendar, each, {
      stamp: now,
      organizer: organiser,
      ...(attendee && method !== "PUBLISH" && { attendees: [invited(attendee)] }),
    });
  }
  return { content: `${calendar.toString()}\r\n`, method };
}

/** Two entries at once can only be published: an invitation and a cancellation speak of one. */
function methodOf(
  entry: CalendarEntry,
  attendee: Participant | null,
  replaced: CalendarEntry | null,
): CalendarObject["method"] {
  if (replaced !== null) return "PUBLISH";
  if (entry.status === "CANCELLED") return "CANCEL";
  return attendee === null ? "PUBLISH" : "REQUEST";
}

/** They have a place: nothing is to be answered. */
function invited({ name, email }: Participant) {
  return {
    name,
    email,
    rsvp: false,
    role: ICalAttendeeRole.REQ,
    status: ICalAttendeeStatus.ACCEPTED,
  };
}

function write(
  calendar: ICalCalendar,
  entry: CalendarEntry,
  shared: Pick<ICalEventData, "stamp" | "organizer" | "attendees">,
): void {
  const { first, rule, exceptions } = recurrenceOf(entry.sittings);
  const common = {
    ...shared,
    id: entry.uid,
    sequence: entry.sequence,
    status: ICalEventStatus[entry.status],
    summary: entry.summary,
    description: entry.description,
    url: entry.url,
  };
  const isGone = entry.status === "CANCELLED";
  calendar.createEvent({
    ...common,
    ...at(first),
    ...(rule !== null && !isGone && { repeating: rule }),
  });
  // Cancelling the event cancels all of its sittings.
  if (isGone) return;
  for (const { instead, sitting } of exceptions) {
    calendar.createEvent({ ...common, ...at(sitting), recurrenceId: instead });
  }
}

function at({ startsAt, endsAt, location }: Sitting) {
  return { start: startsAt, end: endsAt, location };
}
