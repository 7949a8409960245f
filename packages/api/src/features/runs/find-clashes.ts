import type { Reach } from "@lectern/auth/actor";
import type { ScheduleFinding } from "@lectern/contract/scheduling";
import { arrayOf, bool, int4, nullable, text, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { type SQL, sql } from "drizzle-orm";
import { REACH, runIsWithin } from "../../shared/reach.ts";
import { type ZonedStretch, wallClockFromRow } from "../../shared/zoned-time.ts";

/** So many are told of each sitting, and of each who would teach it. */
const EACH_MAX = sql`3`;

/** Where a sitting stands among those that were asked about. */
export interface SittingOf {
  readonly sitting: ZonedStretch;
  /** Which run of a series it would be of. */
  readonly run: number;
}

type InTheWay = Extract<ScheduleFinding, { kind: "room_taken" }>["by"];

export interface Clash {
  readonly run: number;
  /** The sitting that was asked about. */
  readonly at: string;
  readonly resourceId: string;
  readonly by: InTheWay;
}

export interface InstructorClash extends Clash {
  /** They teach then; otherwise the same day, in `city`. */
  readonly isThen: boolean;
  readonly city: string | null;
}

const SITTINGS = {
  numbers: arrayOf(int4),
  starts: arrayOf(timestamptz),
  ends: arrayOf(timestamptz),
  runId: nullable(uuid),
  ...REACH,
};

const ROW = {
  number: int4,
  resourceId: uuid,
  runId: uuid,
  code: text,
  title: text,
  localStart: text,
  localEnd: text,
  isWithin: bool,
};

/** As the constraints `session_room_free` and `session_instructor_free` see it, whose indexes serve it. */
const ASKED = sql`tstzrange(w.starts_at, w.ends_at, '[)')`;

const roomClashes = prepared("runs.clashes.room", { ...SITTINGS, roomId: uuid }, (_, $) =>
  rows(
    ROW,
    sql`
    SELECT w.number, s.room_id AS resource_id, ${theOther(runIsWithin($, sql`r.id`))}
    FROM unnest(${$.numbers}, ${$.starts}, ${$.ends}) AS w (number, starts_at, ends_at)
      CROSS JOIN LATERAL (
        SELECT * FROM session AS s
        WHERE s.room_id = ${$.roomId} AND s.is_active
          AND tstzrange(s.starts_at, s.ends_at, '[)') && ${ASKED}
          AND s.run_id IS DISTINCT FROM ${$.runId}
        LIMIT ${EACH_MAX}
      ) AS s
      JOIN course_run AS r ON r.id = s.run_id
      JOIN course AS c ON c.id = r.course_id`,
  ),
);

const instructorClashes = prepared(
  "runs.clashes.instructors",
  { ...SITTINGS, instructorIds: arrayOf(uuid), days: arrayOf(text), city: nullable(text) },
  (_, $) =>
    rows(
      { ...ROW, isThen: bool, city: nullable(text) },
      sql`
      SELECT w.number, i.id AS resource_id, ${theOther(runIsWithin($, sql`s.run_id`))}, s.is_then, s.city
      FROM unnest(${$.numbers}, ${$.starts}, ${$.ends}, ${$.days}) AS w (number, starts_at, ends_at, day)
        CROSS JOIN unnest(${$.instructorIds}) AS i (id)
        CROSS JOIN LATERAL (
          SELECT s.run_id, s.local_start, s.local_end, r.course_id, v.city,
            tstzrange(t.starts_at, t.ends_at, '[)') && ${ASKED} AS is_then
          FROM session_instructor AS t
            JOIN session AS s ON s.id = t.session_id
            JOIN course_run AS r ON r.id = s.run_id
            LEFT JOIN venue AS v ON v.id = r.venue_id
          WHERE t.instructor_id = i.id AND t.is_active
            -- Whatever has the same date, wherever its clock is.
            AND tstzrange(t.starts_at, t.ends_at, '[)')
              && tstzrange(w.starts_at - interval '1 day', w.ends_at + interval '1 day', '[)')
            AND s.run_id IS DISTINCT FROM ${$.runId}
            AND (tstzrange(t.starts_at, t.ends_at, '[)') && ${ASKED}
              OR (s.local_start::date = w.day::date AND v.city <> ${$.city}))
          ORDER BY is_then DESC, s.starts_at
          LIMIT ${EACH_MAX}
        ) AS s
        JOIN course AS c ON c.id = s.course_id`,
    ),
);

const neverTaught = prepared(
  "runs.neverTaught",
  { courseId: uuid, instructorIds: arrayOf(uuid) },
  (_, $) =>
    rows(
      { id: uuid },
      sql`
      SELECT i.id FROM unnest(${$.instructorIds}) AS i (id)
      WHERE NOT EXISTS (
        SELECT FROM session_instructor AS t
          JOIN session AS s ON s.id = t.session_id
          JOIN course_run AS r ON r.id = s.run_id
        WHERE t.instructor_id = i.id AND t.is_active AND r.course_id = ${$.courseId}
      )`,
    ),
);

function theOther(isWithin: SQL): SQL {
  return sql`s.run_id, c.code, c.title, s.local_start, s.local_end, ${isWithin} AS is_within`;
}

interface Question {
  readonly sittings: readonly SittingOf[];
  /** The run whose own sessions are not in the way. */
  readonly runId: string | null;
  /** Of whoever asks: a run beyond it is in the way all the same, and is not named. */
  readonly reach: Reach;
}

function valuesOf({ sittings, runId, reach }: Question) {
  return {
    numbers: sittings.map((_, index) => index),
    starts: sittings.map(({ sitting }) => sitting.startsAt),
    ends: sittings.map(({ sitting }) => sitting.endsAt),
    runId,
    ...reach,
  };
}

/** @returns the sessions by which a room is taken at these times */
export async function findRoomClashes(
  db: Queryable,
  question: Question,
  roomId: string,
): Promise<Clash[]> {
  const found = await roomClashes.execute(db, { ...valuesOf(question), roomId });
  return found.flatMap((row) => clashOf(question, row));
}

/**
 * @param city where it would be taught; `null`: in none
 * @returns the sessions that these people teach then, or the same day in another city
 */
export async function findInstructorClashes(
  db: Queryable,
  question: Question,
  instructorIds: readonly string[],
  city: string | null,
): Promise<InstructorClash[]> {
  if (instructorIds.length === 0) return [];
  const days = question.sittings.map(({ sitting }) => sitting.localStart.slice(0, 10));
  const found = await instructorClashes.execute(db, {
    ...valuesOf(question),
    instructorIds,
    days,
    city,
  });
  return found.flatMap((row) =>
    clashOf(question, row).map((clash) => ({ ...clash, isThen: row.isThen, city: row.city })),
  );
}

/** @returns those of these instructors who have never taught the course */
export async function findNewToCourse(
  db: Queryable,
  courseId: string,
  instructorIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (instructorIds.length === 0) return new Set();
  const found = await neverTaught.execute(db, { courseId, instructorIds });
  return new Set(found.map(({ id }) => id));
}

interface ClashRow {
  number: number;
  resourceId: string;
  runId: string;
  code: string;
  title: string;
  localStart: string;
  localEnd: string;
  isWithin: boolean;
}

function clashOf({ sittings }: Question, row: ClashRow): Clash[] {
  const asked = sittings[row.number];
  if (asked === undefined) return [];
  const { localStart, localEnd, runId, code: courseCode, title: courseTitle, resourceId } = row;
  const times = { localStart: wallClockFromRow(localStart), localEnd: wallClockFromRow(localEnd) };
  const by = row.isWithin ? { runId, courseCode, courseTitle, ...times } : null;
  return [{ run: asked.run, at: asked.sitting.localStart, resourceId, by }];
}
