import { encryptOrNull } from "@lectern/auth/encryption/field-cipher";
import { BookingMoved } from "@lectern/contract/registrations";
import { Id } from "@lectern/contract/primitives";
import { arrayOf, uuid } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import {
  booking,
  registration,
  registrationChange,
  seatAllocation,
} from "@lectern/database/schema/bookings";
import { courseRun } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { enqueue } from "@lectern/jobs/queue";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { pricingOf } from "../../billing/read-pricing.ts";
import { tell } from "../../notifications/tell.ts";
import { considerRun } from "../../runs/run-queues.ts";
import { type BookingRow, phoneOf, phonePlaceOf } from "../read-booking.ts";
import { createReference } from "../reference.ts";
import { closeChoices } from "./close-choices.ts";
import type { Decision } from "./decision.ts";
import type { LockedBooking, RegistrationRow } from "./locked-booking.ts";
import { type PlannedMove, moneyOf, planMove } from "./plan-move.ts";
import { type Target, takeTarget } from "./target-run.ts";

/** What is kept of an answer about a new booking: all but its key, which is derived again. */
export const StoredMove = BookingMoved.omit({ accessKey: true }).extend({ bookingId: Id });
export type StoredMove = z.infer<typeof StoredMove>;

/** @returns the answer with the key of the new booking */
export function withKey(call: Call, { bookingId, ...moved }: StoredMove): BookingMoved {
  return { ...moved, accessKey: call.accessKeys.keyFor("booking", bookingId) };
}

const markTransferred = prepared(
  "registrations.markTransferred",
  { fromIds: arrayOf(uuid), toIds: arrayOf(uuid) },
  (_, $) => sql`
    UPDATE registration
    SET status = 'transferred', successor_id = moved.to_id, updated_at = clock_timestamp()
    FROM unnest(${$.fromIds}, ${$.toIds}) AS moved (from_id, to_id)
    WHERE registration.id = moved.from_id`,
);

/** So many new references are tried when the database knows one already: one in 27,000 million does. */
const REFERENCE_ATTEMPTS = 5;

/**
 * Moves registrations to another run: takes places there, writes a booking for them that names the old
 * one as its origin, and makes them the successors of the old registrations. What it costs and who
 * decided is written down. The old places are the caller's to give back.
 *
 * @param locked the old booking; the counters of both runs are locked and settled
 * @param rows of the old booking, none in the way of whose transfer anything stands
 * @returns the new booking, and what the moves cost
 * @throws NotFound, NotBookable, TooManyPlaces and SoldOut of the new run; Invalid for another currency;
 *   a violation of `registration_learner_key` for a learner who has a place there
 */
export async function movePlaces(
  tx: Transaction,
  call: Call,
  locked: LockedBooking,
  rows: readonly RegistrationRow[],
  { target, decision }: { target: Target; decision: Decision },
): Promise<{ moved: StoredMove; moves: readonly PlannedMove[] }> {
  await takeTarget(tx, call, target, { places: rows.length, locked, decision });
  const there = await pricingOf(tx, target.toRunId, locked.booking.region);
  if (there === undefined) throw notFound("run", target.toRunId);
  const moves = planMove(locked, rows, there.pricing, decision);
  const created = await createBooking(tx, call, locked, { runId: target.toRunId, moves });
  const seats = moves.map((move, index) => ({ move, toId: uuidv7(), position: index + 1 }));
  await tx.insert(registration).values(
    seats.map(({ move, toId, position }) => ({
      id: toId,
      bookingId: created.id,
      runId: target.toRunId,
      position,
      status: "confirmed" as const,
      learnerId: move.row.learnerId,
      learnerName: move.row.learnerName,
      learnerEmail: move.row.learnerEmail,
      timeZone: move.row.timeZone,
      // Claim links follow a registration to its successor.
      claimVersion: move.row.claimVersion,
      claimedAt: move.row.claimedAt,
      priceAmount: move.newPrice?.amount ?? null,
      priceCurrency: move.newPrice?.currency ?? null,
      priceExplanation: [...move.explanation],
      taxCategory: move.taxCategory,
    })),
  );
  await markTransferred.execute(tx, {
    fromIds: seats.map(({ move }) => move.row.id),
    toIds: seats.map(({ toId }) => toId),
  });
  await closeChoices(
    tx,
    rows.map(({ id }) => id),
    "another_date",
  );
  await writeCosts(tx, locked, moves, decision);
  await recordMove(tx, call, locked, { created, runId: target.toRunId, seats });
  await considerTentative(tx, target.toRunId);
  await tell(
    tx,
    "registration_transferred",
    seats.map(({ toId }) => toId),
  );
  const registrations = seats.map(({ move, toId, position }) => ({
    fromId: move.row.id,
    toId,
    position,
  }));
  const { id: bookingId, reference } = created;
  return { moved: { bookingId, reference, runId: target.toRunId, registrations }, moves };
}

interface Created {
  readonly id: string;
  readonly reference: string;
}

interface Seat {
  readonly move: PlannedMove;
  readonly toId: string;
}

async function createBooking(
  tx: Transaction,
  call: Call,
  { booking: old }: LockedBooking,
  { runId, moves }: { runId: string; moves: readonly PlannedMove[] },
): Promise<Created> {
  // A number can't be copied as it is: it is bound to the booking that it was encrypted for.
  const id = uuidv7();
  const phone = await phoneOf(call, old);
  const bookerPhone = await encryptOrNull(call.fields, phonePlaceOf(id), phone);
  for (let attempt = 1; attempt <= REFERENCE_ATTEMPTS; attempt += 1) {
    const [created] = await tx
      .insert(booking)
      .values({
        id,
        reference: createReference(),
        runId,
        status: "confirmed",
        paymentState: paymentStateThere(old.paymentState, moves),
        places: moves.length,
        bookerId: old.bookerId,
        organisationId: old.organisationId,
        bookerName: old.bookerName,
        bookerEmail: old.bookerEmail,
        bookerCompany: old.bookerCompany,
        bookerPhone,
        note: old.note,
        timeZone: old.timeZone,
        language: old.language,
        region: old.region,
        purchaseOrder: old.purchaseOrder,
        approverName: old.approverName,
        approverEmail: old.approverEmail,
        approvedAt: old.approvedAt,
        originId: old.id,
        confirmedAt: sql`clock_timestamp()`,
      })
      .onConflictDoNothing({ target: booking.reference })
      .returning({ id: booking.id, reference: booking.reference });
    if (created === undefined) continue;
    await tx.insert(seatAllocation).values({
      id: uuidv7(),
      runId,
      bookingId: created.id,
      quantity: moves.length,
      kind: "booking",
    });
    return created;
  }
  throw new Error("No booking reference was free");
}

/** The money stays where it was paid; the new booking says how far it is paid by that. */
function paymentStateThere(
  before: BookingRow["paymentState"],
  moves: readonly PlannedMove[],
): BookingRow["paymentState"] {
  if (before !== "paid") return before === "refunded" ? "unpaid" : before;
  const { toPay } = moneyOf(moves);
  return toPay === null || toPay.amount === 0 ? "paid" : "part_paid";
}

async function writeCosts(
  tx: Transaction,
  { openChoices }: LockedBooking,
  moves: readonly PlannedMove[],
  decision: Decision,
): Promise<void> {
  await tx.insert(registrationChange).values(
    moves.map((move) => ({
      id: uuidv7(),
      registrationId: move.row.id,
      kind: "transfer" as const,
      decidedBy: openChoices.has(move.row.id) ? ("academy" as const) : decision.decidedBy,
      feeAmount: move.fee?.amount ?? null,
      refundAmount: move.refund?.amount ?? null,
      differenceAmount: move.difference?.amount ?? null,
      currency: move.oldPrice?.currency ?? move.newPrice?.currency ?? null,
      noticeDays: move.noticeDays,
      feeBasisPoints: move.feeBasisPoints,
      reason: decision.reason,
    })),
  );
}

async function recordMove(
  tx: Transaction,
  call: Call,
  { booking: old }: LockedBooking,
  { created, runId, seats }: { created: Created; runId: string; seats: readonly Seat[] },
): Promise<void> {
  await recordAudit(tx, call, [
    {
      action: "booking.create",
      entity: "booking",
      entityId: created.id,
      before: null,
      after: { status: "confirmed", runId, places: seats.length, originId: old.id },
    },
    ...seats.map(({ move, toId }) => ({
      action: "registration.transfer" as const,
      entity: "registration",
      entityId: move.row.id,
      before: { status: move.row.status, runId: old.runId },
      after: {
        status: "transferred",
        runId,
        successorId: toId,
        fee: move.fee,
        difference: move.difference,
        refund: move.refund,
      },
    })),
  ]);
}

/** A tentative run may have got its minimum. */
async function considerTentative(tx: Transaction, runId: string): Promise<void> {
  const [run] = await tx
    .select({ status: courseRun.status })
    .from(courseRun)
    .where(eq(courseRun.id, runId));
  if (run?.status === "tentative") await enqueue(tx, considerRun, { runId });
}
