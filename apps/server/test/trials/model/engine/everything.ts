import { arrayOf, jsonb, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import { sql } from "drizzle-orm";
import { z } from "zod";

/** Milliseconds since 1970. */
const Moment = z.number();

const Runs = z.array(
  z.object({
    id: z.string(),
    status: z.string(),
    version: z.number(),
    starts: Moment,
    ends: Moment,
    opens: Moment.nullable(),
    closes: Moment.nullable(),
    isOpen: z.boolean(),
    capacity: z.number(),
    taken: z.number(),
    waiting: z.number(),
  }),
);
const Ledger = z.array(
  z.object({
    id: z.string(),
    runId: z.string(),
    reference: z.string().nullable(),
    entryId: z.string().nullable(),
    kind: z.string(),
    quantity: z.number(),
    until: Moment.nullable(),
  }),
);
const Bookings = z.array(
  z.object({
    id: z.string(),
    reference: z.string(),
    runId: z.string(),
    status: z.string(),
    paymentState: z.string(),
    places: z.number(),
    region: z.string().nullable(),
    bookerEmail: z.string().nullable(),
    hasApprover: z.boolean(),
    isExtended: z.boolean(),
    expires: Moment.nullable(),
    origin: z.string().nullable(),
    code: z.string().nullable(),
  }),
);
const Steps = z.array(z.object({ kind: z.string(), amount: z.number() }));
const Registrations = z.array(
  z.object({
    id: z.string(),
    reference: z.string(),
    position: z.number(),
    status: z.string(),
    learner: z.string().nullable(),
    isClaimed: z.boolean(),
    claimVersion: z.number(),
    price: z.number().nullable(),
    currency: z.string().nullable(),
    steps: Steps,
    successorId: z.string().nullable(),
    choices: z.array(
      z.object({
        kind: z.enum(["run_cancelled", "run_rescheduled"]),
        state: z.enum(["open", "stays", "another_date", "refund"]),
      }),
    ),
    changes: z.array(
      z.object({
        kind: z.enum(["cancellation", "transfer", "substitution"]),
        decidedBy: z.enum(["booker", "staff", "academy"]),
        fee: z.number().nullable(),
        refund: z.number().nullable(),
        difference: z.number().nullable(),
      }),
    ),
  }),
);
const Entries = z.array(
  z.object({
    id: z.string(),
    runId: z.string(),
    email: z.string(),
    status: z.string(),
    quantity: z.number(),
    takesFewer: z.boolean(),
    offered: z.number().nullable(),
    expires: Moment.nullable(),
    reference: z.string().nullable(),
    skips: z.array(
      z.object({
        reason: z.enum(["too_few_places", "too_late"]),
        free: z.number(),
        wanted: z.number(),
      }),
    ),
  }),
);
const Codes = z.array(
  z.object({
    code: z.string(),
    isActive: z.boolean(),
    maxUses: z.number().nullable(),
    used: z.number(),
  }),
);
const Payments = z.array(
  z.object({
    id: z.string(),
    reference: z.string(),
    amount: z.number(),
    currency: z.string(),
    outcome: z.string(),
  }),
);

/** A point in time as a number that JSON carries. */
function moment(column: ReturnType<typeof sql>) {
  return sql`floor(extract(epoch FROM ${column}) * 1000)`;
}

/** Everything of a few runs in one statement, so that it can be looked at after each operation. */
export const everything = prepared(
  "model.everything",
  { runIds: arrayOf(uuid), codeIds: arrayOf(uuid) },
  (_, $) =>
    rows(
      {
        runs: jsonb((value) => Runs.parse(value)),
        ledger: jsonb((value) => Ledger.parse(value)),
        bookings: jsonb((value) => Bookings.parse(value)),
        registrations: jsonb((value) => Registrations.parse(value)),
        entries: jsonb((value) => Entries.parse(value)),
        codes: jsonb((value) => Codes.parse(value)),
        payments: jsonb((value) => Payments.parse(value)),
      },
      sql`
    WITH booked AS (
      SELECT b.* FROM booking AS b WHERE b.run_id = ANY(${$.runIds})
    )
    SELECT (
      SELECT coalesce(json_agg(json_build_object(
        'id', r.id, 'status', r.status, 'version', r.version,
        'starts', ${moment(sql`r.starts_at`)}, 'ends', ${moment(sql`r.ends_at`)},
        'opens', ${moment(sql`r.booking_opens_at`)}, 'closes', ${moment(sql`r.booking_closes_at`)},
        'isOpen', c.is_open, 'capacity', c.capacity, 'taken', c.taken, 'waiting', c.waiting
      )), '[]')
      FROM course_run AS r JOIN run_capacity AS c ON c.run_id = r.id
      WHERE r.id = ANY(${$.runIds})
    ) AS runs, (
      SELECT coalesce(json_agg(json_build_object(
        'id', a.id, 'runId', a.run_id, 'reference', b.reference, 'entryId', a.waitlist_entry_id,
        'kind', a.kind, 'quantity', a.quantity, 'until', ${moment(sql`a.expires_at`)}
      )), '[]')
      FROM seat_allocation AS a LEFT JOIN booking AS b ON b.id = a.booking_id
      WHERE a.run_id = ANY(${$.runIds}) AND a.state = 'active'
    ) AS ledger, (
      SELECT coalesce(json_agg(json_build_object(
        'id', b.id, 'reference', b.reference, 'runId', b.run_id, 'status', b.status,
        'paymentState', b.payment_state, 'places', b.places, 'region', b.region,
        'bookerEmail', b.booker_email, 'hasApprover', b.approver_email IS NOT NULL,
        'isExtended', b.extended_at IS NOT NULL, 'expires', ${moment(sql`b.expires_at`)},
        'origin', (SELECT o.reference FROM booking AS o WHERE o.id = b.origin_id),
        'code', (
          SELECT d.code FROM discount_use AS u JOIN discount_code AS d ON d.id = u.discount_code_id
          WHERE u.booking_id = b.id AND u.state = 'active'
        )
      )), '[]')
      FROM booked AS b
    ) AS bookings, (
      SELECT coalesce(json_agg(json_build_object(
        'id', g.id, 'reference', b.reference, 'position', g.position, 'status', g.status,
        'learner', g.learner_email, 'isClaimed', g.claimed_at IS NOT NULL,
        'claimVersion', g.claim_version, 'price', g.price_amount, 'currency', g.price_currency,
        'steps', g.price_explanation, 'successorId', g.successor_id,
        'choices', (
          SELECT coalesce(json_agg(json_build_object('kind', o.kind, 'state', o.state) ORDER BY o.id), '[]')
          FROM run_choice AS o WHERE o.registration_id = g.id
        ),
        'changes', (
          SELECT coalesce(json_agg(json_build_object(
            'kind', h.kind, 'decidedBy', h.decided_by, 'fee', h.fee_amount,
            'refund', h.refund_amount, 'difference', h.difference_amount
          ) ORDER BY h.id), '[]')
          FROM registration_change AS h WHERE h.registration_id = g.id
        )
      )), '[]')
      FROM booked AS b JOIN registration AS g ON g.booking_id = b.id
    ) AS registrations, (
      SELECT coalesce(json_agg(json_build_object(
        'id', e.id, 'runId', e.run_id, 'email', e.email, 'status', e.status,
        'quantity', e.quantity, 'takesFewer', e.takes_fewer, 'offered', e.offered_quantity,
        'expires', ${moment(sql`e.offer_expires_at`)},
        'reference', (SELECT b.reference FROM booking AS b WHERE b.id = e.booking_id),
        'skips', (
          SELECT coalesce(json_agg(json_build_object(
            'reason', s.reason, 'free', s.free, 'wanted', s.wanted
          ) ORDER BY s.id), '[]')
          FROM waitlist_skip AS s WHERE s.entry_id = e.id
        )
      )), '[]')
      FROM waitlist_entry AS e WHERE e.run_id = ANY(${$.runIds})
    ) AS entries, (
      SELECT coalesce(json_agg(json_build_object(
        'code', d.code, 'isActive', d.is_active, 'maxUses', d.max_uses, 'used', d.used
      )), '[]')
      FROM discount_code AS d WHERE d.id = ANY(${$.codeIds})
    ) AS codes, (
      SELECT coalesce(json_agg(json_build_object(
        'id', p.id, 'reference', b.reference, 'amount', p.amount, 'currency', p.currency,
        'outcome', p.outcome
      )), '[]')
      FROM booked AS b JOIN payment AS p ON p.booking_id = b.id
    ) AS payments`,
    ),
);
