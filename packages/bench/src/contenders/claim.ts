import { createHash } from "node:crypto";
import { createReference } from "@lectern/api/features/bookings/reference";
import type { AccessKeys } from "@lectern/auth/access-key";
import { type BookingHoldInput, HOLD_MINUTES } from "@lectern/contract/bookings";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Driver, Parameter } from "./driver.ts";

/**
 * Holding places by one plain statement: a conditional UPDATE, and INSERTs of what depends on it. It writes what Lectern
 * writes; each run of the benchmark makes sure of that first. It stays as it is when Lectern finds a better way: it is what that
 * way is held against.
 */

/** What the statement has to be given. */
export interface ClaimSlots {
  readonly runId: string;
  readonly places: string;
  readonly holdMinutes: string;
  readonly bookingId: string;
  readonly reference: string;
  readonly allocationId: string;
  readonly outboxId: string;
  readonly registrationIds: string;
  readonly requestId: string;
  readonly scope: string;
  readonly key: string;
  readonly requestHash: string;
}

/** An instant as the wire writes it. No colon stands in it as such: pgbench would take what follows for a variable. */
const ISO_8601 = String.raw`E'YYYY-MM-DD"T"HH24\x3aMI\x3aSS.MS"Z"'`;

/** @param slots an SQL expression for each */
export function claimText(slots: ClaimSlots): string {
  return `
    WITH bookable AS (
      SELECT r.id, r.price_amount, r.price_currency, r.tax_category
      FROM course_run r JOIN course c ON c.id = r.course_id
      WHERE r.id = ${slots.runId}
        AND c.status = 'published' AND r.visibility = 'public'
        AND r.status IN ('tentative', 'confirmed')
        AND r.starts_at > clock_timestamp()
        AND (r.booking_opens_at IS NULL OR r.booking_opens_at <= clock_timestamp())
        AND (r.booking_closes_at IS NULL OR r.booking_closes_at > clock_timestamp())
    ), claimed AS (
      UPDATE run_capacity SET taken = taken + ${slots.places}
      FROM bookable
      WHERE run_capacity.run_id = bookable.id AND is_open AND taken + ${slots.places} <= capacity
      RETURNING run_id, price_amount, price_currency, tax_category,
        date_trunc('milliseconds', clock_timestamp()) AS at,
        date_trunc('milliseconds', clock_timestamp()) + make_interval(mins => ${slots.holdMinutes}) AS expires_at
    ), new_booking AS (
      INSERT INTO booking (id, reference, run_id, status, places, expires_at, created_at, updated_at)
      SELECT ${slots.bookingId}, ${slots.reference}, run_id, 'held', ${slots.places}, expires_at, at, at FROM claimed
    ), new_allocation AS (
      INSERT INTO seat_allocation (id, run_id, booking_id, quantity, kind, expires_at, created_at)
      SELECT ${slots.allocationId}, run_id, ${slots.bookingId}, ${slots.places}, 'hold', expires_at, at FROM claimed
    ), new_registrations AS (
      INSERT INTO registration (id, booking_id, run_id, position, price_amount, price_currency,
        tax_category, price_explanation, created_at, updated_at)
      SELECT ids.id, ${slots.bookingId}, run_id, ids.position, price_amount, price_currency,
        tax_category, jsonb_build_array(jsonb_build_object('kind', 'base', 'amount', price_amount)), at, at
      FROM claimed, unnest(${slots.registrationIds}) WITH ORDINALITY AS ids (id, position)
    ), new_audit AS (
      INSERT INTO audit_entry (at, actor_kind, actor_id, action, entity, entity_id, after, request_id)
      SELECT at, 'public', NULL, 'booking.hold', 'booking', ${slots.bookingId},
        jsonb_build_object('runId', run_id, 'places', ${slots.places}), ${slots.requestId}
      FROM claimed
    ), new_job AS (
      INSERT INTO outbox (id, queue, data, due_at, created_at)
      SELECT ${slots.outboxId}, 'places.settle', jsonb_build_object('runId', run_id), expires_at, at
      FROM claimed
    ), new_answer AS (
      INSERT INTO idempotency_key (scope, key, request_hash, answer, created_at)
      SELECT ${slots.scope}, ${slots.key}, ${slots.requestHash}, jsonb_build_object(
        'bookingId', ${slots.bookingId},
        'reference', ${slots.reference},
        'runId', run_id,
        'places', ${slots.places},
        'expiresAt', to_char(expires_at AT TIME ZONE 'UTC', ${ISO_8601}),
        'serverTime', to_char(at AT TIME ZONE 'UTC', ${ISO_8601}),
        'unitPrice', CASE WHEN price_amount IS NOT NULL
          THEN jsonb_build_object('amount', price_amount, 'currency', price_currency) END,
        'total', CASE WHEN price_amount IS NOT NULL
          THEN jsonb_build_object('amount', price_amount::bigint * ${slots.places}, 'currency', price_currency) END
      ), at
      FROM claimed
      RETURNING answer
    )
    SELECT answer FROM new_answer`;
}

/** The scope of idempotency keys of somebody who is not signed in. */
export const PUBLIC_SCOPE = "public:|bookings.hold";

const PARAMETERS = {
  runId: "$1::uuid",
  places: "$2::integer",
  holdMinutes: "$3::integer",
  bookingId: "$4::uuid",
  reference: "$5::text",
  allocationId: "$6::uuid",
  outboxId: "$7::uuid",
  registrationIds: "$8::uuid[]",
  requestId: "$9::text",
  scope: "$10::text",
  key: "$11::text",
  requestHash: "$12::bytea",
} satisfies ClaimSlots;

const TEXT = claimText(PARAMETERS);

type HoldInput = z.infer<typeof BookingHoldInput>;

/**
 * Holds places by the plain statement.
 *
 * @returns the answer of `bookings.hold`, or `undefined` when there are not enough places
 */
export async function claimBy(
  driver: Driver,
  keys: AccessKeys,
  input: HoldInput,
  requestId: string,
): Promise<unknown> {
  const bookingId = uuidv7();
  const parameters: Parameter[] = [
    input.runId,
    input.places,
    HOLD_MINUTES,
    bookingId,
    createReference(),
    uuidv7(),
    uuidv7(),
    Array.from({ length: input.places }, () => uuidv7()),
    requestId,
    PUBLIC_SCOPE,
    input.idempotencyKey,
    createHash("sha256").update(JSON.stringify(input)).digest(),
  ];
  const [row] = await driver.rows(TEXT, parameters);
  if (row === undefined) return undefined;
  const [answer] = row;
  if (typeof answer !== "object" || answer === null) throw new TypeError("The answer is no object");
  return { ...answer, bookingId: undefined, accessKey: keys.keyFor("booking", bookingId) };
}
