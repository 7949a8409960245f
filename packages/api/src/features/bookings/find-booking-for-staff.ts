import { isAllowed } from "@lectern/auth/actor";
import type {
  BookingAbilities,
  BookingChange,
  BookingForStaff,
  BookingForStaffInput,
  BookingPayment,
} from "@lectern/contract/booking-office";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking, registration, registrationChange } from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import { organisation } from "@lectern/database/schema/organisations";
import { discountCode, discountUse } from "@lectern/database/schema/prices";
import { asc, eq, getTableColumns, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { withRunInLanguage } from "../../shared/in-language.ts";
import { moneyOrNull } from "../../shared/money.ts";
import { isStaffOf, requireOfficeBooking } from "./office-booking.ts";
import { readBookingRows, toBookingDetail } from "./read-booking.ts";
import { resendableKind } from "./resend-confirmation.ts";

const PAYMENTS_MAX = 100;
const CHANGES_MAX = 200;

const paymentsOf = prepared("bookings.office.payments", { bookingId: payment.bookingId }, (q, $) =>
  q
    .select()
    .from(payment)
    .where(eq(payment.bookingId, $.bookingId))
    .orderBy(asc(payment.receivedAt), asc(payment.id))
    .limit(PAYMENTS_MAX),
);

const changesOf = prepared("bookings.office.changes", { bookingId: booking.id }, (q, $) =>
  q
    .select(getTableColumns(registrationChange))
    .from(registrationChange)
    .innerJoin(registration, eq(registration.id, registrationChange.registrationId))
    .where(eq(registration.bookingId, $.bookingId))
    .orderBy(asc(registrationChange.createdAt), asc(registrationChange.id))
    .limit(CHANGES_MAX),
);

/** For which company it is, and which discount code it uses, or used. */
const besidesOf = prepared("bookings.office.besides", { bookingId: booking.id }, (q, $) =>
  q
    .select({
      organisationName: organisation.name,
      discountId: discountCode.id,
      discountCode: discountCode.code,
      discountState: discountUse.state,
    })
    .from(booking)
    .leftJoin(organisation, eq(organisation.id, booking.organisationId))
    .leftJoin(discountUse, eq(discountUse.bookingId, booking.id))
    .leftJoin(discountCode, eq(discountCode.id, discountUse.discountCodeId))
    .where(eq(booking.id, $.bookingId))
    // One that was given back may have been taken again.
    .orderBy(sql`${discountUse.state} = 'active' DESC`, sql`${discountUse.createdAt} DESC`)
    .limit(1),
);

/**
 * One booking as the academy's staff work with it, whatever its state: with the money that came in, what its changes cost, and
 * what the caller may do next.
 *
 * @throws NotFound; Invalid for a mistyped reference
 */
export async function findBookingForStaff(
  db: Database,
  call: Call,
  input: z.infer<typeof BookingForStaffInput>,
): Promise<BookingForStaff> {
  const found = await requireOfficeBooking(db, call, "bookings.read.any", input.reference);
  const { id, reference } = found;
  const [rows, payments, changes, besides, may] = await Promise.all([
    readBookingRows(db, reference),
    paymentsOf.execute(db, { bookingId: id }),
    changesOf.execute(db, { bookingId: id }),
    besidesOf.first(db, { bookingId: id }),
    permissionsOn(db, call, id),
  ]);
  const detail = await withRunInLanguage(
    db,
    call.language,
    await toBookingDetail(call, reference, rows),
  );
  const { organisationName, discountId, discountCode: code, discountState } = besides ?? {};
  return {
    ...detail,
    id,
    organisation:
      found.organisationId === null || organisationName == null
        ? null
        : { id: found.organisationId, name: organisationName },
    bookerId: found.bookerId,
    region: found.region,
    language: found.language,
    timeZone: found.timeZone,
    note: found.note,
    cancelledReason: found.cancelledReason,
    approvedAt: found.approvedAt?.toISOString() ?? null,
    discount:
      discountId == null || code == null || discountState == null
        ? null
        : { id: discountId, code, state: discountState },
    payments: payments.map(toPayment),
    changes: changes.map(toChange),
    can: abilities(detail.status, may),
  };
}

function toPayment(row: typeof payment.$inferSelect): BookingPayment {
  return {
    id: row.id,
    paymentReference: row.reference,
    amount: { amount: row.amount, currency: row.currency },
    outcome: row.outcome,
    receivedAt: row.receivedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    resolution: row.resolution,
  };
}

function toChange(row: typeof registrationChange.$inferSelect): BookingChange {
  const { registrationId, kind, decidedBy, currency, noticeDays, feeBasisPoints, reason } = row;
  return {
    registrationId,
    kind,
    decidedBy,
    fee: moneyOrNull(row.feeAmount, currency),
    refund: moneyOrNull(row.refundAmount, currency),
    difference: moneyOrNull(row.differenceAmount, currency),
    noticeDays,
    feeBasisPoints,
    reason,
    at: row.createdAt.toISOString(),
  };
}

const NEEDED = ["bookings.change.any", "bookings.cancel.any", "bookings.decide"] as const;

type May = (permission: (typeof NEEDED)[number] | "payments.write" | "mail.read") => boolean;

/** @returns what the caller is allowed on this booking, by permission */
async function permissionsOn(db: Database, call: Call, bookingId: string): Promise<May> {
  const held = await Promise.all(
    NEEDED.map((permission) => isStaffOf(db, call, permission, bookingId)),
  );
  return (permission) =>
    permission === "payments.write" || permission === "mail.read"
      ? isAllowed(call.actor, permission)
      : held[NEEDED.indexOf(permission)] === true;
}

function abilities(status: BookingForStaff["status"], may: May): BookingAbilities {
  const isAlive = status !== "cancelled" && status !== "expired";
  return {
    cancel: may("bookings.cancel.any") && isAlive,
    change: may("bookings.change.any") && isAlive,
    waive: may("bookings.decide"),
    approve: may("bookings.change.any") && status === "awaiting_approval",
    // Money comes in for what is over, too: then it is decided what becomes of it.
    recordPayment: may("payments.write") && status !== "held",
    readMails: may("mail.read"),
    resend: may("bookings.change.any") && resendableKind(status) !== undefined,
  };
}
