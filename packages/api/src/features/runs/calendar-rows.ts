import {
  arrayOf,
  int4,
  int8,
  jsonb,
  nullable,
  text,
  timestamptz,
  uuid,
} from "@lectern/database/codecs";
import { type RowOf, type Slots, type Values, prepared, rows } from "@lectern/database/prepared";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { unlessNull } from "../../shared/catalogue-filter.ts";
import { REACH, runIsWithin } from "../../shared/reach.ts";

/**
 * The rows of the calendar. Each of its ways begins with what makes the runs few, so that the time it takes does not
 * depend on how many there are: a room, an instructor, a course, a venue, or the days alone.
 *
 * A run lasts some days, and is found by when it begins. The few that last longer than a week have an
 * index of their own, by all the time that they take.
 */

const PARAMETERS = {
  ...REACH,
  /** First and last day. */
  from: text,
  to: text,
  statuses: arrayOf(courseRun.status),
  courseIds: nullable(arrayOf(uuid)),
  venueIds: nullable(arrayOf(uuid)),
  roomIds: nullable(arrayOf(uuid)),
  instructorIds: nullable(arrayOf(uuid)),
  inCountries: nullable(arrayOf(text)),
  deliveryModes: nullable(arrayOf(courseRun.deliveryMode)),
  afterStart: nullable(timestamptz),
  afterId: nullable(uuid),
  limit: int4,
};
type CalendarSlots = Slots<typeof PARAMETERS>;
export type CalendarValues = Values<typeof PARAMETERS>;

const Sessions = z.array(
  z.object({
    id: z.string(),
    position: z.number(),
    startsAt: z.string(),
    endsAt: z.string(),
    localStart: z.string(),
    localEnd: z.string(),
    roomId: z.string().nullable(),
    instructorIds: z.array(z.string()),
  }),
);

const COLUMNS = {
  id: uuid,
  version: int4,
  status: courseRun.status,
  visibility: courseRun.visibility,
  deliveryMode: courseRun.deliveryMode,
  language: text,
  courseId: uuid,
  courseCode: text,
  courseTitle: text,
  venueId: nullable(uuid),
  venueName: nullable(text),
  venueStreet: nullable(text),
  venueCity: nullable(text),
  venueCountry: nullable(text),
  organisationId: nullable(uuid),
  organisationName: nullable(text),
  capacity: int4,
  taken: int4,
  waiting: int4,
  minPlaces: int4,
  timeZone: text,
  localStart: text,
  localEnd: text,
  startsAt: timestamptz,
  endsAt: timestamptz,
  sessionCount: int8,
  sessions: jsonb((value) => Sessions.parse(value)),
};
export type CalendarRow = RowOf<typeof COLUMNS>;

/** No zone is further from UTC, and none was. */
const FURTHEST_ZONE = sql`interval '16 hours'`;
/** As the index `course_run_long_idx` has it. */
const IS_LONG = sql`r.ends_at - r.starts_at > interval '7 days'`;

function firstMoment($: CalendarSlots): SQL {
  return sql`(${$.from}::date::timestamp AT TIME ZONE 'UTC' - ${FURTHEST_ZONE})`;
}
function lastMoment($: CalendarSlots): SQL {
  return sql`((${$.to}::date + 1)::timestamp AT TIME ZONE 'UTC' + ${FURTHEST_ZONE})`;
}

/** Of a session `s`. */
function isOnTheDays($: CalendarSlots): SQL {
  return sql`s.local_start >= ${$.from}::date AND s.local_start < ${$.to}::date + 1`;
}

/** Of a run `r`: what was chosen, and what is within reach. */
function isWanted($: CalendarSlots): SQL {
  return sql`r.status = ANY (${$.statuses})
    AND (${$.afterId} IS NULL OR (r.starts_at, r.id) > (${$.afterStart}, ${$.afterId}))
    AND ${unlessNull($.courseIds, sql`r.course_id = ANY (${$.courseIds})`)}
    AND ${unlessNull($.venueIds, sql`r.venue_id = ANY (${$.venueIds})`)}
    AND ${unlessNull($.deliveryModes, sql`r.delivery_mode = ANY (${$.deliveryModes})`)}
    AND ${unlessNull($.inCountries, sql`(SELECT v.country = ANY (${$.inCountries}) FROM venue AS v WHERE v.id = r.venue_id)`)}
    AND (EXISTS (
        SELECT FROM session AS s
        WHERE s.run_id = r.id AND ${isOnTheDays($)}
          AND ${unlessNull($.roomIds, sql`s.room_id = ANY (${$.roomIds})`)}
          AND ${unlessNull(
            $.instructorIds,
            sql`EXISTS (
            SELECT FROM session_instructor AS t WHERE t.session_id = s.id AND t.instructor_id = ANY (${$.instructorIds}))`,
          )}
      ) OR (
        -- Nobody knows its sessions.
        ${$.roomIds} IS NULL AND ${$.instructorIds} IS NULL
        AND r.local_start < ${$.to}::date + 1 AND r.local_end >= ${$.from}::date
        AND NOT EXISTS (SELECT FROM session AS s WHERE s.run_id = r.id)
      ))
    AND ${runIsWithin($, sql`r.id`)}`;
}

/** @param condition of a run `r`, for which there is an index with the start */
function byStart($: CalendarSlots, condition: SQL): SQL {
  return sql`
    (SELECT r.id, r.starts_at FROM course_run AS r
      WHERE ${condition}
        -- Where the index is entered: where the page before has ended, if there was one.
        AND r.starts_at >= greatest(${firstMoment($)} - interval '7 days', ${$.afterStart})
        AND r.starts_at < ${lastMoment($)}
        AND r.ends_at >= ${firstMoment($)} AND NOT ${IS_LONG}
        AND ${isWanted($)}
      ORDER BY r.starts_at, r.id
      LIMIT ${$.limit})
    UNION ALL
    (SELECT r.id, r.starts_at FROM course_run AS r
      WHERE ${condition} AND ${IS_LONG}
        AND tstzrange(r.starts_at, r.ends_at, '[]') && tstzrange(${firstMoment($)}, ${lastMoment($)})
        AND ${isWanted($)}
      ORDER BY r.starts_at, r.id
      LIMIT ${$.limit})`;
}

/** @param runIds a query of ids of runs */
function byIds($: CalendarSlots, runIds: SQL): SQL {
  return sql`
    SELECT r.id, r.starts_at
    FROM (SELECT DISTINCT few.run_id FROM (${runIds}) AS few) AS few JOIN course_run AS r ON r.id = few.run_id
    WHERE ${isWanted($)}`;
}

function calendarBy(way: string, candidates: ($: CalendarSlots) => SQL) {
  return prepared(`runs.calendar.${way}`, PARAMETERS, (_, $) =>
    rows(COLUMNS, answer($, candidates($))),
  );
}

function answer($: CalendarSlots, candidates: SQL): SQL {
  return sql`
    WITH page AS MATERIALIZED (
      SELECT c.id FROM (${candidates}) AS c ORDER BY c.starts_at, c.id LIMIT ${$.limit}
    )
    SELECT r.id, r.version, r.status, r.visibility, r.delivery_mode, r.language,
      c.id AS course_id, c.code AS course_code, c.title AS course_title,
      v.id AS venue_id, v.name AS venue_name, v.street AS venue_street, v.city AS venue_city, v.country AS venue_country,
      o.id AS organisation_id, o.name AS organisation_name,
      p.capacity, p.taken, p.waiting, r.min_places, r.time_zone, r.local_start, r.local_end, r.starts_at, r.ends_at,
      (SELECT count(*) FROM session AS s WHERE s.run_id = r.id) AS session_count,
      (SELECT coalesce(json_agg(json_build_object(
          'id', s.id, 'position', s.position, 'startsAt', s.starts_at, 'endsAt', s.ends_at,
          'localStart', s.local_start, 'localEnd', s.local_end, 'roomId', s.room_id,
          'instructorIds', ARRAY(SELECT t.instructor_id FROM session_instructor AS t WHERE t.session_id = s.id ORDER BY 1)
        ) ORDER BY s.position), '[]')
        FROM session AS s WHERE s.run_id = r.id AND ${isOnTheDays($)}) AS sessions
    FROM page
      JOIN course_run AS r ON r.id = page.id
      JOIN course AS c ON c.id = r.course_id
      JOIN run_capacity AS p ON p.run_id = r.id
      LEFT JOIN venue AS v ON v.id = r.venue_id
      LEFT JOIN organisation AS o ON o.id = r.organisation_id
    ORDER BY r.starts_at, r.id`;
}

/** The ways to the rows of a calendar, by what is few. */
export const CALENDAR_BY = {
  time: calendarBy("byTime", ($) => byStart($, sql`true`)),
  course: calendarBy(
    "byCourse",
    ($) => sql`
      SELECT few.* FROM unnest(${$.courseIds}) AS of (id)
        CROSS JOIN LATERAL (${byStart($, sql`r.course_id = of.id`)}) AS few`,
  ),
  venue: calendarBy(
    "byVenue",
    ($) => sql`
      SELECT few.* FROM venue AS of
        CROSS JOIN LATERAL (${byStart($, sql`r.venue_id = of.id`)}) AS few
      WHERE ${unlessNull($.venueIds, sql`of.id = ANY (${$.venueIds})`)}
        AND ${unlessNull($.inCountries, sql`of.country = ANY (${$.inCountries})`)}
        AND (${$.everywhere} OR of.country = ANY (${$.countries}))`,
  ),
  room: calendarBy("byRoom", ($) =>
    byIds(
      $,
      sql`SELECT s.run_id FROM session AS s
        WHERE s.room_id = ANY (${$.roomIds})
          AND s.starts_at >= ${firstMoment($)} AND s.starts_at < ${lastMoment($)}`,
    ),
  ),
  instructor: calendarBy("byInstructor", ($) =>
    byIds(
      $,
      sql`SELECT s.run_id FROM session_instructor AS t JOIN session AS s ON s.id = t.session_id
        WHERE t.instructor_id = ANY (coalesce(${$.instructorIds}, ARRAY(
            SELECT i.id FROM instructor AS i WHERE i.person_id = ${$.instructorId})))
          AND t.starts_at >= ${firstMoment($)} AND t.starts_at < ${lastMoment($)}`,
    ),
  ),
};
