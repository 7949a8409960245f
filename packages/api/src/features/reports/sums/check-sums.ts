import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { readCalendar } from "../academy-calendar.ts";
import { type DailySum, DIMENSIONS, anew, columns, spanColumns } from "./daily-sum.ts";
import { REPORTS_FACT } from "./read-sums.ts";
import { DAILY_SUMS, allMonths, longer } from "./settle-sums.ts";

/** A day whose sums are kept, are not stale, and are not what its rows come to. */
const Wrong = z.object({ kind: z.string(), day: z.string() });
export type WrongSum = z.infer<typeof Wrong>;

const LONG = { timeoutMs: 30 * 60_000, statementTimeoutMs: 30 * 60_000 } as const;

/**
 * Computes all sums anew and compares them with those that are kept, in one state of everything.
 *
 * @returns the days on which they differ, and courses whose topics are others; none, if all is well
 */
export async function checkSums(db: Database): Promise<readonly WrongSum[]> {
  const options = {
    idempotent: true,
    readOnly: true,
    isolationLevel: "repeatable read",
    ...LONG,
  } as const;
  return transaction(db, options, async (tx) => {
    const { timeZone } = await readCalendar(tx);
    const zone = sql`${timeZone}::text`;
    const wrong: WrongSum[] = [];
    for (const sum of DAILY_SUMS) {
      const { rows } = await tx.execute(differences(sum, zone));
      wrong.push(...z.array(Wrong).parse(rows));
      for (const grain of ["week", "month"] as const) {
        const longerRows = await tx.execute(differencesOfLonger(sum, grain));
        wrong.push(...z.array(Wrong).parse(longerRows.rows));
      }
    }
    const { rows } = await tx.execute(WRONG_TOPICS);
    return [...wrong, ...z.array(Wrong).parse(rows)];
  });
}

function differences(sum: DailySum, zone: SQL): SQL {
  const own = columns([...sum.keys, ...sum.measures]);
  const all = sql`day, ${columns(DIMENSIONS)}, ${own}`;
  const kept = sql`SELECT ${all} FROM ${sum.table} JOIN report_slice ON id = slice_id WHERE grain = 'day' AND day NOT IN (SELECT day FROM stale)`;
  const fresh = sql`SELECT ${all} FROM (${anew(sum, sql`spans`, zone, "day")}) AS fresh
    WHERE day NOT IN (SELECT day FROM stale)`;
  return sql`
    WITH stale AS MATERIALIZED (
      SELECT DISTINCT (at AT TIME ZONE ${zone})::date AS day FROM report_stale WHERE kind = ${sum.kind}::text
    ), spans AS MATERIALIZED (
      SELECT 0 AS number, ${spanColumns(sql`span.first`, sql`span.last`, zone)} FROM (${allMonths(sum, zone)}) AS span
    ), kept AS MATERIALIZED (${kept}), fresh AS MATERIALIZED (${fresh})
    SELECT DISTINCT ${sum.kind}::text AS kind, day::text AS day
    FROM ((TABLE kept EXCEPT TABLE fresh) UNION ALL (TABLE fresh EXCEPT TABLE kept)) AS wrong
    WHERE EXISTS (
      SELECT FROM academy_fact WHERE name = ${REPORTS_FACT}::text AND value->>'timeZone' = ${zone}
    )
    ORDER BY day`;
}

/** Weeks and months are what their days that are kept come to, stale or not. */
function differencesOfLonger(sum: DailySum, grain: "week" | "month"): SQL {
  const own = columns(["slice_id", ...sum.keys, ...sum.measures]);
  const days = sql`SELECT day, ${own} FROM ${sum.table} WHERE grain = 'day'`;
  return sql`
    WITH kept AS MATERIALIZED (SELECT grain, day, ${own} FROM ${sum.table} WHERE grain = ${grain}::text),
      fresh AS MATERIALIZED (${longer(sum, grain, days)})
    SELECT DISTINCT ${sum.kind}::text AS kind, wrong.day::text AS day
    FROM ((TABLE kept EXCEPT TABLE fresh) UNION ALL (TABLE fresh EXCEPT TABLE kept)) AS wrong ORDER BY day`;
}

/** By the course, in place of a day. */
const WRONG_TOPICS = sql`
  SELECT 'topics' AS kind, coalesce(taught.course_id, known.course_id)::text AS day
  FROM (
    SELECT course_id, array_agg(topic_id ORDER BY topic_id) AS topic_ids FROM course_topic GROUP BY course_id
  ) AS taught FULL JOIN report_course AS known ON known.course_id = taught.course_id
  WHERE coalesce(taught.topic_ids, '{}') <> coalesce(known.topic_ids, '{}')`;
