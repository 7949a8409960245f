import type { Queryable } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";

/** @returns the runs whose counter and ledger differ (`taken` is the sum of the active allocations), or that have no counter */
export async function allPlacesCounted(db: Queryable): Promise<unknown[]> {
  const { rows } = await db.execute(sql`
    SELECT r.id, c.taken, c.capacity, coalesce(sum(a.quantity), 0) AS allocated
    FROM course_run r
      LEFT JOIN run_capacity c ON c.run_id = r.id
      LEFT JOIN seat_allocation a ON a.run_id = r.id AND a.state = 'active'
    GROUP BY r.id, c.run_id
    HAVING c.run_id IS NULL OR c.taken <> coalesce(sum(a.quantity), 0) OR c.taken > c.capacity`);
  return rows;
}

const TABLES = [
  "topic",
  "course",
  "course_run",
  "run_capacity",
  "session",
  "session_instructor",
  "booking",
  "seat_allocation",
  "registration",
  "venue",
  "room",
  "instructor",
  "article",
  "enquiry",
] as const;

/** @returns how many rows each table has */
export async function rowCounts(db: Queryable): Promise<Record<string, number>> {
  const counts = TABLES.map(
    (table) =>
      sql`SELECT ${table}::text AS name, count(*)::int AS rows FROM ${sql.identifier(table)}`,
  );
  const { rows } = await db.execute<{ name: string; rows: number }>(
    sql.join(counts, sql` UNION ALL `),
  );
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
}
