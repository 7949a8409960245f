import { int4, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import type { Call } from "../../../call.ts";
import { settlePlaces } from "./settle-places.ts";

/** A hold that ended just now has a job of its own under way. */
const GRACE_SECONDS = 30;

const BATCH = 500;

const lapsedRuns = prepared("bookings.lapsedRuns", { graceSeconds: int4, limit: int4 }, (_, $) =>
  rows(
    { runId: uuid },
    sql`SELECT DISTINCT run_id FROM seat_allocation
      WHERE state = 'active' AND expires_at <= clock_timestamp() - make_interval(secs => ${$.graceSeconds})
      LIMIT ${$.limit}`,
  ),
);

/** Settles every run that has a hold or an offer past its time. */
export async function settleAll(db: Database, call: Call): Promise<void> {
  for (;;) {
    const lapsed = await lapsedRuns.execute(db, { graceSeconds: GRACE_SECONDS, limit: BATCH });
    for (const { runId } of lapsed) await settlePlaces(db, call, runId);
    if (lapsed.length < BATCH) return;
  }
}
