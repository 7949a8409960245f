import { type RunConflict, RunConflictKind } from "@lectern/contract/today";
import { arrayOf, date, int4, int8, nullable, text, uuid } from "@lectern/database/codecs";
import { type Slots, type Values, prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { type SQL, sql } from "drizzle-orm";
import { wallClockFromRow } from "../../shared/zoned-time.ts";
import { knownHolidaysIn } from "./public-holidays.ts";

/** From so many days before a session on, people should know where to meet online. */
const LINK_DAYS = sql`7`;

/** What the question takes: how many days are looked at, and the public holidays of the countries meanwhile. */
export const CONFLICTS = {
  days: int4,
  holidayCountries: arrayOf(text),
  holidays: arrayOf(date),
  holidayNames: arrayOf(text),
};

type ConflictSlots = Slots<typeof CONFLICTS>;

/**
 * @param $ of `CONFLICTS`
 * @returns a query of what stands in the way of the sessions of `course_run` that are not over, one row for each
 *   session and reason. It needs the run's `run_capacity` and, on the left, `venue`
 */
export function conflictsOf($: ConflictSlots): SQL {
  return sql`
    SELECT s.local_start, c.kind, c.name, c.city, c.places
    FROM session s
      LEFT JOIN room ON room.id = s.room_id
      CROSS JOIN LATERAL (
        SELECT 'room_missing' AS kind, NULL::text AS name, NULL::text AS city, NULL::int AS places
        WHERE course_run.delivery_mode = 'classroom' AND s.room_id IS NULL
        UNION ALL
        SELECT 'room_too_small', room.name, NULL, room.capacity
        WHERE room.capacity < run_capacity.capacity
        UNION ALL
        SELECT 'room_elsewhere', room.name, NULL, NULL
        WHERE room.venue_id IS NOT NULL AND room.venue_id IS DISTINCT FROM course_run.venue_id
        UNION ALL
        SELECT 'instructor_missing', NULL, NULL, NULL
        WHERE NOT EXISTS (SELECT FROM session_instructor t WHERE t.session_id = s.id)
        UNION ALL
        SELECT 'other_city', i.name, at.city, NULL
        FROM session_instructor t
          JOIN instructor i ON i.id = t.instructor_id
          JOIN session_instructor other ON other.instructor_id = t.instructor_id AND other.is_active
            AND other.starts_at BETWEEN s.starts_at - interval '1 day' AND s.ends_at + interval '1 day'
          JOIN session sitting ON sitting.id = other.session_id
          JOIN course_run elsewhere ON elsewhere.id = sitting.run_id
          JOIN venue at ON at.id = elsewhere.venue_id
        WHERE t.session_id = s.id AND sitting.local_start::date = s.local_start::date
          AND at.city <> venue.city
        UNION ALL
        SELECT 'link_missing', NULL, NULL, NULL
        WHERE s.starts_at <= now() + make_interval(days => ${LINK_DAYS})
          AND (course_run.delivery_mode = 'virtual'
            OR (course_run.delivery_mode = 'blended' AND room.venue_id IS NULL))
          AND NOT EXISTS (SELECT FROM join_link link WHERE link.run_id = s.run_id
            AND (link.position IS NULL OR link.position = s.position))
        UNION ALL
        SELECT 'public_holiday', h.name, NULL, NULL
        FROM unnest(${$.holidayCountries}, ${$.holidays}, ${$.holidayNames}) AS h (country, day, name)
        WHERE h.country = venue.country AND h.day = s.local_start::date
      ) c
    WHERE s.run_id = course_run.id AND s.is_active AND s.ends_at > now()
      AND s.starts_at <= now() + make_interval(days => ${$.days})`;
}

const conflicts = prepared("runs.conflicts.of", { ...CONFLICTS, runIds: arrayOf(uuid) }, (_, $) =>
  rows(
    {
      runId: uuid,
      kind: text,
      sessions: int8,
      at: text,
      name: nullable(text),
      city: nullable(text),
      places: nullable(int4),
    },
    sql`
    SELECT course_run.id AS run_id, c.kind, count(DISTINCT c.local_start) AS sessions,
      min(c.local_start) AS at, c.name, c.city, c.places
    FROM unnest(${$.runIds}) AS wanted (id)
      JOIN course_run ON course_run.id = wanted.id
      JOIN run_capacity ON run_capacity.run_id = course_run.id
      LEFT JOIN venue ON venue.id = course_run.venue_id
      CROSS JOIN LATERAL (${conflictsOf($)}) c
    GROUP BY course_run.id, c.kind, c.name, c.city, c.places
    ORDER BY course_run.id, at, c.name, c.city`,
  ),
);

const countries = prepared("runs.conflicts.countries", {}, () =>
  rows({ country: text }, sql`SELECT DISTINCT country FROM venue ORDER BY country`),
);

/**
 * @param days how many days are looked at
 * @returns the values of `CONFLICTS`: the public holidays of all countries that have a venue, whatever the date there is
 */
export async function valuesOfConflicts(
  db: Queryable,
  days: number,
): Promise<Values<typeof CONFLICTS>> {
  const today = Temporal.Now.plainDateISO("UTC");
  const looked = Array.from({ length: days + 3 }, (_, index) => today.add({ days: index - 1 }));
  const found: { country: string; day: Temporal.PlainDate; name: string }[] = [];
  for (const { country } of await countries.execute(db, {})) {
    const holidayOn = await knownHolidaysIn({ country });
    for (const day of looked) {
      const name = holidayOn(day);
      if (name !== undefined) found.push({ country, day, name });
    }
  }
  return {
    days,
    holidayCountries: found.map(({ country }) => country),
    holidays: found.map(({ day }) => day),
    holidayNames: found.map(({ name }) => name),
  };
}

/**
 * @param values of `valuesOfConflicts`
 * @returns what stands in the way of each of these runs, by what is worst first
 */
export async function readConflicts(
  db: Queryable,
  values: Values<typeof CONFLICTS>,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, RunConflict[]>> {
  const byRun = new Map<string, RunConflict[]>();
  if (runIds.length === 0) return byRun;
  for (const { runId, kind, at, ...row } of await conflicts.execute(db, { ...values, runIds })) {
    const known = byRun.get(runId) ?? [];
    known.push({ ...row, kind: RunConflictKind.parse(kind), at: wallClockFromRow(at) });
    byRun.set(runId, known);
  }
  const worst = RunConflictKind.options;
  for (const known of byRun.values()) {
    known.sort((one, other) => worst.indexOf(one.kind) - worst.indexOf(other.kind));
  }
  return byRun;
}
