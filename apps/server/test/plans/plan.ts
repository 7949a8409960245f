import type { Queryable } from "@lectern/database/queryable";
import { explainAsJson } from "@lectern/database/testing/explain";
import { sql } from "drizzle-orm";
import { z } from "zod";

/** Plans of PostgreSQL's, and what in them grows with the academy. */

/** A node of a plan, as far as it is looked at. */
export interface PlanNode {
  readonly "Node Type": string;
  readonly "Parent Relationship"?: string | undefined;
  readonly "Relation Name"?: string | undefined;
  readonly "Index Name"?: string | undefined;
  readonly "Index Cond"?: string | undefined;
  /** Estimated, each time that the node is run. */
  readonly "Plan Rows": number;
  readonly Plans?: readonly PlanNode[] | undefined;
}

const Node: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    "Node Type": z.string(),
    "Parent Relationship": z.string().optional(),
    "Relation Name": z.string().optional(),
    "Index Name": z.string().optional(),
    "Index Cond": z.string().optional(),
    "Plan Rows": z.number(),
    Plans: z.array(Node).optional(),
  }),
);
const Explained = z.tuple([z.object({ Plan: Node })]);

/** The longest page that any list of the contract gives has 1,000 rows: what is sorted or kept may be as long. */
const PAGE_ROWS = 1000;
/** A table of more rows is a large one. */
export const LARGE_ROWS = 10_000;

/** Nodes that take all rows of their child in before they give the first. */
const KEEPS_ALL: ReadonlySet<string> = new Set(["Hash", "Materialize", "SetOp", "WindowAgg"]);
/** Nodes that stop asking their child for rows when nobody asks them any more. */
const HANDS_ON: ReadonlySet<string> = new Set([
  "Append",
  "Incremental Sort",
  "LockRows",
  "Memoize",
  "Merge Append",
  "Nested Loop",
  "ProjectSet",
  "Result",
  "Subquery Scan",
  "Unique",
]);

/** @returns the plan of a query whatever its parameters are */
export async function planOf(db: Queryable, query: { readonly text: string }): Promise<PlanNode> {
  const [{ Plan }] = Explained.parse(await explainAsJson(db, query));
  return Plan;
}

const Sizes = z.array(
  z.object({ name: z.string(), isTable: z.boolean(), rows: z.coerce.number() }),
);

/** Tables and indexes with more than so many rows, with their numbers as ANALYZE has estimated them; the largest first. */
export interface LargeRelations {
  readonly tables: ReadonlyMap<string, number>;
  readonly indexes: ReadonlyMap<string, number>;
}

/** @returns the large ones of Lectern's and of its queue's */
export async function largeRelations(db: Queryable): Promise<LargeRelations> {
  const { rows } = await db.execute(sql`
    SELECT relname AS name, relkind IN ('r', 'p') AS "isTable", reltuples::bigint AS rows FROM pg_class
    WHERE relkind IN ('r', 'p', 'i') AND reltuples > ${LARGE_ROWS}
      AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
    ORDER BY reltuples DESC, relname`);
  const sizes = Sizes.parse(rows);
  const of = (isTable: boolean) =>
    new Map(sizes.filter((one) => one.isTable === isTable).map((one) => [one.name, one.rows]));
  return { tables: of(true), indexes: of(false) };
}

/**
 * @returns what in a plan grows with the academy, in words; the same words for the same fault, whatever
 *   else the plan does
 */
export function faultsOf(root: PlanNode, large: LargeRelations): string[] {
  const faults = new Set<string>();
  look(root, false);
  return [...faults].toSorted();

  /** @param isBounded whether a LIMIT above ends the node before it has given all its rows */
  function look(node: PlanNode, isBounded: boolean): void {
    const type = node["Node Type"];
    const table = node["Relation Name"];
    const hasMany = node["Plan Rows"] > PAGE_ROWS;
    if (table !== undefined && large.tables.has(table)) {
      if (type === "Seq Scan") faults.add(`reads all of ${table}, without an index`);
      else if (!isBounded && isScan(type)) {
        if (isWhole(node, large)) faults.add(`reads all of ${table}, by an index`);
        else if (hasMany) faults.add(`reads many rows of ${table}`);
      }
    }
    // Of a sort right below a LIMIT no more than the page is kept, but all of what it sorts is read.
    if (type === "Sort" && hasMany)
      faults.add(isBounded ? "chooses from many rows" : "sorts many rows");
    if (hasMany && KEEPS_ALL.has(type)) faults.add(`keeps many rows (${type})`);
    for (const child of node.Plans ?? []) {
      const relationship = child["Parent Relationship"];
      const isFirst = relationship !== "Inner" && relationship?.endsWith("Plan") !== true;
      look(child, isFirst && (type === "Limit" || (isBounded && HANDS_ON.has(type))));
    }
  }
}

function isScan(type: string): boolean {
  return /^(?:Index (?:Only )?Scan|Bitmap Heap Scan)$/u.test(type);
}

/** Of a large index, and not of one that has a few rows of a large table alone. */
function isWhole(node: PlanNode, { indexes }: LargeRelations): boolean {
  const index = node["Index Name"];
  return index !== undefined && indexes.has(index) && node["Index Cond"] === undefined;
}
