import type { RunDetail, RunSummary } from "@lectern/contract/runs";
import ical from "ical-generator";

interface Words {
  readonly title: string;
  readonly description: string;
  readonly online: string;
}

/** What is put into a calendar: places of a run, a booking's or a single one. */
export interface CalendarEntry {
  /** Of the booking or the place: the same event again replaces it, when a run was moved. */
  readonly id: string;
  readonly run: RunSummary;
  /** When it came to be. */
  readonly since: string;
}

/**
 * Writes the calendar file (RFC 5545) of places, an event for each session. Times are instants, so that
 * every calendar shows them on its owner's clock. It is made in the browser: no address has to carry a key.
 *
 * @param sessions of the run; without any, the run itself is one event
 */
export function calendarFile(
  { id, run, since }: CalendarEntry,
  sessions: RunDetail["sessions"],
  words: Words,
): string {
  const { venue } = run;
  const place =
    venue === null
      ? words.online
      : [venue.name, venue.street, venue.city].filter(Boolean).join(", ");
  const calendar = ical({ name: words.title, prodId: "//Lectern//Lectern//EN" });
  const sittings = sessions.length > 0 ? sessions : [{ ...run, room: null }];
  for (const sitting of sittings) {
    calendar.createEvent({
      id: `${sitting.id}@${id.toLowerCase()}.lectern`,
      start: new Date(sitting.startsAt),
      end: new Date(sitting.endsAt),
      stamp: new Date(since),
      summary: words.title,
      description: words.description,
      location: sitting.room === null ? place : `${sitting.room.name}, ${place}`,
    });
  }
  return calendar.toString();
}
