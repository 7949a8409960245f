import { int4 } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { defineQueue } from "@lectern/jobs/queue";
import { sql } from "drizzle-orm";
import { z } from "zod";

export const forgetDevicesQueue = defineQueue("devices.forget", z.object({}), {
  policy: "stately",
});

const BATCH = 5000;

const forgetExpired = prepared(
  "devices.forget",
  { limit: int4 },
  (_, $) => sql`
  DELETE FROM device_grant WHERE id = ANY (ARRAY(
    SELECT id FROM device_grant WHERE expires_at < clock_timestamp() LIMIT ${$.limit}
  ))`,
);

/**
 * Forgets requests of programs that are too old for anything: a poll is answered as before, and the audit
 * log has what became of them.
 *
 * @returns how many
 */
export async function forgetDevices(db: Database): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const { count } = await forgetExpired.execute(db, { limit: BATCH });
    forgotten += count;
    if (count < BATCH) return forgotten;
  }
}
