import type { Administration } from "@lectern/database/driver/administer";
import { isRetryable } from "@lectern/database/errors";

/** The runs on which bookings are measured. The first one is the hot run. */

const ID_PREFIX = "00000000-0000-7000-8000-";

/** @returns the id of the benchmark's run of that number, from 0: known everywhere without asking */
export function benchRunId(number: number): string {
  return ID_PREFIX + number.toString(16).padStart(12, "0");
}

/** The same in SQL, for a number that an expression gives. */
export function benchRunIdInSql(number: string): string {
  return `('${ID_PREFIX}' || lpad(to_hex(${number}), 12, '0'))::uuid`;
}

/** More than anybody books in a measurement. */
const PLENTY = 10_000_000;

/** Adds a published course with so many runs that can be booked, one a day. */
export async function addBenchRuns(admin: Administration, runs: number): Promise<void> {
  await admin.run(
    `WITH new_course AS (
       INSERT INTO course (id, code, slug, title, status, published_at)
       VALUES (gen_random_uuid(), 'BENCH-1', 'bench', 'A course for benchmarks', 'published', now())
       RETURNING id
     )
     INSERT INTO course_run (id, course_id, status, delivery_mode, language, time_zone,
       local_start, local_end, starts_at, ends_at, price_amount, price_currency)
     SELECT ${benchRunIdInSql("n")}, new_course.id, 'confirmed', 'virtual', 'en', 'UTC',
       day.start AT TIME ZONE 'UTC', (day.start + interval '8 hours') AT TIME ZONE 'UTC',
       day.start, day.start + interval '8 hours', 125000, 'NOK'
     FROM new_course, generate_series(0, $1::integer - 1) AS n,
       LATERAL (SELECT date_trunc('day', now()) + make_interval(days => n + 30, hours => 9)) AS day (start)`,
    [String(runs)],
  );
  await admin.run(
    `INSERT INTO run_capacity (run_id, capacity)
     SELECT ${benchRunIdInSql("n")}, ${PLENTY} FROM generate_series(0, $1::integer - 1) AS n`,
    [String(runs)],
  );
  await admin.run("ANALYZE");
}

/** A server's own worker may have one of the tables while it waits for another. */
const FORGET_ATTEMPTS = 5;

/**
 * Forgets all bookings, so that each measurement begins with the same database: nothing booked, nothing to vacuum, and
 * nothing left to be written out.
 *
 * @param admin of the role that may do everything: the audit log refuses everybody else
 */
export async function forgetBookings(admin: Administration): Promise<void> {
  await admin.run("SET session_replication_role = replica");
  await emptyTables(admin);
  await admin.run(`UPDATE run_capacity SET taken = 0, capacity = ${PLENTY}`);
  await admin.run("SET session_replication_role = origin");
  await admin.run("VACUUM run_capacity");
  await admin.run("CHECKPOINT");
}

async function emptyTables(admin: Administration): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await admin.run(
        "TRUNCATE booking, seat_allocation, registration, audit_entry, audit_seal, idempotency_key, outbox CASCADE",
      );
      return;
    } catch (error) {
      if (!isRetryable(error) || attempt >= FORGET_ATTEMPTS) throw error;
    }
  }
}

/** Leaves so many places on the hot run. */
export async function leavePlaces(admin: Administration, places: number): Promise<void> {
  await admin.run(
    "UPDATE run_capacity SET capacity = taken + $1::integer WHERE run_id = $2::uuid",
    [String(places), benchRunId(0)],
  );
}
