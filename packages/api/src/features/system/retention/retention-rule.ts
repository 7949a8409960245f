import type { Queryable } from "@lectern/database/queryable";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/** How long something personal is kept, and what becomes of it then. */
export interface RetentionRule {
  /** Names it in reports. */
  readonly kind: string;
  /** What is erased. */
  readonly what: string;
  readonly days: number;
  /** What the days are counted from. */
  readonly from: string;
  readonly why: string;
  /** Erases what is older, at most so many rows. @returns how many; fewer than that: there are no more */
  readonly erase: (db: Queryable, days: number, limit: number) => Promise<number>;
}

/** @returns the condition that a point in time is so many days ago */
export function isOlder(time: SQLWrapper, days: number): SQL {
  return sql`${time} < clock_timestamp() - make_interval(days => ${days}::int)`;
}

/** @returns what deletes rows of a table of which the condition is so */
export function deleting(table: PgTable, isOld: (days: number) => SQL): RetentionRule["erase"] {
  return async (db, days, limit) => {
    const { count } = await db.execute(sql`
      DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM ${table} WHERE ${isOld(days)} LIMIT ${limit}::int
      ))`);
    return count;
  };
}
