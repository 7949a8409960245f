import { ownerOf, reachOf } from "@lectern/auth/actor";
import { type FieldPlace, decryptIfEncrypted } from "@lectern/auth/encryption/field-cipher";
import type { Permission } from "@lectern/auth/permissions";
import type { BookingDetail } from "@lectern/contract/bookings";
import type { Decider } from "@lectern/contract/vocabulary";
import { nullable, int4 } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import {
  booking,
  registration,
  registrationChange,
  runCapacity,
} from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { asc, eq, getTableColumns, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { withRunInLanguage } from "../../shared/in-language.ts";
import { moneyOrNull } from "../../shared/money.ts";
import { reachesBooking } from "../../shared/reach.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { toPriceSteps } from "../billing/price-steps.ts";
import { parseReference } from "./reference.ts";

export type BookingRow = typeof booking.$inferSelect;

const BY_REFERENCE = { reference: booking.reference };

const bookingByReference = prepared("bookings.byReference", BY_REFERENCE, (q, $) =>
  q.select().from(booking).where(eq(booking.reference, $.reference)),
);

const origin = alias(booking, "origin");

const bookingWithRun = prepared("bookings.withRun", BY_REFERENCE, (q, $) =>
  q
    .select({
      booking: getTableColumns(booking),
      originReference: origin.reference,
      run: runSummaryColumns,
      cancellationPolicy: courseRun.cancellationPolicy,
      serverTime: sql`clock_timestamp()`.mapWith(booking.createdAt).as("server_time"),
    })
    .from(booking)
    .innerJoin(courseRun, eq(courseRun.id, booking.runId))
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .leftJoin(origin, eq(origin.id, booking.originId))
    .where(eq(booking.reference, $.reference)),
);

const successor = alias(registration, "successor");
const successorBooking = alias(booking, "successor_booking");

const registrationsOf = prepared("bookings.registrations", BY_REFERENCE, (q, $) =>
  q
    .select({
      registration: getTableColumns(registration),
      successorId: successor.id,
      successorRunId: successor.runId,
      successorReference: successorBooking.reference,
      feeAmount: sql`(
        SELECT c.fee_amount FROM ${registrationChange} AS c
        WHERE c.registration_id = "registration"."id" AND c.kind IN ('cancellation', 'transfer')
        ORDER BY c.created_at DESC, c.id DESC LIMIT 1
      )`
        .mapWith(nullable(int4))
        .as("fee_amount"),
    })
    .from(registration)
    .leftJoin(successor, eq(successor.id, registration.successorId))
    .leftJoin(successorBooking, eq(successorBooking.id, successor.bookingId))
    .where(
      sql`${registration.bookingId} = (SELECT b.id FROM booking AS b WHERE b.reference = ${$.reference})`,
    )
    .orderBy(asc(registration.position)),
);

type RegistrationRow = Awaited<ReturnType<typeof registrationsOf.execute>>[number];

/** What shows that a caller may see and change a booking: its key, or who they are. */
export interface BookingProof {
  readonly reference: string;
  readonly accessKey?: string | null | undefined;
}

/** A booking that the caller may use, and who decides about it in this call. */
export interface FoundBooking extends BookingRow {
  readonly decider: Decider;
}

/** What a caller without the booking's key has to be allowed. */
export type BookingPermission = Extract<Permission, `bookings.${string}` | "payments.write">;

/**
 * Finds a booking for whoever holds its key, whose own it is, and who is allowed to see or change it:
 * everywhere, or in the part of the academy that it belongs to.
 *
 * @throws NotFound for a reference that does not exist, for a wrong key and for a booking of others alike,
 *   so that none can be told from the other; Invalid for a mistyped reference
 */
export async function requireBooking(
  db: Queryable,
  call: Call,
  proof: BookingProof,
  permission: BookingPermission,
): Promise<FoundBooking> {
  const reference = parseReference(proof.reference);
  const found = await bookingByReference.first(db, { reference });
  if (found === undefined || !(await mayUse(db, call, found, proof.accessKey, permission))) {
    throw notFound("booking", reference);
  }
  return { ...found, decider: await deciderOf(db, call, found.id) };
}

async function mayUse(
  db: Queryable,
  { actor, accessKeys }: Call,
  { id, bookerId }: BookingRow,
  accessKey: string | null | undefined,
  permission: BookingPermission,
): Promise<boolean> {
  if (accessKey != null) return accessKeys.isKeyFor("booking", id, accessKey);
  if (bookerId !== null && bookerId === ownerOf(actor) && permission !== "payments.write") {
    return true;
  }
  return reachesBooking(db, reachOf(actor, permission), id);
}

/** @returns who decides about a booking in this call: the academy, staff, or whoever booked */
async function deciderOf(db: Queryable, { actor }: Call, bookingId: string): Promise<Decider> {
  if (actor.kind === "system") return "academy";
  const isStaff = await reachesBooking(db, reachOf(actor, "bookings.decide"), bookingId);
  return isStaff ? "staff" : "booker";
}

/**
 * @returns the booking as its booker sees it; a hold past its time is shown as expired even before
 *   its places are claimed by somebody else
 * @throws NotFound when the booking has gone meanwhile
 */
export async function readBooking(
  db: Queryable,
  call: Call,
  reference: string,
): Promise<BookingDetail> {
  const found = await toBookingDetail(call, reference, await readBookingRows(db, reference));
  return withRunInLanguage(db, call.language, found);
}

type BookingRows = Awaited<ReturnType<typeof readBookingRows>>;

/** @returns what a booking is shown from. Whoever asks may not be allowed to see it: that is for `requireBooking` to say. */
export async function readBookingRows(db: Queryable, reference: string) {
  const [row, registrations] = await Promise.all([
    bookingWithRun.first(db, { reference }),
    registrationsOf.execute(db, { reference }),
  ]);
  return { row, registrations };
}

/**
 * @returns the same as `readBooking`
 * @throws NotFound
 */
export async function toBookingDetail(
  call: Call,
  reference: string,
  { row, registrations }: BookingRows,
): Promise<BookingDetail> {
  if (row === undefined) throw notFound("booking", reference);
  const { booking: found, serverTime } = row;
  return {
    reference: found.reference,
    status: hasLapsed(found, serverTime) ? "expired" : found.status,
    paymentState: found.paymentState,
    run: toRunSummary(row.run),
    places: found.places,
    total: totalOf(registrations),
    booker: await bookerOf(call, found),
    purchaseOrder: found.purchaseOrder,
    approver:
      found.approverName === null || found.approverEmail === null
        ? null
        : { name: found.approverName, email: found.approverEmail },
    cancellationPolicy: row.cancellationPolicy,
    isExtended: found.extendedAt !== null,
    origin: row.originReference,
    registrations: registrations.map(toRegistrationDetail),
    createdAt: found.createdAt.toISOString(),
    expiresAt: found.expiresAt?.toISOString() ?? null,
    confirmedAt: found.confirmedAt?.toISOString() ?? null,
    cancelledAt: found.cancelledAt?.toISOString() ?? null,
    serverTime: serverTime.toISOString(),
  };
}

/** Whether a hold is past its time, though nobody has needed its places yet. */
function hasLapsed({ status, expiresAt }: BookingRow, now: Date): boolean {
  const isHold =
    status === "held" || status === "awaiting_payment" || status === "awaiting_approval";
  return isHold && expiresAt !== null && expiresAt <= now;
}

/** Where the telephone number of whoever books stands, to be encrypted there. */
export function phonePlaceOf(bookingId: string): FieldPlace {
  return { table: "booking", column: "booker_phone", id: bookingId };
}

/** @returns the telephone number of whoever books, decrypted */
export async function phoneOf(
  { fields }: Call,
  { id, bookerPhone }: Pick<BookingRow, "id" | "bookerPhone">,
): Promise<string | null> {
  return decryptIfEncrypted(fields, phonePlaceOf(id), bookerPhone);
}

async function bookerOf(call: Call, row: BookingRow): Promise<BookingDetail["booker"]> {
  if (row.bookerName === null || row.bookerEmail === null) return null;
  return {
    name: row.bookerName,
    email: row.bookerEmail,
    company: row.bookerCompany,
    phone: await phoneOf(call, row),
  };
}

/**
 * What the places cost together that were neither cancelled nor moved; `null` where there is none, or one
 * has no price. All are of one run and one currency.
 */
function totalOf(rows: readonly RegistrationRow[]): BookingDetail["total"] {
  const live = rows
    .map(({ registration: row }) => row)
    .filter(({ status }) => status !== "cancelled" && status !== "transferred");
  let amount = 0;
  for (const { priceAmount } of live) {
    if (priceAmount === null) return null;
    amount += priceAmount;
  }
  return moneyOrNull(amount, live[0]?.priceCurrency ?? null);
}

function toRegistrationDetail(row: RegistrationRow): BookingDetail["registrations"][number] {
  const { registration: found, successorId, successorRunId, successorReference } = row;
  const { learnerName: name, learnerEmail: email } = found;
  return {
    id: found.id,
    position: found.position,
    status: found.status,
    learner: name === null || email === null ? null : { name, email },
    price: moneyOrNull(found.priceAmount, found.priceCurrency),
    taxCategory: found.taxCategory,
    priceExplanation: toPriceSteps(found.priceExplanation),
    successor:
      successorId === null || successorRunId === null || successorReference === null
        ? null
        : { id: successorId, runId: successorRunId, reference: successorReference },
    fee: moneyOrNull(row.feeAmount, found.priceCurrency),
  };
}
