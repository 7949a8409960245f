import type { RunChanged } from "@lectern/contract/runs";
import { courseRun, session } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
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
  const [row] = await tx
    .select({
      id: courseRun.id,
      status: courseRun.status,
      version: courseRun.version,
      startsAt: courseRun.startsAt,
      endsAt: courseRun.endsAt,
      timeZone: courseRun.timeZone,
    })
    .from(courseRun)
    .where(eq(courseRun.id, id));
  if (row === undefined) throw notFound("run", id);
  const sessions = await tx.$count(session, eq(session.runId, id));
  return {
    ...row,
    sessions,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
  };
}
