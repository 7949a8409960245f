import type { CalendarRun } from "@lectern/contract/scheduling";
import { wallClockFromRow } from "../../shared/zoned-time.ts";
import type { CalendarRow } from "./calendar-rows.ts";

/** @returns a run as the contract's calendar has it */
export function toCalendarRun(row: CalendarRow): CalendarRun {
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    visibility: row.visibility,
    deliveryMode: row.deliveryMode,
    language: row.language,
    course: { id: row.courseId, code: row.courseCode, title: row.courseTitle },
    venue: venueOf(row),
    organisation:
      row.organisationId === null || row.organisationName === null
        ? null
        : { id: row.organisationId, name: row.organisationName },
    capacity: row.capacity,
    taken: row.taken,
    waiting: row.waiting,
    minPlaces: row.minPlaces,
    timeZone: row.timeZone,
    localStart: wallClockFromRow(row.localStart),
    localEnd: wallClockFromRow(row.localEnd),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    sessionCount: row.sessionCount,
    sessions: row.sessions.map((session) => ({
      ...session,
      localStart: wallClockFromRow(session.localStart),
      localEnd: wallClockFromRow(session.localEnd),
      startsAt: new Date(session.startsAt).toISOString(),
      endsAt: new Date(session.endsAt).toISOString(),
    })),
  };
}

function venueOf(row: CalendarRow): CalendarRun["venue"] {
  const { venueId: id, venueName: name, venueCity: city, venueCountry: country } = row;
  if (id === null || name === null || city === null || country === null) return null;
  return { id, name, street: row.venueStreet, city, country };
}
