import type { Administration } from "@lectern/database/driver/administer";
import { benchRunId, benchRunIdInSql } from "./bench-runs.ts";

/** What a hold of one place writes, for so many holds at once: one row a table each, as `checkLedger` counts them. */
const FILL = (run: string) => `
  WITH hold AS MATERIALIZED (
    SELECT n, gen_random_uuid() AS id, ${run} AS run_id,
      lpad(to_hex($2::bigint + n), 8, '0') AS number
    FROM generate_series(1, $1::integer) AS n
  ), new_booking AS (
    INSERT INTO booking (id, reference, run_id, status, places, expires_at)
    SELECT id, 'LC-' || upper(left(number, 4)) || '-' || upper(right(number, 4)), run_id, 'held', 1,
      now() + interval '1 day'
    FROM hold
  ), new_allocation AS (
    INSERT INTO seat_allocation (id, run_id, booking_id, quantity, kind, expires_at)
    SELECT id, run_id, id, 1, 'hold', now() + interval '1 day' FROM hold
  ), new_registration AS (
    INSERT INTO registration (id, booking_id, run_id, position, price_amount, price_currency)
    SELECT id, id, run_id, 1, 125000, 'NOK' FROM hold
  ), new_entry AS (
    INSERT INTO audit_entry (actor_kind, action, entity, entity_id, after)
    SELECT 'public', 'booking.hold', 'booking', id, '{"places": 1}' FROM hold
  ), new_job AS (
    INSERT INTO outbox (id, queue, data, due_at)
    SELECT id, 'places.settle', jsonb_build_object('runId', run_id), now() + interval '1 day' FROM hold
  )
  INSERT INTO idempotency_key (scope, key, request_hash, answer)
  SELECT 'public:|bookings.hold', 'filled-' || number, '', '{}' FROM hold`;

/** So many are written in one statement. */
const BATCH = 100_000;

/**
 * Fills a database with holds of one place each: some of the first run, and some spread over so many runs.
 *
 * @param admin of the role that may do everything: keys between tables are not looked up for each row
 */
export async function fillBookings(
  admin: Administration,
  wanted: { readonly ofFirstRun: number; readonly spread: number; readonly runs: number },
): Promise<void> {
  await admin.run("SET session_replication_role = replica");
  const first = `'${benchRunId(0)}'::uuid`;
  const spread = benchRunIdInSql(`n % ${wanted.runs}`);
  let number = 0;
  for (const [run, holds] of [
    [first, wanted.ofFirstRun],
    [spread, wanted.spread],
  ] as const) {
    for (let left = holds; left > 0; left -= BATCH) {
      const count = Math.min(left, BATCH);
      await admin.run(FILL(run), [String(count), String(number)]);
      number += count;
    }
  }
  await admin.run(`
    UPDATE run_capacity SET taken = (
      SELECT count(*) FROM seat_allocation WHERE seat_allocation.run_id = run_capacity.run_id
    )`);
  await admin.run("SET session_replication_role = origin");
  await admin.run("VACUUM ANALYZE");
  await admin.run("CHECKPOINT");
}
