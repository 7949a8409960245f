import { z } from "zod";
import { AuditEntry } from "./audit.ts";
import { BookingDetail, BookingListItem, BookingReference } from "./bookings.ts";
import { DiscountCodeText } from "./discounts.ts";
import {
  CountryCode,
  Cursor,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  Money,
  PageInput,
  TimeZone,
  line,
  page,
} from "./primitives.ts";
import { SignedMoney } from "./registrations.ts";
import { RunSummary } from "./runs.ts";
import {
  AllocationState,
  BOOKING_STATUSES,
  BookingStatus,
  Decider,
  MailKind,
  PAYMENT_STATES,
  PaymentOutcome,
  PaymentState,
  RegistrationChangeKind,
} from "./vocabulary.ts";

/** Bookings as the academy's staff work with them. */

/** By when they were made, or by when their runs begin. */
export const BOOKING_SORTS = ["newest", "oldest", "next_run", "last_run"] as const;
export const BookingSort = z.enum(BOOKING_SORTS);
export type BookingSort = z.infer<typeof BookingSort>;

/** What is asked for together narrows together. */
export const BookingsSearchInput = PageInput.extend({
  /** A reference, or a part of the booker's name or address. */
  query: line(200).nullish(),
  statuses: z.array(BookingStatus).max(BOOKING_STATUSES.length).nullish(),
  paymentStates: z.array(PaymentState).max(PAYMENT_STATES.length).nullish(),
  runId: Id.nullish(),
  courseId: Id.nullish(),
  /** Booked for this company. */
  organisationId: Id.nullish(),
  /** Booked by the account of this person, or with a place that is theirs. */
  personId: Id.nullish(),
  /** Of the venue: a virtual run is in none. */
  country: CountryCode.nullish(),
  /** Made from this moment on, and before that one. */
  createdFrom: Instant.nullish(),
  createdTo: Instant.nullish(),
  /** Of a run that begins from this moment on, and before that one. */
  startsFrom: Instant.nullish(),
  startsTo: Instant.nullish(),
  /** Only those with money that came too late and waits for a decision. */
  hasLateMoney: z.boolean().nullish(),
  sort: BookingSort.default("newest"),
});

/** A booking in a list, with what it is for. */
export const BookingFound = BookingListItem.omit({ runId: true }).extend({ run: RunSummary });
export type BookingFound = z.infer<typeof BookingFound>;
export const BookingsFound = page(BookingFound).extend({
  /** Where there are very many, `total` says how many there are at least. */
  isTotalExact: z.boolean(),
});

export const BookingForStaffInput = z.object({ reference: BookingReference });

/** Money that came in for a booking. */
export const BookingPayment = z.object({
  id: Id,
  paymentReference: line(200),
  amount: Money,
  outcome: PaymentOutcome,
  receivedAt: Instant,
  resolvedAt: Instant.nullable(),
  resolution: z.string().max(500).nullable(),
});
export type BookingPayment = z.infer<typeof BookingPayment>;

/** What a change of one of its places cost, by which tier of the policy, and who decided. */
export const BookingChange = z.object({
  registrationId: Id,
  kind: RegistrationChangeKind,
  decidedBy: Decider,
  fee: Money.nullable(),
  refund: Money.nullable(),
  /** Of a transfer: the new price less the old one. */
  difference: SignedMoney.nullable(),
  noticeDays: z.int().nullable(),
  feeBasisPoints: z.int().min(0).max(10_000).nullable(),
  reason: z.string().max(500).nullable(),
  at: Instant,
});
export type BookingChange = z.infer<typeof BookingChange>;

/** What the caller may do with the booking as it is now, by permission and state. */
export const BookingAbilities = z.object({
  cancel: z.boolean(),
  /** To name, substitute and transfer learners, and to make claim links. */
  change: z.boolean(),
  /** To let a change cost nothing. */
  waive: z.boolean(),
  /** To approve or refuse it in the place of its company. */
  approve: z.boolean(),
  /** To write down money, and to decide about what came too late. */
  recordPayment: z.boolean(),
  readMails: z.boolean(),
  /** To send its confirmation, or what asks its company for approval, once more. */
  resend: z.boolean(),
});
export type BookingAbilities = z.infer<typeof BookingAbilities>;

export const BookingForStaff = BookingDetail.extend({
  id: Id,
  /** The company that it is booked for. */
  organisation: z.object({ id: Id, name: line(200) }).nullable(),
  /** The account of whoever booked; `null` for a guest. */
  bookerId: Id.nullable(),
  /** The country that the price was asked for. */
  region: CountryCode.nullable(),
  language: LanguageTag,
  timeZone: TimeZone.nullable(),
  note: z.string().max(2000).nullable(),
  cancelledReason: z.string().max(500).nullable(),
  approvedAt: Instant.nullable(),
  discount: z.object({ id: Id, code: DiscountCodeText, state: AllocationState }).nullable(),
  /** What came in first, first; of very many, the first hundred. */
  payments: z.array(BookingPayment).max(100),
  /** What happened first, first; of very many, the first two hundred. */
  changes: z.array(BookingChange).max(200),
  can: BookingAbilities,
});
export type BookingForStaff = z.infer<typeof BookingForStaff>;

export const BookingHistoryInput = z.object({
  reference: BookingReference,
  cursor: Cursor.nullish(),
  limit: z.int().min(1).max(100).default(50),
});

/** What happened to a booking, one of its places or money for it. */
export const BookingHistoryItem = AuditEntry.pick({
  id: true,
  at: true,
  action: true,
  entity: true,
  before: true,
  after: true,
}).extend({
  actor: AuditEntry.shape.actor.pick({ kind: true }).extend({
    /** Of a person. */
    name: z.string().max(200).nullable(),
  }),
  /** Of the place that it is about. */
  position: z.int().min(1).nullable(),
});
export type BookingHistoryItem = z.infer<typeof BookingHistoryItem>;

/** What was written last first. */
export const BookingHistory = z.object({
  items: z.array(BookingHistoryItem).max(100),
  nextCursor: Cursor.nullable(),
});
export type BookingHistory = z.infer<typeof BookingHistory>;

/** Mails about a booking, its places, money for it, and the offer that it came from. */
export const BookingMailsInput = PageInput.extend({ reference: BookingReference });

export const BookingResendInput = z.object({
  reference: BookingReference,
  idempotencyKey: IdempotencyKey,
});
export const BookingResent = z.object({ reference: BookingReference, kind: MailKind });
export type BookingResent = z.infer<typeof BookingResent>;
