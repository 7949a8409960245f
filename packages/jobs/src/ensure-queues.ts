import { librarySql } from "@lectern/database/library-sql";
import type { Database } from "@lectern/database/queryable";
import { createBoss } from "./boss.ts";
import { createQueue, type Queue, storedOptions } from "./queue.ts";

/** A queue was made with another policy than its definition has now. */
class QueuePolicyChanged extends Error {
  override readonly name = "QueuePolicyChanged";

  constructor(queue: string, from: string, to: string) {
    super(
      `The queue "${queue}" is ${from} in the database and can't become ${to}: give the queue another name.`,
    );
  }
}

/**
 * Makes the queues that are missing, and brings the options of the others up to date, for jobs written from now on. Any number of
 * processes may do so at once.
 *
 * @throws QueuePolicyChanged
 */
export async function ensureQueues(db: Database, queues: readonly Queue[]): Promise<void> {
  const boss = createBoss(librarySql(db));
  const names = queues.map(({ name }) => name);
  const found = new Map((await boss.getQueues(names)).map((row) => [row.name, row]));
  for (const queue of queues) {
    const existing = found.get(queue.name);
    const { policy, ...options } = storedOptions(queue);
    if (existing === undefined) await createQueue(db, queue);
    else if (existing.policy !== policy)
      throw new QueuePolicyChanged(queue.name, existing.policy ?? "standard", policy);
    else if (Object.entries(options).some(([key, value]) => Reflect.get(existing, key) !== value))
      await boss.updateQueue(queue.name, options);
  }
}
