import { BookingHeld } from "@lectern/contract/bookings";
import {
  arrayOf,
  bool,
  bytea,
  int4,
  jsonb,
  nullable,
  text,
  timestamptz,
  uuid,
} from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import { auditEntry } from "@lectern/database/schema/operations";
import { registration } from "@lectern/database/schema/bookings";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { settlePlacesQueue } from "../places/settle-queue.ts";

/** What is kept of the answer to a hold: all but the booking's key, which is derived again. */
export const StoredHold = BookingHeld.omit({ accessKey: true }).extend({ bookingId: z.uuid() });
export type StoredHold = z.infer<typeof StoredHold>;

/** An instant as the wire writes it. */
const ISO_8601 = sql`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

const json = jsonb((value) => value);

/**
 * Takes places of one run for one or more requests that are all of them to be granted, or none, with
 * everything that holds owe: the counter, bookings, allocations, registrations, audit entries,
 * idempotency keys and, as they all lapse at the same instant, one row of the outbox. The guard on the
 * counter is checked again by PostgreSQL after it waited for the row, so that racing claims need no lock
 * of their own.
 *
 * Of one element a request, in the order in which they came: `places` to `clients`. Of one element a
 * registration: `registration…`; its price is one of a few, counted from 1, of which `amounts` to
 * `explanations` have one element each. `answers` are whole but for the two instants, which the database adds.
 * Where a key was used before, nobody gets a place, and the answers from then are all that comes back:
 * the others go again without it. What the prices were computed from must still be so:
 * `pricingVersion`, and before `quotedUntil`.
 */
export const claimStatement = prepared(
  "bookings.claim",
  {
    runId: uuid,
    pricingVersion: int4,
    quotedUntil: nullable(timestamptz),
    holdMinutes: int4,
    isInvited: bool,
    allPlaces: int4,
    mostPlaces: int4,
    outboxId: uuid,
    places: arrayOf(int4),
    bookingIds: arrayOf(uuid),
    references: arrayOf(text),
    allocationIds: arrayOf(uuid),
    scopes: arrayOf(text),
    keys: arrayOf(text),
    requestHashes: arrayOf(bytea),
    answers: arrayOf(json),
    regions: arrayOf(nullable(text)),
    bookerEmails: arrayOf(nullable(text)),
    actorKinds: arrayOf(auditEntry.actorKind),
    actorIds: arrayOf(nullable(text)),
    requestIds: arrayOf(text),
    addresses: arrayOf(nullable(text)),
    clients: arrayOf(nullable(text)),
    registrationBookingIds: arrayOf(uuid),
    registrationIds: arrayOf(uuid),
    registrationPositions: arrayOf(int4),
    registrationPrices: arrayOf(int4),
    amounts: arrayOf(nullable(int4)),
    currencies: arrayOf(nullable(text)),
    taxCategories: arrayOf(registration.taxCategory),
    explanations: arrayOf(json),
  },
  (_, $) =>
    rows(
      {
        /** Of a request whose key was used before; null in the row that says that all got their places. */
        scope: nullable(text),
        key: nullable(text),
        answer: nullable(json),
        requestHash: nullable(bytea),
        /** When they got them, and when they lose them. */
        heldAt: nullable(timestamptz),
        expiresAt: nullable(timestamptz),
      },
      sql`
    WITH bookable AS (
      SELECT r.id
      FROM course_run r JOIN course c ON c.id = r.course_id
      WHERE r.id = ${$.runId}
        AND c.status = 'published' AND (r.visibility = 'public' OR ${$.isInvited})
        AND r.status IN ('tentative', 'confirmed')
        AND r.starts_at > clock_timestamp()
        AND (r.booking_opens_at IS NULL OR r.booking_opens_at <= clock_timestamp())
        AND (r.booking_closes_at IS NULL OR r.booking_closes_at > clock_timestamp())
        AND r.places_per_booker >= ${$.mostPlaces}
        AND r.pricing_version = ${$.pricingVersion}
        AND (${$.quotedUntil} IS NULL OR ${$.quotedUntil} > clock_timestamp())
    ), wanted AS (
      SELECT * FROM unnest(
        ${$.places}, ${$.bookingIds}, ${$.references}, ${$.allocationIds},
        ${$.scopes}, ${$.keys}, ${$.requestHashes}, ${$.answers}, ${$.regions}, ${$.bookerEmails},
        ${$.actorKinds}, ${$.actorIds}, ${$.requestIds}, ${$.addresses}, ${$.clients}
      ) AS w (
        places, booking_id, reference, allocation_id, scope, key, request_hash, answer,
        region, booker_email, actor_kind, actor_id, request_id, address, client
      )
    ), repeated AS (
      SELECT k.scope, k.key, k.answer, k.request_hash
      FROM wanted w JOIN idempotency_key k ON k.scope = w.scope AND k.key = w.key
    ), claimed AS (
      UPDATE run_capacity SET taken = taken + ${$.allPlaces}
      FROM bookable
      WHERE run_capacity.run_id = bookable.id AND is_open AND taken + ${$.allPlaces} <= capacity
        AND NOT EXISTS (SELECT FROM repeated)
      RETURNING run_id,
        date_trunc('milliseconds', clock_timestamp()) AS at,
        date_trunc('milliseconds', clock_timestamp()) + make_interval(mins => ${$.holdMinutes}) AS expires_at
    ), new_bookings AS (
      INSERT INTO booking (id, reference, run_id, status, places, region, booker_email, expires_at, created_at, updated_at)
      SELECT booking_id, reference, run_id, 'held', places, region, booker_email, expires_at, at, at
      FROM claimed, wanted
    ), new_allocations AS (
      INSERT INTO seat_allocation (id, run_id, booking_id, quantity, kind, expires_at, created_at)
      SELECT allocation_id, run_id, booking_id, places, 'hold', expires_at, at FROM claimed, wanted
    ), new_registrations AS (
      INSERT INTO registration (id, booking_id, run_id, position, price_amount, price_currency,
        tax_category, price_explanation, created_at, updated_at)
      SELECT n.id, n.booking_id, run_id, n.position, (${$.amounts})[n.price], (${$.currencies})[n.price],
        (${$.taxCategories})[n.price], (${$.explanations})[n.price], at, at
      FROM claimed, unnest(
        ${$.registrationBookingIds}, ${$.registrationIds}, ${$.registrationPositions}, ${$.registrationPrices}
      ) AS n (booking_id, id, position, price)
    ), new_entries AS (
      INSERT INTO audit_entry (at, actor_kind, actor_id, action, entity, entity_id, after, request_id, address, client)
      SELECT at, actor_kind, actor_id, 'booking.hold', 'booking', booking_id,
        jsonb_build_object('runId', run_id, 'places', places), request_id, address, client
      FROM claimed, wanted
    ), new_job AS (
      INSERT INTO outbox (id, queue, data, due_at, created_at)
      SELECT ${$.outboxId}, ${sql.param(settlePlacesQueue.name)}::text, jsonb_build_object('runId', run_id), expires_at, at
      FROM claimed
    ), instants AS MATERIALIZED (
      SELECT at, jsonb_build_object(
        'expiresAt', to_char(expires_at AT TIME ZONE 'UTC', ${ISO_8601}),
        'serverTime', to_char(at AT TIME ZONE 'UTC', ${ISO_8601})
      ) AS answered
      FROM claimed
    ), new_answers AS (
      INSERT INTO idempotency_key (scope, key, request_hash, answer, created_at)
      SELECT scope, key, request_hash, answer || answered, at FROM instants, wanted
    )
    SELECT NULL::text AS scope, NULL::text AS key, NULL::jsonb AS answer, NULL::bytea AS request_hash,
      at AS held_at, expires_at FROM claimed
    UNION ALL
    SELECT scope, key, answer, request_hash, NULL, NULL FROM repeated`,
    ),
);
