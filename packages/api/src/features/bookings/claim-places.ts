import { BookingHeld, HOLD_MINUTES } from "@lectern/contract/bookings";
import type { Queryable } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { auditIdOf } from "../../shared/audit.ts";
import { createReference } from "./reference.ts";

/** What is kept of the answer to a hold: all but the booking's key, which is derived again. */
export const StoredHold = BookingHeld.omit({ accessKey: true }).extend({ bookingId: z.uuid() });
export type StoredHold = z.infer<typeof StoredHold>;

const ClaimedRow = z.object({ answer: StoredHold });

/** A hold to be taken out. */
export interface Claim {
  readonly call: Call;
  readonly runId: string;
  readonly places: number;
  readonly idempotency: { scope: string; key: string; hash: Uint8Array };
}

/**
 * Takes places of a run with all that a hold owes: the counter, booking, allocation, registrations,
 * audit entry and idempotency key, in one statement. The guard on the counter is checked again by
 * PostgreSQL after it waited for the row, so that racing claims need no lock of their own.
 *
 * @returns the hold, or `undefined` when the run can't be booked or has too few places
 * @throws a violation of `booking_reference_key` for a reference that exists, and of
 *   `idempotency_key_pkey` for a key that was used
 */
export async function claimPlaces(db: Queryable, claim: Claim): Promise<StoredHold | undefined> {
  const { call, runId, places, idempotency } = claim;
  const registrationIds = Array.from({ length: places }, () => uuidv7());
  const bookingId = uuidv7();
  const reference = createReference();

  const { rows } = await db.execute(sql`
    WITH bookable AS (
      SELECT r.id, r.price_amount, r.price_currency
      FROM course_run r JOIN course c ON c.id = r.course_id
      WHERE r.id = ${runId}::uuid
        AND c.status = 'published' AND r.visibility = 'public'
        AND r.status IN ('tentative', 'confirmed')
        AND r.starts_at > clock_timestamp()
        AND (r.booking_opens_at IS NULL OR r.booking_opens_at <= clock_timestamp())
        AND (r.booking_closes_at IS NULL OR r.booking_closes_at > clock_timestamp())
    ), claimed AS (
      UPDATE run_capacity SET taken = taken + ${places}::int
      FROM bookable
      WHERE run_capacity.run_id = bookable.id AND is_open AND taken + ${places}::int <= capacity
      RETURNING run_id, price_amount, price_currency,
        date_trunc('milliseconds', clock_timestamp()) AS at,
        date_trunc('milliseconds', clock_timestamp()) + make_interval(mins => ${HOLD_MINUTES}::int) AS expires_at
    ), new_booking AS (
      INSERT INTO booking (id, reference, run_id, status, places, expires_at, created_at, updated_at)
      SELECT ${bookingId}::uuid, ${reference}, run_id, 'held', ${places}::int, expires_at, at, at FROM claimed
    ), new_allocation AS (
      INSERT INTO seat_allocation (id, run_id, booking_id, quantity, kind, expires_at, created_at)
      SELECT ${uuidv7()}::uuid, run_id, ${bookingId}::uuid, ${places}::int, 'hold', expires_at, at FROM claimed
    ), new_registrations AS (
      INSERT INTO registration (id, booking_id, run_id, position, price_amount, price_currency, created_at, updated_at)
      SELECT ids.id, ${bookingId}::uuid, run_id, ids.position, price_amount, price_currency, at, at
      FROM claimed, unnest(${sql.param(registrationIds)}::uuid[]) WITH ORDINALITY AS ids (id, position)
    ), new_audit AS (
      INSERT INTO audit_entry (at, actor_kind, actor_id, action, entity, entity_id, after, request_id)
      SELECT at, ${call.actor.kind}::actor_kind, ${auditIdOf(call.actor)}, 'booking.hold', 'booking', ${bookingId}::uuid,
        jsonb_build_object('runId', run_id, 'places', ${places}::int), ${call.requestId}
      FROM claimed
    ), new_answer AS (
      INSERT INTO idempotency_key (scope, key, request_hash, answer, created_at)
      SELECT ${idempotency.scope}, ${idempotency.key}, ${sql.param(idempotency.hash)}::bytea, jsonb_build_object(
        'bookingId', ${bookingId}::uuid,
        'reference', ${reference}::text,
        'runId', run_id,
        'places', ${places}::int,
        'expiresAt', to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'serverTime', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'unitPrice', CASE WHEN price_amount IS NOT NULL
          THEN jsonb_build_object('amount', price_amount, 'currency', price_currency) END,
        'total', CASE WHEN price_amount IS NOT NULL
          THEN jsonb_build_object('amount', price_amount * ${places}::bigint, 'currency', price_currency) END
      ), at
      FROM claimed
      RETURNING answer
    )
    SELECT answer FROM new_answer`);

  const [row] = rows;
  return row === undefined ? undefined : ClaimedRow.parse(row).answer;
}
