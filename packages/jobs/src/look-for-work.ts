import { arrayOf, bool, text, timestamptz } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";

export interface WorkToDo {
  /** By the database's clock. */
  readonly now: Date;
  /** Those of the queues that have jobs to run. */
  readonly dueQueues: readonly string[];
  readonly isOutboxDue: boolean;
  /** Jobs whose workers have shown no sign of life. */
  readonly hasStranded: boolean;
}

/** One statement for all that there could be to do, so that a worker with nothing to do costs next to nothing. */
const lookForWorkQuery = prepared("jobs.lookForWork", { queues: arrayOf(text) }, (_, $) =>
  rows(
    { now: timestamptz, dueQueues: arrayOf(text), isOutboxDue: bool, hasStranded: bool },
    sql`select clock_timestamp() as now,
      array(select queue.name from unnest(${$.queues}) queue (name) where exists (
        select from pgboss.job_common j
        where j.name = queue.name and j.state < 'active' and not j.blocked
          and j.start_after <= clock_timestamp())) as due_queues,
      exists (select from outbox o where o.due_at <= clock_timestamp()
        and exists (select from pgboss.queue q where q.name = o.queue)) as is_outbox_due,
      exists (select from pgboss.job_common where state = 'active'
        and heartbeat_on + heartbeat_seconds * interval '1 second' < clock_timestamp()) as has_stranded`,
  ),
);

/** @param queues those whose jobs this worker runs */
export async function lookForWork(db: Database, queues: readonly string[]): Promise<WorkToDo> {
  const work = await lookForWorkQuery.first(db, { queues });
  if (!work) throw new Error("A statement without a table answered with no row");
  return work;
}
