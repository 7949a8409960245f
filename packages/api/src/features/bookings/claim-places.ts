import { BookingHeld, HOLD_MINUTES } from "@lectern/contract/bookings";
import { arrayOf, bytea, int4, jsonb, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { auditEntry } from "@lectern/database/schema/operations";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { auditIdOf } from "../../shared/audit.ts";
import { createReference } from "./reference.ts";

/** What is kept of the answer to a hold: all but the booking's key, which is derived again. */
export const StoredHold = BookingHeld.omit({ accessKey: true }).extend({ bookingId: z.uuid() });
export type StoredHold = z.infer<typeof StoredHold>;

/** An instant as the wire writes it. */
const ISO_8601 = sql`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

const claimStatement = prepared(
  "bookings.claim",
  {
    runId: uuid,
    places: int4,
    holdMinutes: int4,
    bookingId: uuid,
    reference: text,
    allocationId: uuid,
    registrationIds: arrayOf(uuid),
    actorKind: auditEntry.actorKind,
    actorId: nullable(text),
    requestId: text,
    scope: text,
    key: text,
    requestHash: bytea,
  },
  (_, $) =>
    rows(
      { answer: jsonb((value) => StoredHold.parse(value)) },
      sql`
    WITH bookable AS (
      SELECT r.id, r.price_amount, r.price_currency
      FROM course_run r JOIN course c ON c.id = r.course_id
      WHERE r.id = ${$.runId}
        AND c.status = 'published' AND r.visibility = 'public'
        AND r.status IN ('tentative', 'confirmed')
        AND r.starts_at > clock_timestamp()
        AND (r.booking_opens_at IS NULL OR r.booking_opens_at <= clock_timestamp())
        AND (r.booking_closes_at IS NULL OR r.booking_closes_at > clock_timestamp())
    ), claimed AS (
      UPDATE run_capacity SET taken = taken + ${$.places}
      FROM bookable
      WHERE run_capacity.run_id = bookable.id AND is_open AND taken + ${$.places} <= capacity
      RETURNING run_id, price_amount, price_currency,
        date_trunc('milliseconds', clock_timestamp()) AS at,
        date_trunc('milliseconds', clock_timestamp()) + make_interval(mins => ${$.holdMinutes}) AS expires_at
    ), new_booking AS (
      INSERT INTO booking (id, reference, run_id, status, places, expires_at, created_at, updated_at)
      SELECT ${$.bookingId}, ${$.reference}, run_id, 'held', ${$.places}, expires_at, at, at FROM claimed
    ), new_allocation AS (
      INSERT INTO seat_allocation (id, run_id, booking_id, quantity, kind, expires_at, created_at)
      SELECT ${$.allocationId}, run_id, ${$.bookingId}, ${$.places}, 'hold', expires_at, at FROM claimed
    ), new_registrations AS (
      INSERT INTO registration (id, booking_id, run_id, position, price_amount, price_currency, created_at, updated_at)
      SELECT ids.id, ${$.bookingId}, run_id, ids.position, price_amount, price_currency, at, at
      FROM claimed, unnest(${$.registrationIds}) WITH ORDINALITY AS ids (id, position)
    ), new_audit AS (
      INSERT INTO audit_entry (at, actor_kind, actor_id, action, entity, entity_id, after, request_id)
      SELECT at, ${$.actorKind}, ${$.actorId}, 'booking.hold', 'booking', ${$.bookingId},
        jsonb_build_object('runId', run_id, 'places', ${$.places}), ${$.requestId}
      FROM claimed
    ), new_answer AS (
      INSERT INTO idempotency_key (scope, key, request_hash, answer, created_at)
      SELECT ${$.scope}, ${$.key}, ${$.requestHash}, jsonb_build_object(
        'bookingId', ${$.bookingId},
        'reference', ${$.reference},
        'runId', run_id,
        'places', ${$.places},
        'expiresAt', to_char(expires_at AT TIME ZONE 'UTC', ${ISO_8601}),
        'serverTime', to_char(at AT TIME ZONE 'UTC', ${ISO_8601}),
        'unitPrice', CASE WHEN price_amount IS NOT NULL
          THEN jsonb_build_object('amount', price_amount, 'currency', price_currency) END,
        'total', CASE WHEN price_amount IS NOT NULL
          THEN jsonb_build_object('amount', price_amount::bigint * ${$.places}, 'currency', price_currency) END
      ), at
      FROM claimed
      RETURNING answer
    )
    SELECT answer FROM new_answer`,
    ),
);

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
  const { call, places, idempotency } = claim;
  const claimed = await claimStatement.first(db, {
    runId: claim.runId,
    places,
    holdMinutes: HOLD_MINUTES,
    bookingId: uuidv7(),
    reference: createReference(),
    allocationId: uuidv7(),
    registrationIds: Array.from({ length: places }, () => uuidv7()),
    actorKind: call.actor.kind,
    actorId: auditIdOf(call.actor),
    requestId: call.requestId,
    scope: idempotency.scope,
    key: idempotency.key,
    requestHash: idempotency.hash,
  });
  return claimed?.answer;
}
