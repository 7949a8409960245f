import type { Reach } from "@lectern/auth/actor";
import { Id, Instant } from "@lectern/contract/primitives";
import {
  CALENDAR_DAYS_MAX,
  type RunsCalendarInput,
  type RunsCalendarOutput,
} from "@lectern/contract/scheduling";
import { arrayOf, int4, nullable, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { instructor, room } from "@lectern/database/schema/scheduling";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { invalid } from "../../domain-error.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { isOfInstructorAlone } from "../../shared/reach.ts";
import { CALENDAR_BY, type CalendarRow, type CalendarValues } from "./calendar-rows.ts";
import { toCalendarRun } from "./calendar-run.ts";

type CalendarInput = z.infer<typeof RunsCalendarInput>;

/** The last run of the page before. */
const After = z.tuple([Instant, Id]);

/** Whoever asks for no states gets all in which something takes place, or may. */
const NOT_CANCELLED = ["draft", "tentative", "confirmed", "in_progress", "completed"] as const;

const namedRooms = prepared("runs.calendar.rooms", { ids: arrayOf(uuid) }, (_, $) =>
  rows(
    { id: room.id, name: room.name, capacity: int4, venueId: nullable(uuid) },
    sql`SELECT r.id, r.name, r.capacity, r.venue_id FROM room AS r
      WHERE r.id = ANY (${$.ids}) ORDER BY r.name, r.id`,
  ),
);

const namedInstructors = prepared("runs.calendar.instructors", { ids: arrayOf(uuid) }, (_, $) =>
  rows(
    { id: instructor.id, name: instructor.name },
    sql`SELECT i.id, i.name FROM instructor AS i
      WHERE i.id = ANY (${$.ids}) ORDER BY i.name, i.id`,
  ),
);

/**
 * Runs within reach of which something happens between two days, in the order in which they begin, with
 * their sessions on these days. The days are those on the clocks where they are held.
 *
 * @throws Invalid for days that are none, or too many, and for a cursor of another list
 */
export async function listCalendar(
  db: Database,
  reach: Reach,
  input: CalendarInput,
): Promise<RunsCalendarOutput> {
  requireFewDays(input);
  const after = decodeCursor(input.cursor, After);
  const values: CalendarValues = {
    ...reach,
    from: input.from,
    to: input.to,
    statuses: input.statuses ?? NOT_CANCELLED,
    courseIds: input.courseIds ?? null,
    venueIds: input.venueIds ?? null,
    roomIds: input.roomIds ?? null,
    instructorIds: input.instructorIds ?? null,
    inCountries: input.countries ?? null,
    deliveryModes: input.deliveryModes ?? null,
    afterStart: after === undefined ? null : new Date(after[0]),
    afterId: after?.[1] ?? null,
    limit: input.limit + 1,
  };
  const found = await wayFor(reach, input).execute(db, values);
  const page = found.slice(0, input.limit);
  const last = found.length > input.limit ? page.at(-1) : undefined;
  const [rooms, instructors] = await Promise.all([
    namedRooms.execute(db, {
      ids: namedIn(page, ({ roomId }) => (roomId === null ? [] : [roomId])),
    }),
    namedInstructors.execute(db, { ids: namedIn(page, ({ instructorIds }) => instructorIds) }),
  ]);
  return {
    runs: page.map(toCalendarRun),
    nextCursor: last === undefined ? null : encodeCursor([last.startsAt.toISOString(), last.id]),
    rooms,
    instructors,
  };
}

function requireFewDays({ from, to }: CalendarInput): void {
  const days = Temporal.PlainDate.from(from).until(to).days + 1;
  if (days < 1) throw invalid("to", "The last day is before the first.");
  if (days > CALENDAR_DAYS_MAX) {
    throw invalid("to", `A calendar shows ${CALENDAR_DAYS_MAX} days at most.`);
  }
}

/** The way that has the fewest runs to look at. */
function wayFor(reach: Reach, input: CalendarInput) {
  if (input.roomIds) return CALENDAR_BY.room;
  if (input.instructorIds || isOfInstructorAlone(reach)) return CALENDAR_BY.instructor;
  if (input.courseIds) return CALENDAR_BY.course;
  const isOfCountries = !reach.everywhere && reach.instructorId === null;
  if (input.venueIds || input.countries || isOfCountries) return CALENDAR_BY.venue;
  return CALENDAR_BY.time;
}

function namedIn(
  page: readonly CalendarRow[],
  idsOf: (session: CalendarRow["sessions"][number]) => readonly string[],
): string[] {
  return [...new Set(page.flatMap(({ sessions }) => sessions.flatMap(idsOf)))];
}
