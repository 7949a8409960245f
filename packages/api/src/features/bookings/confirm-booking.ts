import { type BookingConfirmInput, BookingDetail } from "@lectern/contract/bookings";
import { violates } from "@lectern/database/errors";
import type { Database } from "@lectern/database/queryable";
import {
  booking,
  registration,
  runCapacity,
  seatAllocation,
} from "@lectern/database/schema/bookings";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { DomainError, conflict, invalid } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { bookability } from "../../shared/run-summary.ts";
import { findRunSummaryRow } from "./find-run-summary-row.ts";
import { type BookingRow, readBooking, requireBooking } from "./read-booking.ts";
import { lockCapacity, releaseLapsedHolds } from "./release-lapsed-holds.ts";

type ConfirmInput = z.infer<typeof BookingConfirmInput>;

/**
 * Turns a hold into a confirmed booking. The places change their kind and not their number. A hold
 * past its time gets its places again if there are any.
 *
 * @throws NotFound, Invalid, Conflict (`wrong_state`, `duplicate_learner`), HoldExpired when the
 *   places have gone meanwhile, NotBookable when the run can't be booked any more, IdempotencyMismatch
 */
export async function confirmBooking(
  db: Database,
  call: Call,
  input: ConfirmInput,
): Promise<BookingDetail> {
  const found = await requireBooking(db, call, input);
  checkLearners(input, found);
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "bookings.confirm", input, BookingDetail, async () => {
        const before = await takeOver(tx, call, found);
        await writeBooker(tx, found, before, input);
        await nameLearners(tx, found, input);
        await recordAudit(tx, call, {
          action: "booking.confirm",
          entity: "booking",
          entityId: found.id,
          before: { status: before },
          after: { status: "confirmed", places: found.places, named: input.learners.length },
        });
        return readBooking(tx, found.id);
      }),
    );
  } catch (error) {
    if (!violates(error, "registration_learner_key")) throw error;
    throw conflict(
      "booking",
      "duplicate_learner",
      "One of these learners already has a place on this date.",
    );
  }
}

function checkLearners(input: ConfirmInput, found: BookingRow): void {
  if (input.learners.length > found.places) {
    throw invalid(
      "learners",
      `The booking has ${found.places} places and ${input.learners.length} learners.`,
    );
  }
  const addresses = new Set<string>();
  for (const [index, { email }] of input.learners.entries()) {
    if (addresses.has(email.toLowerCase())) {
      throw invalid(
        `learners.${index}.email`,
        "The same address is there twice: name each learner once.",
      );
    }
    addresses.add(email.toLowerCase());
  }
}

/** @returns the state that the booking was in: its places are its own now, and not a hold's */
async function takeOver(
  tx: Transaction,
  call: Call,
  found: BookingRow,
): Promise<"held" | "expired"> {
  const kept = await tx
    .update(seatAllocation)
    .set({ kind: "booking", expiresAt: null })
    .where(
      and(
        eq(seatAllocation.bookingId, found.id),
        eq(seatAllocation.kind, "hold"),
        eq(seatAllocation.state, "active"),
        sql`${seatAllocation.expiresAt} > clock_timestamp()`,
      ),
    )
    .returning({ id: seatAllocation.id });
  if (kept.length > 0) return "held";
  return takeAgain(tx, call, found);
}

async function takeAgain(tx: Transaction, call: Call, found: BookingRow): Promise<"expired"> {
  await lockCapacity(tx, found.runId);
  await releaseLapsedHolds(tx, call, found.runId);
  const [current] = await tx
    .select({ status: booking.status })
    .from(booking)
    .where(eq(booking.id, found.id))
    .for("update");
  if (current?.status !== "expired") {
    throw conflict(
      "booking",
      "wrong_state",
      "This booking can't be confirmed any more.",
      current?.status,
    );
  }
  const run = await findRunSummaryRow(tx, found.runId);
  const state = run === undefined ? "not_published" : bookability(run);
  if (state !== "open" && state !== "sold_out") {
    throw new DomainError(
      { code: "NotBookable", data: { runId: found.runId, reason: state } },
      "This date can't be booked any more.",
    );
  }
  const taken = await tx
    .update(runCapacity)
    .set({ taken: sql`${runCapacity.taken} + ${found.places}` })
    .where(
      and(
        eq(runCapacity.runId, found.runId),
        eq(runCapacity.isOpen, true),
        sql`${runCapacity.taken} + ${found.places} <= ${runCapacity.capacity}`,
      ),
    )
    .returning({ taken: runCapacity.taken });
  if (taken.length === 0) {
    const expiredAt = (found.expiresAt ?? found.updatedAt).toISOString();
    throw new DomainError(
      { code: "HoldExpired", data: { reference: found.reference, expiredAt } },
      "The hold has expired and its places have gone to somebody else.",
    );
  }
  await tx.insert(seatAllocation).values({
    id: uuidv7(),
    runId: found.runId,
    bookingId: found.id,
    quantity: found.places,
    kind: "booking",
  });
  return "expired";
}

async function writeBooker(
  tx: Transaction,
  found: BookingRow,
  before: "held" | "expired",
  input: ConfirmInput,
): Promise<void> {
  const written = await tx
    .update(booking)
    .set({
      status: "confirmed",
      bookerName: input.booker.name,
      bookerEmail: input.booker.email,
      bookerCompany: input.booker.company ?? null,
      bookerPhone: input.booker.phone ?? null,
      note: input.note ?? null,
      confirmedAt: sql`clock_timestamp()`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(booking.id, found.id), eq(booking.status, before)))
    .returning({ id: booking.id });
  if (written.length === 0) {
    throw conflict("booking", "wrong_state", "This booking can't be confirmed any more.");
  }
}

async function nameLearners(
  tx: Transaction,
  found: BookingRow,
  input: ConfirmInput,
): Promise<void> {
  await tx
    .update(registration)
    .set({ status: "confirmed", updatedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(registration.bookingId, found.id),
        inArray(registration.status, ["reserved", "cancelled"]),
      ),
    );
  for (const [index, learner] of input.learners.entries()) {
    await tx
      .update(registration)
      .set({ learnerName: learner.name, learnerEmail: learner.email })
      .where(and(eq(registration.bookingId, found.id), eq(registration.position, index + 1)));
  }
}
