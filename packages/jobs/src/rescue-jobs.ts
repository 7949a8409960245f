import { int4, text, uuid } from "@lectern/database/codecs";
import { librarySql } from "@lectern/database/library-sql";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import type { PgBoss } from "pg-boss";

/** The row's lock keeps a worker that is slow, not dead, from showing a sign of life while its job is taken away. */
const takeStranded = prepared("jobs.takeStranded", {}, () =>
  rows(
    { queue: text, id: uuid, retryCount: int4 },
    sql`select name as queue, id, retry_count from pgboss.job_common
      where state = 'active' and heartbeat_on + heartbeat_seconds * interval '1 second' < clock_timestamp()
      order by id limit 100 for update skip locked`,
  ),
);

/** Time to wait is for jobs that failed; one whose worker died may start again at once. */
const startAtOnce = prepared("jobs.startAtOnce", { queue: text, id: uuid }, (_, $) =>
  rows(
    {},
    sql`update pgboss.job_common set start_after = now()
      where name = ${$.queue} and id = ${$.id} and state = 'retry' and start_after > now()`,
  ),
);

export interface RescuedJob {
  readonly queue: string;
  readonly id: string;
}

/**
 * Takes jobs from workers that have shown no sign of life, so that another one runs them again. That counts as an attempt: a job that
 * kills its workers ends among the dead ones.
 */
export async function rescueJobs(db: Database, boss: PgBoss): Promise<readonly RescuedJob[]> {
  return await transaction(db, { idempotent: true }, async (tx) => {
    const stranded = await takeStranded.execute(tx, {});
    const connection = librarySql(tx);
    for (const { queue, id, retryCount } of stranded) {
      const reason = { message: "The worker that ran this job was lost" };
      await boss.fail(queue, { id, retryCount }, reason, { db: connection });
      await startAtOnce.execute(tx, { queue, id });
    }
    return stranded.map(({ queue, id }) => ({ queue, id }));
  });
}
