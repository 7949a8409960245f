import { int4, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { insertJobs, jobData, type JobRow } from "./boss.ts";

/** Rows of queues that nobody has made stay: a newer version wrote them, or will. Two relays at once take different rows. */
const takeDue = prepared("jobs.takeDueOutbox", { limit: int4 }, (_, $) =>
  rows(
    { id: uuid, queue: text, data: jobData, dataText: text },
    sql`delete from outbox where id in (
      select o.id from outbox o
      where o.due_at <= clock_timestamp() and exists (select from pgboss.queue q where q.name = o.queue)
      order by o.due_at, o.id limit ${$.limit} for update skip locked)
    returning id, queue, data, data::text as data_text`,
  ),
);

/** Rows a transaction: few enough to be done in a moment, and many enough for what a sale brings. */
const batchSize = 500;

/**
 * Hands the outbox's due rows to their queues, each once: a row is deleted in the transaction that writes its job. Rows that say the
 * same become one job, which has the id of the first of them.
 *
 * @returns the queues that have got jobs
 */
export async function relayOutbox(db: Database): Promise<ReadonlySet<string>> {
  const filled = new Set<string>();
  for (;;) {
    const taken = await transaction(db, { idempotent: true }, async (tx) => {
      const due = await takeDue.execute(tx, { limit: batchSize });
      const jobs = new Map<string, Map<string, JobRow>>();
      for (const { id, queue, data, dataText } of due.toSorted(byId)) {
        const ofQueue = jobs.get(queue) ?? new Map<string, JobRow>();
        if (!ofQueue.has(dataText)) ofQueue.set(dataText, { id, data });
        jobs.set(queue, ofQueue);
      }
      for (const [queue, ofQueue] of jobs) await insertJobs(tx, queue, [...ofQueue.values()]);
      return { count: due.length, queues: [...jobs.keys()] };
    });
    for (const queue of taken.queues) filled.add(queue);
    if (taken.count < batchSize) return filled;
  }
}

function byId(first: { id: string }, second: { id: string }): number {
  return first.id < second.id ? -1 : 1;
}

/** The queues that due rows are for and nobody has made, and how many rows wait for each. */
export async function findStrandedOutbox(
  db: Database,
): Promise<readonly { readonly queue: string; readonly rows: number }[]> {
  return await stranded.execute(db, {});
}

const stranded = prepared("jobs.strandedOutbox", {}, () =>
  rows(
    { queue: text, rows: int4 },
    sql`select o.queue, count(*)::int as rows from outbox o
      where o.due_at <= clock_timestamp() and not exists (select from pgboss.queue q where q.name = o.queue)
      group by o.queue order by o.queue limit 20`,
  ),
);
