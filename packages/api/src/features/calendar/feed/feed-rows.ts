import { bool, int4, nullable, text, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { person } from "@lectern/database/schema/people";
import { courseRun } from "@lectern/database/schema/scheduling";
import { registration } from "@lectern/database/schema/bookings";
import { isEnabledPerson } from "@lectern/auth/sessions/find-session";
import { type SQL, sql } from "drizzle-orm";
import { IS_ONLINE } from "../joining/is-online.ts";

/** What a calendar is written from. */

/** So far back it goes. */
const SINCE = sql`(clock_timestamp() - interval '6 months')`;

/** The owner of a feed, if they may still sign in. */
const owner = prepared("calendar.feedOwner", { id: uuid }, (_, $) =>
  rows(
    { personId: person.id, language: person.language, isToBeNoted: bool },
    sql`SELECT p.id AS person_id, p.language,
        coalesce(f.last_read_at < clock_timestamp() - interval '1 hour', true) AS is_to_be_noted
      FROM calendar_feed f JOIN person p ON p.id = f.person_id
      WHERE f.id = ${$.id} AND ${isEnabledPerson}`,
  ),
);

const note = prepared(
  "calendar.noteRead",
  { id: uuid },
  (_, $) => sql`UPDATE calendar_feed SET last_read_at = clock_timestamp() WHERE id = ${$.id}`,
);

/** Of a run `r` of a course `c`, at a venue `v`, and its session `s` in a room `room`; a run without sessions is one itself. */
const SESSION = {
  runId: courseRun.id,
  runStatus: courseRun.status,
  title: text,
  slug: text,
  venueName: nullable(text),
  venueStreet: nullable(text),
  venueCity: nullable(text),
  roomName: nullable(text),
  isOnline: bool,
  position: int4,
  sessions: int4,
  startsAt: timestamptz,
  endsAt: timestamptz,
  timeZone: text,
  changedAt: timestamptz,
};
const PARAMETERS = { personId: uuid, language: text };

/** @param language in which courses are called what they are, as far as they are translated into it */
function sessionColumns(language: SQL): SQL {
  return sql`r.id AS run_id, r.status AS run_status,
  coalesce((SELECT ct.title FROM course_translation ct WHERE ct.course_id = c.id
    AND ct.language = ${language} AND c.content_language <> ${language}), c.title) AS title, c.slug,
  v.name AS venue_name, v.street AS venue_street, v.city AS venue_city,
  CASE WHEN room.kind = 'physical' THEN room.name END AS room_name, ${IS_ONLINE} AS is_online,
  coalesce(s.position, 0) AS position,
  (SELECT count(*) FROM session every WHERE every.run_id = r.id) AS sessions,
  coalesce(s.starts_at, r.starts_at) AS starts_at, coalesce(s.ends_at, r.ends_at) AS ends_at,
  coalesce(s.time_zone, r.time_zone) AS time_zone`;
}

/**
 * The sessions that somebody has a place on, cancelled ones among them. A place that was moved is that which it became:
 * its `rootId` stays, and each move and each claim makes it newer (see `seatLine` of the mails).
 */
const learning = prepared("calendar.learning", PARAMETERS, (_, $) =>
  rows(
    {
      ...SESSION,
      rootId: uuid,
      sequence: int4,
      reference: text,
      status: registration.status,
    },
    sql`
    WITH RECURSIVE mine AS (
      SELECT g.id, g.run_id, g.status, g.claim_version, g.updated_at, b.reference
      FROM registration g JOIN booking b ON b.id = g.booking_id JOIN course_run r ON r.id = g.run_id
      WHERE g.learner_id = ${$.personId} AND g.status <> 'transferred'
        AND b.status IN ('awaiting_payment', 'awaiting_approval', 'confirmed', 'cancelled')
        AND r.ends_at > ${SINCE}
    ), line AS (
      SELECT id AS seat_id, id, run_id, claim_version, 0 AS depth FROM mine
      UNION ALL
      SELECT line.seat_id, before.id, before.run_id, before.claim_version, line.depth + 1
      FROM line JOIN registration before ON before.successor_id = line.id WHERE line.depth < 100
    ), known AS (
      SELECT line.seat_id, (array_agg(line.id ORDER BY line.depth DESC))[1] AS root_id,
        (2 * sum(its.calendar_sequence + line.claim_version) - 2)::int AS sequence
      FROM line JOIN course_run its ON its.id = line.run_id GROUP BY line.seat_id
    )
    SELECT ${sessionColumns(sql`${$.language}`)}, known.root_id, known.sequence, mine.reference, mine.status,
      greatest(mine.updated_at, r.updated_at) AS changed_at
    FROM mine
      JOIN known ON known.seat_id = mine.id
      JOIN course_run r ON r.id = mine.run_id
      JOIN course c ON c.id = r.course_id
      LEFT JOIN venue v ON v.id = r.venue_id
      LEFT JOIN session s ON s.run_id = r.id
      LEFT JOIN room ON room.id = s.room_id
    WHERE s.id IS NOT NULL OR r.delivery_mode <> 'self_paced'
    ORDER BY starts_at DESC, known.root_id
    LIMIT 2000`,
  ),
);

/** The sessions that somebody teaches, as long as they are an instructor. */
const teaching = prepared("calendar.teaching", PARAMETERS, (_, $) =>
  rows(
    { ...SESSION, sequence: int4 },
    sql`
    SELECT ${sessionColumns(sql`${$.language}`)}, r.calendar_sequence AS sequence, r.updated_at AS changed_at
    FROM instructor i
      JOIN session_instructor t ON t.instructor_id = i.id
      JOIN session s ON s.id = t.session_id
      JOIN course_run r ON r.id = s.run_id
      JOIN course c ON c.id = r.course_id
      LEFT JOIN venue v ON v.id = r.venue_id
      LEFT JOIN room ON room.id = s.room_id
    WHERE i.person_id = ${$.personId} AND t.ends_at > ${SINCE} AND r.status <> 'draft'
      AND EXISTS (SELECT FROM role_assignment a
        WHERE a.person_id = i.person_id AND a.role = 'instructor')
    ORDER BY starts_at DESC, r.id
    LIMIT 2000`,
  ),
);

export type LearningRow = Awaited<ReturnType<typeof learning.execute>>[number];
export type TeachingRow = Awaited<ReturnType<typeof teaching.execute>>[number];

/** @returns whose calendar it is; `undefined` for one that is withdrawn, or of somebody who may not sign in */
export async function findFeedOwner(db: Queryable, feedId: string) {
  return owner.first(db, { id: feedId });
}

/** Notes that a feed was read. */
export async function noteFeedRead(db: Queryable, feedId: string): Promise<void> {
  await note.execute(db, { id: feedId });
}

/**
 * @param language that courses are called in, where there is a translation
 * @returns the sessions that somebody learns in and teaches, of the last months and from now on
 */
export async function readOwnSessions(db: Queryable, personId: string, language: string) {
  const [learned, taught] = await Promise.all([
    learning.execute(db, { personId, language }),
    teaching.execute(db, { personId, language }),
  ]);
  return { learned, taught };
}
