import { executorOf, type Queryable } from "../queryable.ts";

/**
 * The plan that PostgreSQL uses for a prepared query whatever its parameters are, as it does under `plan_cache_mode = force_generic_plan`.
 * Needs PostgreSQL 16.
 * @returns the lines of EXPLAIN, joined
 */
export async function explain(db: Queryable, query: { readonly text: string }): Promise<string> {
  const text = `explain (generic_plan) ${query.text}`;
  const { rows } = await db[executorOf].run(
    { name: "explain", text, prepare: false, rowsAsArrays: true },
    [],
  );
  return rows.map((row) => (Array.isArray(row) ? String(row[0]) : "")).join("\n");
}
