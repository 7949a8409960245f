import { int4, nullable, text, timestamptz } from "@lectern/database/codecs";
import { prepared, type RowOf, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";

const columns = {
  queue: text,
  /** Jobs that are due and that no worker has taken yet. */
  waiting: int4,
  /** Jobs for later, retries included. */
  later: int4,
  running: int4,
  dead: int4,
  /** Since when the longest has been waiting. */
  waitingSince: nullable(timestamptz),
};

export type QueueStatistics = RowOf<typeof columns>;

const statisticsQuery = prepared("jobs.statistics", {}, () =>
  rows(
    columns,
    sql`select q.name as queue, coalesce(open.waiting, 0) as waiting, coalesce(open.later, 0) as later,
        coalesce(active.running, 0) as running, coalesce(gone.dead, 0) as dead, open.waiting_since
      from pgboss.queue q
      left join (
        select name, count(*) filter (where start_after <= clock_timestamp())::int as waiting,
          count(*) filter (where start_after > clock_timestamp())::int as later,
          min(start_after) filter (where start_after <= clock_timestamp()) as waiting_since
        from pgboss.job_common where state < 'active' and not blocked group by name
      ) open on open.name = q.name
      left join (
        select name, count(*)::int as running from pgboss.job_common where state = 'active' group by name
      ) active on active.name = q.name
      left join (
        select source_name as name, count(*)::int as dead from pgboss.job_common
        where name = 'dead' and state = 'created' and not blocked group by source_name
      ) gone on gone.name = q.name
      where q.name <> 'dead'
      order by q.name`,
  ),
);

/** What there is in each queue at this moment. */
export async function queueStatistics(db: Queryable): Promise<QueueStatistics[]> {
  return await statisticsQuery.execute(db, {});
}

/** How many rows of the outbox are due and have not been handed to their queues. */
export async function countDueOutbox(db: Queryable): Promise<number> {
  const found = await outboxQuery.first(db, {});
  return found?.count ?? 0;
}

const outboxQuery = prepared("jobs.countDueOutbox", {}, () =>
  rows({ count: int4 }, sql`select count(*)::int as count from outbox where due_at <= now()`),
);
