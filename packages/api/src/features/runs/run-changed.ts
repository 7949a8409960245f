import type { RunChanged } from "@lectern/contract/runs";
import type { Queryable } from "@lectern/database/queryable";
import { courseRun, session } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { asc, eq, inArray, sql } from "drizzle-orm";
import { conflict, notFound } from "../../domain-error.ts";

export type RunRow = typeof courseRun.$inferSelect;

/**
 * Locks a run whose version is the one that was read.
 *
 * @throws NotFound; Conflict `changed_meanwhile` when somebody changed it since
 */
export async function requireRunVersion(
  tx: Transaction,
  id: string,
  version: number,
): Promise<RunRow> {
  const [found] = await tx
    .select()
    .from(courseRun)
    .where(eq(courseRun.id, id))
    .for("no key update");
  return requireVersion(found, id, version);
}

/**
 * @returns a run whose version is the one that was read, for those who only look at it
 * @throws as `requireRunVersion`
 */
export async function findRunVersion(db: Queryable, id: string, version: number): Promise<RunRow> {
  const [found] = await db.select().from(courseRun).where(eq(courseRun.id, id));
  return requireVersion(found, id, version);
}

function requireVersion(found: RunRow | undefined, id: string, version: number): RunRow {
  if (found === undefined) throw notFound("run", id);
  if (found.version !== version) {
    throw conflict(
      "run",
      "changed_meanwhile",
      "Somebody changed this date since you read it: read it again.",
      `version ${found.version}`,
    );
  }
  return found;
}

/** @returns the answer to every change of a run */
export async function readRunChanged(tx: Transaction, id: string): Promise<RunChanged> {
  const [changed] = await readRunsChanged(tx, [id]);
  if (changed === undefined) throw notFound("run", id);
  return changed;
}

/** @returns the same of several, in the order in which they begin */
export async function readRunsChanged(
  tx: Transaction,
  ids: readonly string[],
): Promise<RunChanged[]> {
  const rows = await tx
    .select({
      id: courseRun.id,
      status: courseRun.status,
      version: courseRun.version,
      startsAt: courseRun.startsAt,
      endsAt: courseRun.endsAt,
      timeZone: courseRun.timeZone,
      sessions: sql<number>`(SELECT count(*)::int FROM ${session} AS s WHERE s.run_id = course_run.id)`,
    })
    .from(courseRun)
    .where(inArray(courseRun.id, [...ids]))
    .orderBy(asc(courseRun.startsAt), asc(courseRun.id));
  return rows.map((row) => ({
    ...row,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
  }));
}
