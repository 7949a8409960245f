import { jsonb } from "@lectern/database/codecs";
import { type LibrarySql, librarySql } from "@lectern/database/library-sql";
import type { Queryable } from "@lectern/database/queryable";
import { type ConstructorOptions, PgBoss } from "pg-boss";

/** Where jobs go that failed for good, until staff run or discard them. */
export const deadQueueName = "dead";

/** A job as pg-boss takes it. */
export interface JobRow {
  readonly data: object;
  readonly id?: string;
  /** ISO 8601 with a zone. */
  readonly startAfter?: string;
  readonly singletonKey?: string;
}

/** Data of jobs on their way through: what is no object is still handed on, for its queue to refuse. */
export const jobData = jsonb<object>((value) =>
  typeof value === "object" && value !== null ? value : { value },
);

/**
 * pg-boss over connections of ours. It makes and migrates nothing by itself: its schema is laid by Lectern's migrations, schedules
 * and supervision are the worker's.
 */
export function createBoss(db: LibrarySql, options: Partial<ConstructorOptions> = {}): PgBoss {
  return new PgBoss({
    migrate: false,
    supervise: false,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
    ...options,
    db: { executeSql: (text, values) => db.executeSql(text, values) },
  });
}

/** Writes its jobs where the caller says; of queues it needs to know no more than what is the same for all of ours. */
const producer = createBoss({
  executeSql: (_text, [names] = []) => {
    const rows = (Array.isArray(names) ? names : []).map((name: unknown) => ({
      name,
      table: "job_common",
      notify: false,
    }));
    return Promise.resolve({ rows });
  },
});

/** @returns the ids of those that were written: not of those whose id is taken, nor of any where there is no such queue */
export async function insertJobs(
  db: Queryable,
  queue: string,
  rows: readonly JobRow[],
): Promise<string[]> {
  const jobs = rows.map((row) => ({ ...row }));
  const ids = await producer.insert(queue, jobs, {
    returnId: true,
    db: librarySql(db, { prepare: true }),
  });
  return ids ?? [];
}
