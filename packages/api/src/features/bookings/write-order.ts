import { encryptOrNull } from "@lectern/auth/encryption/field-cipher";
import type { BookingStartPaymentInput } from "@lectern/contract/bookings";
import { violates } from "@lectern/database/errors";
import { booking, registration } from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, invalid } from "../../domain-error.ts";
import { requireTimeZone } from "../../shared/zoned-time.ts";
import { type Accounts, accountOf, bookerIdOf } from "./accounts-of-addresses.ts";
import { type BookingRow, type FoundBooking, phonePlaceOf } from "./read-booking.ts";

/** Who books and for whom, as confirming and paying both get it. */
export type OrderInput = z.infer<typeof BookingStartPaymentInput>;

/** The states from which an order can be written. */
const OPEN = ["held", "awaiting_payment", "expired"] as const;

/**
 * Checks an order against its booking.
 *
 * @throws Invalid for more learners than places, for one who is there twice, and for a time zone that
 *   does not exist
 */
export function checkOrder(input: OrderInput, found: BookingRow): void {
  if (input.timeZone != null) requireTimeZone(input.timeZone, "timeZone");
  if (input.learners.length > found.places) {
    throw invalid(
      "learners",
      `The booking has ${found.places} places and ${input.learners.length} learners.`,
    );
  }
  const addresses = new Set<string>();
  for (const [index, { email, timeZone }] of input.learners.entries()) {
    if (addresses.has(email.toLowerCase())) {
      throw invalid(
        `learners.${index}.email`,
        "The same address is there twice: name each learner once.",
      );
    }
    addresses.add(email.toLowerCase());
    if (timeZone != null) requireTimeZone(timeZone, `learners.${index}.timeZone`);
  }
}

/** What an order makes of its booking. */
export interface OrderOutcome {
  readonly status: "awaiting_payment" | "awaiting_approval" | "confirmed";
  /** Of the hold, where the booking is not confirmed. */
  readonly expiresAt: Date | null;
  readonly isExtended: boolean;
  readonly approver: { readonly name: string; readonly email: string } | null;
  /** Of the addresses in the order. */
  readonly accounts: Accounts;
}

/** @returns the addresses of an order, whose accounts have to be known when it is written */
export function addressesOf({ booker, learners }: OrderInput): string[] {
  return [booker.email, ...learners.map(({ email }) => email)];
}

/**
 * Writes who books into a booking, and its new state.
 *
 * @throws Conflict (`wrong_state`) when the booking is in none of the states from which that is possible
 */
export async function writeOrder(
  tx: Transaction,
  call: Call,
  found: FoundBooking,
  input: OrderInput,
  outcome: OrderOutcome,
): Promise<void> {
  const { status, expiresAt, isExtended, approver, accounts } = outcome;
  const bookerId = bookerIdOf(call.actor, found.decider, input.booker.email, accounts);
  const bookerPhone = await encryptOrNull(call.fields, phonePlaceOf(found.id), input.booker.phone);
  const written = await tx
    .update(booking)
    .set({
      status,
      // Who began it signed in, and went on without, still has it.
      bookerId: bookerId ?? found.bookerId,
      organisationId: input.organisationId ?? null,
      bookerName: input.booker.name,
      bookerEmail: input.booker.email,
      bookerCompany: input.booker.company ?? null,
      bookerPhone,
      note: input.note ?? null,
      timeZone: input.timeZone ?? null,
      ...(input.language != null && { language: input.language }),
      purchaseOrder: input.purchaseOrder ?? null,
      approverName: approver?.name ?? null,
      approverEmail: approver?.email ?? null,
      ...(expiresAt !== null && { expiresAt }),
      ...(isExtended && { extendedAt: sql`coalesce(extended_at, clock_timestamp())` }),
      ...(status === "confirmed" && { confirmedAt: sql`clock_timestamp()` }),
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(booking.id, found.id), inArray(booking.status, [...OPEN])))
    .returning({ id: booking.id });
  if (written.length === 0) {
    throw conflict("booking", "wrong_state", "This booking can't be confirmed any more.");
  }
}

/**
 * Names the learners of the first places, the others stay unnamed, and moves all of them along with
 * their booking.
 *
 * @param status what the registrations become
 * @param accounts of the addresses in the order
 */
export async function nameLearners(
  tx: Transaction,
  found: BookingRow,
  learners: OrderInput["learners"],
  { status, accounts }: { status: "reserved" | "confirmed"; accounts: Accounts },
): Promise<void> {
  const isOpen = and(eq(registration.bookingId, found.id), eq(registration.status, "reserved"));
  // Of a hold some places may have been given up: the others are named.
  const open = await tx
    .select({ id: registration.id })
    .from(registration)
    .where(isOpen)
    .orderBy(asc(registration.position));
  await tx
    .update(registration)
    .set({
      status,
      learnerId: null,
      learnerName: null,
      learnerEmail: null,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(isOpen);
  for (const [index, { id }] of open.entries()) {
    const learner = learners[index];
    if (learner === undefined) break;
    await tx
      .update(registration)
      .set({
        learnerId: accountOf(accounts, learner.email),
        learnerName: learner.name,
        learnerEmail: learner.email,
        timeZone: learner.timeZone ?? null,
      })
      .where(eq(registration.id, id));
  }
}

/** @returns what the booker is told when a learner has a place already, or the error as it came */
export function duplicateLearner(error: unknown): unknown {
  if (!violates(error, "registration_learner_key")) return error;
  return conflict(
    "booking",
    "duplicate_learner",
    "One of these learners already has a place on this date.",
  );
}
