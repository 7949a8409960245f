import type { JobsDeadInput, JobsDeadOutput } from "@lectern/contract/jobs";
import { Id, Instant } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { countDeadJobs, listDeadJobs as listDead } from "@lectern/jobs/dead-jobs";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";

const CursorKey = z.tuple([Instant, Id]);

const LONGEST_DATA = 10_000;
const LONGEST_ERROR = 2000;

/**
 * Jobs that failed for good, the latest first, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listDeadJobs(
  db: Database,
  _call: Call,
  input: z.infer<typeof JobsDeadInput>,
): Promise<z.infer<typeof JobsDeadOutput>> {
  const key = decodeCursor(input.cursor, CursorKey);
  const queue = input.queue ?? null;
  const after = key === undefined ? null : { failedAt: Temporal.Instant.from(key[0]), id: key[1] };
  const [jobs, total] = await Promise.all([
    listDead(db, { limit: input.limit + 1, queue, after }),
    countDeadJobs(db, queue),
  ]);
  const items = jobs.slice(0, input.limit);
  const last = jobs.length > input.limit ? items.at(-1) : undefined;
  return {
    items: items.map((job) => ({
      ...job,
      data: job.data.slice(0, LONGEST_DATA),
      error: job.error.slice(0, LONGEST_ERROR),
      createdAt: job.createdAt.toString(),
      failedAt: job.failedAt.toString(),
    })),
    nextCursor: last === undefined ? null : encodeCursor([last.failedAt.toString(), last.id]),
    total,
  };
}
