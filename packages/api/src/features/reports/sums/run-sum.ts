import { sql } from "drizzle-orm";
import { type DailySum, dayOf, isWithin } from "./daily-sum.ts";

/** Runs on the day on which they begin, and how full they are: all but drafts and those that were cancelled. */
export const RUN_SUM: DailySum = {
  kind: "runs",
  table: sql`report_run_day`,
  keys: ["is_tentative"],
  measures: ["runs", "capacity", "taken"],
  moments: sql`SELECT starts_at AS at FROM course_run WHERE status NOT IN ('draft', 'cancelled')`,
  happened: (spans, zone) => sql`
    SELECT span.number, held.* FROM ${spans} AS span CROSS JOIN LATERAL (
      SELECT ${dayOf(sql`r.starts_at`, zone)} AS day, r.id AS run_id, false AS is_company, '' AS currency, r.status = 'tentative' AS is_tentative,
        1 AS runs, c.capacity, c.taken
      FROM course_run AS r JOIN run_capacity AS c ON c.run_id = r.id
      WHERE r.status NOT IN ('draft', 'cancelled') AND ${isWithin(sql`r.starts_at`, sql`span`, zone)}
      OFFSET 0
    ) AS held`,
};
