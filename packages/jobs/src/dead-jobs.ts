import { instant, int4, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, type RowOf, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import type { Transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { insertJobs, jobData } from "./boss.ts";

const columns = {
  /** Of this death: what retrying and discarding go by. */
  id: uuid,
  /** The job's own, as in the log. */
  jobId: uuid,
  queue: text,
  /** JSON. */
  data: text,
  /** What went wrong at the last attempt. */
  error: text,
  attempts: int4,
  createdAt: instant,
  failedAt: instant,
};

/** A job that failed for good. */
export type DeadJob = RowOf<typeof columns>;

export interface DeadJobPage {
  readonly limit: number;
  /** Those of one queue alone. */
  readonly queue?: string | null;
  /** The last one of the page before; null for the first page. */
  readonly after: { readonly failedAt: Temporal.Instant; readonly id: string } | null;
}

const listQuery = prepared(
  "jobs.listDead",
  { limit: int4, queue: nullable(text), afterTime: nullable(instant), afterId: nullable(uuid) },
  (_, $) =>
    rows(
      columns,
      sql`select id, source_id as job_id, source_name as queue, coalesce(data, '{}')::text as data,
          coalesce(source_output ->> 'message', source_output -> 'value' ->> 'message', '') as error,
          source_retry_count + 1 as attempts, source_created_on as created_at, created_on as failed_at
        from pgboss.job_common
        where name = 'dead' and state = 'created' and not blocked
          and (${$.queue} is null or source_name = ${$.queue})
          and (${$.afterTime} is null or (created_on, id) < (${$.afterTime}, ${$.afterId}))
        order by created_on desc, id desc limit ${$.limit}`,
    ),
);

/** Jobs that failed for good, the latest first. */
export async function listDeadJobs(db: Queryable, page: DeadJobPage): Promise<DeadJob[]> {
  const { limit, queue = null, after } = page;
  return await listQuery.execute(db, {
    limit,
    queue,
    afterTime: after?.failedAt ?? null,
    afterId: after?.id ?? null,
  });
}

/** @param queue of which they are; `null`: of all */
export async function countDeadJobs(db: Queryable, queue: string | null = null): Promise<number> {
  const found = await countQuery.first(db, { queue });
  return found?.count ?? 0;
}

const countQuery = prepared("jobs.countDead", { queue: nullable(text) }, (_, $) =>
  rows(
    { count: int4 },
    sql`select count(*)::int as count from pgboss.job_common where name = 'dead' and state = 'created' and not blocked
      and (${$.queue} is null or source_name = ${$.queue})`,
  ),
);

/** A dead job that was taken from the list. */
export interface TakenJob {
  readonly jobId: string;
  readonly queue: string;
}

/**
 * Puts a dead job back into its queue: under its own id, with all its attempts before it.
 *
 * @param id of its death
 * @returns undefined where there is no such dead job; whether it waits now, or one that it would repeat waits already
 */
export async function retryDeadJob(
  tx: Transaction,
  id: string,
): Promise<(TakenJob & { readonly isWaiting: boolean }) | undefined> {
  const taken = await takeQuery.first(tx, { id });
  if (!taken) return undefined;
  const { jobId, queue, data, singletonKey } = taken;
  await forgetQuery.execute(tx, { jobId, queue });
  const key = singletonKey === null ? {} : { singletonKey };
  const written = await insertJobs(tx, queue, [{ id: jobId, data, ...key }]);
  return { jobId, queue, isWaiting: written.length > 0 };
}

/** Takes a dead job off the list for ever. @param id of its death @returns undefined where there is no such dead job */
export async function discardDeadJob(tx: Transaction, id: string): Promise<TakenJob | undefined> {
  return await takeQuery.first(tx, { id });
}

const takeQuery = prepared("jobs.takeDead", { id: uuid }, (_, $) =>
  rows(
    { jobId: uuid, queue: text, data: jobData, singletonKey: nullable(text) },
    sql`delete from pgboss.job_common where name = 'dead' and id = ${$.id} and state = 'created'
      returning source_id as job_id, source_name as queue, coalesce(data, '{}') as data, singleton_key`,
  ),
);

/** The failed job itself, which is kept for a while and whose id is needed again. */
const forgetQuery = prepared("jobs.forgetFailed", { jobId: uuid, queue: text }, (_, $) =>
  rows(
    {},
    sql`delete from pgboss.job_common where name = ${$.queue} and id = ${$.jobId} and state = 'failed'`,
  ),
);

/** Of a sweep's dead jobs keeps the latest: they all say the same, and a sweep that can't work fails again every few seconds. */
export async function forgetRepeatedDeaths(db: Queryable): Promise<void> {
  await forgetRepeatedQuery.execute(db, {});
}

const forgetRepeatedQuery = prepared("jobs.forgetRepeatedDeaths", {}, () =>
  rows(
    {},
    sql`delete from pgboss.job_common j using (
        select d.id, row_number() over (
          partition by d.source_name, d.data, d.singleton_key order by d.created_on desc, d.id desc) as place
        from pgboss.job_common d join pgboss.queue q on q.name = d.source_name
        where d.name = 'dead' and d.state = 'created' and q.policy = 'stately'
      ) death
      where j.name = 'dead' and j.id = death.id and j.state = 'created' and death.place > 1`,
  ),
);
