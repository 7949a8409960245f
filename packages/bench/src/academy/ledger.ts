import type { Administration } from "@lectern/database/driver/administer";
import { z } from "zod";

const Count = z.coerce.number();
const Ledger = z.object({
  unequal: Count,
  oversold: Count,
  bookings: Count,
  allocated: Count,
  registrations: Count,
  answers: Count,
  audited: Count,
  jobs: Count,
});

/** The ledger of places does not add up. */
export class LedgerViolated extends Error {
  override readonly name = "LedgerViolated";
}

/**
 * Checks the ledger after a measurement in which each booking took one place: the counter of each run is the sum of its
 * active allocations and within its capacity, and there is exactly one booking, with all that it owes, for each
 * acknowledged answer.
 *
 * @param acknowledged how many places somebody was told to have
 * @throws LedgerViolated naming everything that does not add up
 */
export async function checkLedger(admin: Administration, acknowledged: number): Promise<void> {
  const [row] = await admin.run(`
    WITH allocated AS (
      SELECT run_id, sum(quantity) AS places FROM seat_allocation WHERE state = 'active' GROUP BY run_id
    )
    SELECT
      count(*) FILTER (WHERE taken <> coalesce(allocated.places, 0)) AS unequal,
      count(*) FILTER (WHERE taken > capacity) AS oversold,
      (SELECT count(*) FROM booking WHERE status = 'held') AS bookings,
      (SELECT coalesce(sum(places), 0) FROM allocated) AS allocated,
      (SELECT count(*) FROM registration) AS registrations,
      (SELECT count(*) FROM idempotency_key) AS answers,
      (SELECT count(*) FROM audit_entry WHERE action = 'booking.hold') AS audited,
      -- Holds that lapse at the same instant share one job: a run is settled, not a hold.
      (SELECT count(*) FROM seat_allocation AS a WHERE EXISTS (
        SELECT FROM outbox AS o WHERE o.queue = 'places.settle' AND o.due_at = a.expires_at
          AND o.data ->> 'runId' = a.run_id::text
      )) AS jobs
    FROM run_capacity LEFT JOIN allocated USING (run_id)`);
  const { unequal, oversold, ...counts } = Ledger.parse(row);
  const faults = [
    ...(unequal > 0 ? [`${unequal} counters are not the sum of their allocations`] : []),
    ...(oversold > 0 ? [`${oversold} runs are oversold`] : []),
    ...Object.entries(counts)
      .filter(([, count]) => count !== acknowledged)
      .map(([name, count]) => `${name}: ${count} for ${acknowledged} acknowledged places`),
  ];
  if (faults.length > 0) throw new LedgerViolated(`The ledger is violated: ${faults.join("; ")}`);
}

/** What differs from one booking to the next, wherever it stands. */
const OF_ITS_OWN = new Set([
  "id",
  "bookingId",
  "booking_id",
  "reference",
  "entity_id",
  "key",
  "request_hash",
  "request_id",
  "at",
  "due_at",
  "created_at",
  "updated_at",
  "expires_at",
  "expiresAt",
  "serverTime",
]);

/** From where it came: over HTTP something, and nothing otherwise. */
const ORIGIN = new Set(["address", "client"]);

const Written = z.object({ written: z.unknown() });

/**
 * Everything that holding places has written, but for what is different each time: so that two ways of holding places can be
 * shown to do the same.
 */
export async function readTraces(admin: Administration): Promise<unknown> {
  const [row] = await admin.run(`
    SELECT jsonb_build_object(
      'booking', (SELECT jsonb_agg(to_jsonb(t)) FROM booking AS t),
      'seat_allocation', (SELECT jsonb_agg(to_jsonb(t)) FROM seat_allocation AS t),
      'registration', (SELECT jsonb_agg(to_jsonb(t)) FROM registration AS t),
      'audit_entry', (SELECT jsonb_agg(to_jsonb(t)) FROM audit_entry AS t),
      'outbox', (SELECT jsonb_agg(to_jsonb(t)) FROM outbox AS t),
      'idempotency_key', (SELECT jsonb_agg(to_jsonb(t)) FROM idempotency_key AS t),
      'run_capacity', (SELECT jsonb_agg(to_jsonb(t)) FROM run_capacity AS t WHERE taken > 0)
    ) AS written`);
  return withoutOwn(Written.parse(row).written);
}

function withoutOwn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOwn);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => [
      name,
      ORIGIN.has(name) || (OF_ITS_OWN.has(name) && content !== null) ? "…" : withoutOwn(content),
    ]),
  );
}
