import { executorOf, type Queryable } from "../queryable.ts";

/** A statement with `$1`, `$2` … where its parameters belong. */
interface Explainable {
  readonly text: string;
}

/**
 * The plan that PostgreSQL uses for a prepared query whatever its parameters are, as it does under `plan_cache_mode = force_generic_plan`.
 * Needs PostgreSQL 16.
 * @returns the lines of EXPLAIN, joined
 */
export async function explain(db: Queryable, query: Explainable): Promise<string> {
  return (await linesOf(db, "generic_plan", query)).join("\n");
}

/**
 * The same for programs.
 * @returns what `EXPLAIN (GENERIC_PLAN, FORMAT JSON)` answers: an array with an object, whose `Plan` is the root of the tree
 */
export async function explainAsJson(db: Queryable, query: Explainable): Promise<unknown> {
  const [answer = ""] = await linesOf(db, "generic_plan, format json", query);
  return typeof answer === "string" ? JSON.parse(answer) : answer;
}

async function linesOf(db: Queryable, options: string, { text }: Explainable): Promise<unknown[]> {
  const { rows } = await db[executorOf].run(
    {
      name: "explain",
      text: `explain (${options}) ${text}`,
      prepare: false,
      rowsAsArrays: true,
    },
    [],
  );
  return rows.flatMap((row): unknown[] => (Array.isArray(row) ? row.slice(0, 1) : []));
}
