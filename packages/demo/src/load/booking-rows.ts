import {
  REFERENCE_ALPHABET,
  REFERENCE_BODY_LENGTH,
  completeReference,
} from "@lectern/contract/booking-reference";
import type {
  booking,
  registration,
  registrationChange,
  runCapacity,
  seatAllocation,
} from "@lectern/database/schema/bookings";
import type { GeneratedRun } from "../generate/academy.ts";
import type { GeneratedBooking } from "../generate/bookings.ts";
import type { Random } from "../random.ts";
import { createUuid } from "../uuid.ts";
import { required } from "./required.ts";
import { CANCELLATION_POLICY } from "./scheduling-rows.ts";

export interface BookingRows {
  readonly capacities: (typeof runCapacity.$inferInsert)[];
  readonly bookings: (typeof booking.$inferInsert)[];
  readonly allocations: (typeof seatAllocation.$inferInsert)[];
  readonly registrations: (typeof registration.$inferInsert)[];
  readonly changes: (typeof registrationChange.$inferInsert)[];
}

const DAY = 24 * 60 * 60_000;

/**
 * @param runIds in the order of the runs
 * @param organisationIds by name
 */
export function bookingRows(
  runs: readonly GeneratedRun[],
  runIds: readonly string[],
  organisationIds: ReadonlyMap<string, string>,
  random: Random,
): BookingRows {
  const references = new Set<string>();
  const all = runs.flatMap((run, i) =>
    run.bookings.map((made) => ({
      made,
      run,
      runId: runIds[i] ?? "",
      bookingId: createUuid(made.createdAt.getTime(), random),
      reference: newReference(random, references),
    })),
  );
  const registrations = all.flatMap(({ made, run, runId, bookingId }) =>
    made.registrations.map(({ status, learner }, i) => ({
      id: createUuid(made.createdAt.getTime(), random),
      bookingId,
      runId,
      position: i + 1,
      status,
      learnerName: learner?.name ?? null,
      learnerEmail: learner?.email ?? null,
      priceAmount: run.price.amount,
      priceCurrency: run.price.currency,
      cancelledAt: made.status === "cancelled" ? made.settledAt : null,
      createdAt: made.createdAt,
      updatedAt: made.settledAt,
    })),
  );
  const ofBookings = new Map(all.map((one) => [one.bookingId, one]));
  return {
    registrations,
    changes: registrations.flatMap((row) => {
      const { made, run } = required(ofBookings, row.bookingId);
      if (row.cancelledAt === null) return [];
      const id = createUuid(row.cancelledAt.getTime(), random);
      return [{ id, registrationId: row.id, ...cancellation(made, run) }];
    }),
    capacities: runs.map((run, i) => ({
      runId: runIds[i] ?? "",
      capacity: run.capacity,
      taken: takenPlaces(run.bookings),
      isOpen: run.status !== "cancelled",
      waiting: run.waiting.filter(({ status }) => status === "waiting").length,
    })),
    bookings: all.map(({ made, runId, bookingId, reference }) => ({
      id: bookingId,
      reference,
      runId,
      status: made.status,
      paymentState: made.paymentState,
      places: made.registrations.length,
      bookerName: made.booker?.name ?? null,
      bookerEmail: made.booker?.email ?? null,
      bookerCompany: made.company,
      organisationId: made.company === null ? null : required(organisationIds, made.company),
      expiresAt: made.status === "expired" ? made.settledAt : null,
      confirmedAt: made.confirmedAt,
      cancelledAt: made.status === "cancelled" ? made.settledAt : null,
      cancelledReason: made.cancelledReason,
      createdAt: made.createdAt,
      updatedAt: made.settledAt,
    })),
    allocations: all.map(({ made, runId, bookingId }) => ({
      id: createUuid(made.createdAt.getTime(), random),
      runId,
      bookingId,
      quantity: made.registrations.length,
      createdAt: made.createdAt,
      ...ledgerEntry(made),
    })),
  };
}

/** What a cancelled place cost: by the policy where its booker cancelled it, nothing where the academy did. */
function cancellation(
  { settledAt }: GeneratedBooking,
  { startsAt, price, cancelledReason }: GeneratedRun,
): Omit<typeof registrationChange.$inferInsert, "id" | "registrationId"> {
  const noticeDays = Math.max(0, Math.floor((startsAt.getTime() - settledAt.getTime()) / DAY));
  const tier = CANCELLATION_POLICY.tiers.find(({ daysBefore }) => noticeDays >= daysBefore);
  const isAcademys = cancelledReason !== null;
  const feeBasisPoints = isAcademys ? 0 : (tier?.feeBasisPoints ?? 0);
  const feeAmount = Math.round((price.amount * feeBasisPoints) / 10_000);
  return {
    kind: "cancellation",
    decidedBy: isAcademys ? "academy" : "booker",
    feeAmount,
    refundAmount: price.amount - feeAmount,
    currency: price.currency,
    noticeDays,
    feeBasisPoints,
    createdAt: settledAt,
  };
}

function takenPlaces(bookings: readonly GeneratedBooking[]): number {
  return bookings
    .filter(({ status }) => status === "confirmed")
    .reduce((sum, { registrations }) => sum + registrations.length, 0);
}

function ledgerEntry({
  status,
  settledAt,
}: GeneratedBooking): Pick<
  typeof seatAllocation.$inferInsert,
  "kind" | "state" | "expiresAt" | "endedAt"
> {
  switch (status) {
    case "confirmed":
      return { kind: "booking", state: "active" };
    case "cancelled":
      return { kind: "booking", state: "released", endedAt: settledAt };
    case "expired":
      return { kind: "hold", state: "expired", expiresAt: settledAt, endedAt: settledAt };
  }
}

/** @param known references that are in use; the new one is added */
function newReference(random: Random, known: Set<string>): string {
  for (;;) {
    let body = "";
    for (let i = 0; i < REFERENCE_BODY_LENGTH; i += 1) {
      body += REFERENCE_ALPHABET.charAt(random.integer(0, REFERENCE_ALPHABET.length - 1));
    }
    const reference = completeReference(body);
    if (known.has(reference)) continue;
    known.add(reference);
    return reference;
  }
}
