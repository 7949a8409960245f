import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import type { EntryStatus } from "./calendar-object.ts";
import { timeZoneComponent } from "./time-zone-component.ts";

/** A session in a calendar that programs subscribe to. */
export interface FeedEvent {
  /** The same as long as it is the same session of the same place, whenever it is. */
  readonly uid: string;
  readonly sequence: number;
  readonly status: EntryStatus;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly url: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** IANA identifier of the clock that it is held by. */
  readonly timeZone: string;
  readonly changedAt: Date;
}

/** Programs are asked to look again after so long. */
const LOOK_AGAIN_SECONDS = 60 * 60;

/**
 * Writes a calendar that programs subscribe to: an event for each session, at the local time that it is held at. The
 * same events are the same text, whenever it is written.
 *
 * @param name of the calendar
 * @returns iCalendar (RFC 5545, RFC 7986)
 */
export function calendarFeed(name: string, events: readonly FeedEvent[]): string {
  const calendar = ical({
    name: escaped(name),
    prodId: "//Lectern//Lectern//EN",
    method: ICalCalendarMethod.PUBLISH,
    ttl: LOOK_AGAIN_SECONDS,
    timezone: { name: null, generator: zonesOf(events) },
  });
  for (const event of events) {
    calendar.createEvent({
      id: event.uid,
      sequence: event.sequence,
      status: ICalEventStatus[event.status],
      summary: event.summary,
      description: event.description,
      location: event.location,
      url: event.url,
      start: localTime(event.startsAt, event.timeZone),
      end: localTime(event.endsAt, event.timeZone),
      timezone: event.timeZone,
      stamp: event.changedAt,
      lastModified: event.changedAt,
    });
  }
  return `${calendar.toString()}\r\n`;
}

/** As a TEXT (RFC 5545, section 3.3.11): of the calendar's name, the library does not see to that. */
function escaped(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, " ").replaceAll(/[\\;,]/gu, String.raw`\$&`);
}

function localTime(at: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
}

/** @returns what writes a zone, as far as these events need it */
function zonesOf(events: readonly FeedEvent[]): (timeZone: string) => string | null {
  return (timeZone) => {
    // RFC 5545, section 3.3.5: such a time is written in another form.
    if (timeZone === "UTC") return null;
    const times = events.flatMap((event) =>
      event.timeZone === timeZone ? [event.startsAt.getTime(), event.endsAt.getTime()] : [],
    );
    return timeZoneComponent(timeZone, new Date(Math.min(...times)), new Date(Math.max(...times)));
  };
}
