import { z } from "zod";
import { DiscountCodeText } from "./discounts.ts";
import { PriceStep } from "./prices.ts";
import {
  CountryCode,
  Email,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  Money,
  PageInput,
  TimeZone,
  line,
  multiline,
  page,
} from "./primitives.ts";
import { CancellationPolicy, RunSummary } from "./runs.ts";
import {
  BookingStatus,
  PaymentOutcome,
  PaymentState,
  RegistrationStatus,
  TaxCategory,
} from "./vocabulary.ts";

/** Most places that one booking may hold; larger groups are an enquiry. */
export const BOOKING_PLACES_MAX = 20;

/** Most places of a booking that a quote led to. */
export const GROUP_PLACES_MAX = 100;

/** How long places are set aside before the booking is confirmed. */
export const HOLD_MINUTES = 15;

/** By how much the time of a hold is extended, once, when payment starts. */
export const PAYMENT_MINUTES = 15;

/** How long places are set aside for a company to approve a booking, unless booking closes before. */
export const APPROVAL_HOURS = 72;

/**
 * A booking's human reference: `LC-` and twice four characters of Crockford's Base32, the last of
 * which is a check character. Accepted in any letter case, with O for 0 and I or L for 1.
 */
export const BookingReference = z
  .string()
  .min(8)
  .max(16)
  .regex(/^[A-Za-z0-9 -]+$/u, "use a reference such as LC-7K3F-92QD");

/**
 * Proof that the caller may see and change something, such as a booking: given once, to be kept like a
 * password and sent in the body, never in an address.
 */
export const AccessKey = z
  .string()
  .max(43)
  .regex(/^[A-Za-z0-9_-]{43}$/u, "is not an access key");

/** What shows that the caller may see and change a booking: its key; staff need none. */
export const BookingProof = z.object({
  reference: BookingReference,
  accessKey: AccessKey.nullish(),
});

export const Booker = z.object({
  name: line(200),
  email: Email,
  company: line(200).nullish(),
  phone: line(40).nullish(),
});

/** A learner of one place; a place may stay unnamed until later. */
export const LearnerInput = z.object({
  name: line(200),
  email: Email,
  /** For the times in mails. */
  timeZone: TimeZone.nullish(),
});

export const BookingHoldInput = z.object({
  runId: Id,
  places: z.int().min(1).max(BOOKING_PLACES_MAX),
  /** The country whose price is asked for; the run's base price where it has none for it. */
  region: CountryCode.nullish(),
  discountCode: DiscountCodeText.nullish(),
  /** Counted against what one booker may have of a run; asked for at the latest when the hold is confirmed. */
  bookerEmail: Email.nullish(),
  /** Of a private run. */
  invitationKey: AccessKey.nullish(),
  idempotencyKey: IdempotencyKey,
});

export const BookingHeld = z.object({
  reference: BookingReference,
  accessKey: AccessKey,
  runId: Id,
  places: z.int().min(1),
  expiresAt: Instant,
  /** The server's clock when it answered, so that a countdown does not trust the reader's. */
  serverTime: Instant,
  /**
   * For the first place; `null` when the price is on request. A discount on the whole booking is shared
   * out to the last minor unit, so that the others may differ by one.
   */
  unitPrice: Money.nullable(),
  total: Money.nullable(),
});
export type BookingHeld = z.infer<typeof BookingHeld>;

/** Who books and for whom: what confirming and paying both need. */
const Order = z.object({
  reference: BookingReference,
  accessKey: AccessKey,
  booker: Booker,
  /** The company that it is booked for, by whoever may book for it. */
  organisationId: Id.nullish(),
  /** At most as many as places; the rest are named later, by the booker or through claim links. */
  learners: z.array(LearnerInput).max(GROUP_PLACES_MAX).default([]),
  /** Of the booker, for the times in mails. */
  timeZone: TimeZone.nullish(),
  language: LanguageTag.nullish(),
  /** The company's own number, for its invoice. */
  purchaseOrder: line(100).nullish(),
  note: multiline(2000).nullish(),
  acceptsTerms: z.literal(true),
  idempotencyKey: IdempotencyKey,
});

/** Confirms for an invoice. With an approver, the company has to approve first. */
export const BookingConfirmInput = Order.extend({
  approver: z.object({ name: line(200), email: Email }).nullish(),
});

/** The same, when the booker goes on to pay. */
export const BookingStartPaymentInput = Order;

export const BookingCancelInput = BookingProof.extend({
  reason: line(500).nullish(),
  /** Staff may let it cost nothing. */
  waiveFee: z.boolean().nullish(),
  idempotencyKey: IdempotencyKey,
});

/** What shows that the caller was asked to approve a booking. */
const ApprovalProof = z.object({ reference: BookingReference, approvalKey: AccessKey.nullish() });

export const BookingApprovalInput = ApprovalProof;
export const BookingApproveInput = ApprovalProof.extend({
  purchaseOrder: line(100).nullish(),
  idempotencyKey: IdempotencyKey,
});
export const BookingRefuseInput = ApprovalProof.extend({
  reason: line(500).nullish(),
  idempotencyKey: IdempotencyKey,
});

/** What an approver gets to see. */
export const BookingApproval = z.object({
  reference: BookingReference,
  status: BookingStatus,
  run: RunSummary,
  places: z.int().min(1),
  /** As of a booking. */
  total: Money.nullable(),
  booker: z.object({ name: line(200), email: Email, company: z.string().max(200).nullable() }),
  approver: z.object({ name: line(200), email: Email }),
  purchaseOrder: z.string().max(100).nullable(),
  expiresAt: Instant.nullable(),
  serverTime: Instant,
});
export type BookingApproval = z.infer<typeof BookingApproval>;

/** Money that came in for a booking. The payer's reference makes the same money count once. */
export const PaymentRecordInput = z.object({
  reference: BookingReference,
  paymentReference: line(200),
  amount: Money.extend({ amount: Money.shape.amount.min(1) }),
  idempotencyKey: IdempotencyKey,
});
export const PaymentRecorded = z.object({
  paymentId: Id,
  outcome: PaymentOutcome,
  status: BookingStatus,
  paymentState: PaymentState,
});
export type PaymentRecorded = z.infer<typeof PaymentRecorded>;

export const LatePaymentsInput = PageInput;
export const LatePayment = z.object({
  id: Id,
  reference: BookingReference,
  paymentReference: line(200),
  amount: Money,
  receivedAt: Instant,
  places: z.int().min(1),
  run: RunSummary,
  booker: z.object({ name: line(200), email: Email }).nullable(),
});
export const LatePayments = page(LatePayment);

/** What staff do about money that came too late: try for the places again, or give it back. */
export const PaymentResolveInput = z.object({
  id: Id,
  decision: z.enum(["seat", "refund", "refunded"]),
  note: line(500).nullish(),
  idempotencyKey: IdempotencyKey,
});

export const BookingsListInput = PageInput.extend({
  runId: Id.nullish(),
  status: BookingStatus.nullish(),
  bookerEmail: Email.nullish(),
  /** Booked for this company. */
  organisationId: Id.nullish(),
});
export const BookingListItem = z.object({
  reference: BookingReference,
  runId: Id,
  status: BookingStatus,
  paymentState: PaymentState,
  places: z.int().min(1),
  livePlaces: z.int().min(0),
  /** As of a booking. */
  total: Money.nullable(),
  booker: z
    .object({ name: line(200), email: Email, company: z.string().max(200).nullable() })
    .nullable(),
  /** The company that it is booked for. */
  organisation: z.object({ id: Id, name: line(200) }).nullable(),
  purchaseOrder: z.string().max(100).nullable(),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
});
export const BookingsList = page(BookingListItem);

/** A booking of whoever is signed in. */
export const OwnBooking = BookingListItem.omit({ runId: true }).extend({ run: RunSummary });
/** The newest first. */
export const OwnBookings = page(OwnBooking);

export const RegistrationDetail = z.object({
  id: Id,
  position: z.int().min(1),
  status: RegistrationStatus,
  learner: z.object({ name: line(200), email: Email }).nullable(),
  /** Frozen when the place was taken; `null`: on request. */
  price: Money.nullable(),
  taxCategory: TaxCategory,
  /** How the price came about. */
  priceExplanation: z.array(PriceStep).max(20),
  /** Where a transferred registration went, once it was. */
  successor: z.object({ id: Id, reference: BookingReference, runId: Id }).nullable(),
  /** What cancelling or transferring it cost. */
  fee: Money.nullable(),
});

export const BookingDetail = z.object({
  reference: BookingReference,
  status: BookingStatus,
  paymentState: PaymentState,
  run: RunSummary,
  places: z.int().min(1),
  /** What the places cost that were neither cancelled nor moved; `null` without any, or where one is on request. */
  total: Money.nullable(),
  booker: z
    .object({
      name: line(200),
      email: Email,
      company: z.string().max(200).nullable(),
      phone: z.string().max(40).nullable(),
    })
    .nullable(),
  purchaseOrder: z.string().max(100).nullable(),
  approver: z.object({ name: line(200), email: Email }).nullable(),
  /** What cancelling costs; answers that were kept by earlier releases do without. */
  cancellationPolicy: CancellationPolicy.exactOptional(),
  /** Whether the time of the hold was extended already. */
  isExtended: z.boolean(),
  /** The booking that these places were transferred from. */
  origin: BookingReference.nullable(),
  registrations: z.array(RegistrationDetail).max(GROUP_PLACES_MAX),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  confirmedAt: Instant.nullable(),
  cancelledAt: Instant.nullable(),
  serverTime: Instant,
});
export type BookingDetail = z.infer<typeof BookingDetail>;
