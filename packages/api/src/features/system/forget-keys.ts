import { int4 } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { defineQueue } from "@lectern/jobs/queue";
import { sql } from "drizzle-orm";
import { z } from "zod";

export const forgetKeysQueue = defineQueue("operations.forget_keys", z.object({}), {
  policy: "stately",
});

/** Far longer than any program repeats a request. */
const KEPT_DAYS = 30;

const BATCH = 5000;

const forgetOld = prepared(
  "operations.forgetKeys",
  { keptDays: int4, limit: int4 },
  (_, $) => sql`
  DELETE FROM idempotency_key WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_key
    WHERE created_at < clock_timestamp() - make_interval(days => ${$.keptDays})
    LIMIT ${$.limit}
  ))`,
);

/**
 * Forgets answers to keyed mutations that nobody will ask for again.
 *
 * @returns how many
 */
export async function forgetKeys(db: Database): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const { count } = await forgetOld.execute(db, { keptDays: KEPT_DAYS, limit: BATCH });
    forgotten += count;
    if (count < BATCH) return forgotten;
  }
}
