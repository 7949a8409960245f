import { z } from "zod";
import { AccessKey, BookingReference, GROUP_PLACES_MAX } from "./bookings.ts";
import {
  Email,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  LocalDate,
  Money,
  PageInput,
  Price,
  TimeZone,
  Version,
  line,
  multiline,
  page,
} from "./primitives.ts";
import { CancellationPolicy, RunSummary, SessionDetail } from "./runs.ts";
import {
  BookingStatus,
  QUOTE_OBSTACLES,
  QUOTE_STATUSES,
  QuoteStatus,
  TaxCategory,
} from "./vocabulary.ts";

/** The priced answer to an enquiry: places of a run, at a price that was agreed for them. */

/**
 * How long the places of an accepted quote are set aside, unless the run begins before: as long as a
 * company has for approving a booking.
 */
export const QUOTE_HOLD_HOURS = 72;

/** So long a quote can be good at most. */
export const QUOTE_DAYS_MAX = 366;

/** What people call a quote by, such as `Q-1042`: it opens nothing. */
export const QuoteNumber = z
  .string()
  .max(20)
  .regex(/^Q-\d{1,12}$/u, "use a number such as Q-1042");

const Places = z.int().min(1).max(GROUP_PLACES_MAX);

/** Why a quote can't be accepted here and now. */
export const QuoteObstacle = z.enum(QUOTE_OBSTACLES);
export type QuoteObstacle = z.infer<typeof QuoteObstacle>;

/** Who a quote is written to. */
export const QuoteRecipient = z.object({
  name: line(200),
  email: Email,
  company: line(200).nullable(),
});
export type QuoteRecipient = z.infer<typeof QuoteRecipient>;

/** What staff say in a quote. */
const Terms = z.object({
  /** Public or private; its currency is that of the quote, where it has one. */
  runId: Id,
  places: Places,
  /** For one place, as prices of runs are: without VAT. */
  unitPrice: Price,
  /** To the customer, in the quote's language; it may be empty. */
  message: multiline(5000),
  /** For staff alone. */
  note: multiline(2000),
  /** The last day on which it can be accepted, in the academy's time zone. */
  lastDay: LocalDate,
  recipient: QuoteRecipient,
  /** Of mails, and of what is written. */
  language: LanguageTag,
});

/**
 * Begins a draft. Who it is for, and in which language, is taken from the enquiry where it is left out.
 */
export const QuoteCreateInput = Terms.extend({
  enquiryId: Id,
  message: Terms.shape.message.default(""),
  note: Terms.shape.note.default(""),
  recipient: QuoteRecipient.nullish(),
  language: LanguageTag.nullish(),
  idempotencyKey: IdempotencyKey,
});

/** What is left out stays. Only drafts change: of what was sent, the note alone. */
export const QuoteUpdateInput = Terms.partial().extend({
  id: Id,
  version: Version,
  idempotencyKey: IdempotencyKey,
});

/** What names a quote as it was read. */
const SeenQuote = z.object({ id: Id, version: Version, idempotencyKey: IdempotencyKey });

/** Sends a draft to its recipient; the enquiry becomes `quoted` where it can. */
export const QuoteSendInput = SeenQuote;

/** Ends a quote that was sent, before its day. */
export const QuoteWithdrawInput = SeenQuote.extend({
  /** For staff. */
  reason: line(500).nullish(),
  /** Whether the recipient gets a mail that says so. */
  tell: z.boolean().default(true),
});

/** Deletes a draft. */
export const QuoteDiscardInput = SeenQuote;
export const QuoteDiscarded = z.object({ id: Id });

/** Begins a draft that says the same, whatever became of the one that it is made from. */
export const QuoteCopyInput = z.object({
  id: Id,
  /** Of the draft; left out: a fortnight from now. */
  lastDay: LocalDate.nullish(),
  idempotencyKey: IdempotencyKey,
});

/** A quote where it is one of several. */
export const QuoteItem = z.object({
  id: Id,
  number: QuoteNumber,
  /** As of now: what is past its day is `expired`. */
  status: QuoteStatus,
  /** Ended by staff before its day; it is `expired`. */
  isWithdrawn: z.boolean(),
  enquiryId: Id,
  run: RunSummary,
  places: Places,
  unitPrice: Money,
  total: Money,
  recipient: QuoteRecipient,
  lastDay: LocalDate,
  /** The end of its last day: it can be accepted before this moment. */
  goodUntil: Instant,
  createdAt: Instant,
  sentAt: Instant.nullable(),
  /** When it was accepted, declined, withdrawn, or its day was over. */
  endedAt: Instant.nullable(),
  version: Version,
});
export type QuoteItem = z.infer<typeof QuoteItem>;

/** A quote as staff work with it. */
export const QuoteDetail = QuoteItem.extend({
  taxCategory: TaxCategory,
  message: multiline(5000),
  note: multiline(2000),
  language: LanguageTag,
  /** That of the academy, in which `lastDay` is counted. */
  timeZone: TimeZone,
  /** What stands against accepting it now, or would once it is sent. */
  obstacle: QuoteObstacle.nullable(),
  /** Why the customer declined it, if they said. */
  declinedReason: z.string().max(1000).nullable(),
  /** Why staff withdrew it, if they said. */
  withdrawnReason: z.string().max(500).nullable(),
  /** The quote that it was copied from. */
  copiedFrom: z.object({ id: Id, number: QuoteNumber }).nullable(),
  /** What accepting it made. */
  booking: z
    .object({
      reference: BookingReference,
      status: BookingStatus,
      /** Of the hold, until it is confirmed. */
      expiresAt: Instant.nullable(),
    })
    .nullable(),
  updatedAt: Instant,
});
export type QuoteDetail = z.infer<typeof QuoteDetail>;

export const QuoteByIdInput = z.object({ id: Id });

/** What is asked for together narrows together. */
export const QuotesListInput = PageInput.extend({
  /** A number, or a part of the recipient's name, address or company. */
  query: line(200).nullish(),
  statuses: z.array(QuoteStatus).max(QUOTE_STATUSES.length).nullish(),
  enquiryId: Id.nullish(),
  runId: Id.nullish(),
});
/** The newest first. */
export const QuotesList = page(QuoteItem).extend({
  /** Where there are very many, `total` says how many there are at least. */
  isTotalExact: z.boolean(),
});
export type QuotesList = z.infer<typeof QuotesList>;

/** What shows that somebody was sent a quote: its link holds both. */
export const QuoteProof = z.object({ quoteId: Id, accessKey: AccessKey });

/** A quote as the customer sees it. */
export const QuoteForCustomer = z.object({
  id: Id,
  number: QuoteNumber,
  status: QuoteStatus.exclude(["draft"]),
  isWithdrawn: z.boolean(),
  /** With what is shown of public runs alone elsewhere: whoever has the quote is invited. */
  run: RunSummary.extend({
    cancellationPolicy: CancellationPolicy,
    sessions: z.array(SessionDetail).max(400),
  }),
  places: Places,
  unitPrice: Money,
  total: Money,
  taxCategory: TaxCategory,
  message: multiline(5000),
  recipient: QuoteRecipient,
  language: LanguageTag,
  lastDay: LocalDate,
  goodUntil: Instant,
  /** In which `lastDay` is counted. */
  timeZone: TimeZone,
  sentAt: Instant,
  endedAt: Instant.nullable(),
  /** So long its places would be set aside, unless the run begins before. */
  holdHours: z.int().min(1),
  /** Why it can't be accepted at the moment, though it is open. */
  obstacle: QuoteObstacle.nullable(),
  /** What accepting it made, and what opens that. */
  booking: z
    .object({
      reference: BookingReference,
      accessKey: AccessKey,
      status: BookingStatus,
      expiresAt: Instant.nullable(),
    })
    .nullable(),
  /** The server's clock when it answered. */
  serverTime: Instant,
});
export type QuoteForCustomer = z.infer<typeof QuoteForCustomer>;

export const QuoteAcceptInput = QuoteProof.extend({ idempotencyKey: IdempotencyKey });

/** The hold that an accepted quote became: to be confirmed with who comes, like any other. */
export const QuoteAccepted = z.object({
  quoteId: Id,
  runId: Id,
  reference: BookingReference,
  accessKey: AccessKey,
  places: Places,
  total: Money,
  /** Until when the places are set aside; `null` once nobody waits for that any more. */
  expiresAt: Instant.nullable(),
  serverTime: Instant,
});
export type QuoteAccepted = z.infer<typeof QuoteAccepted>;

export const QuoteDeclineInput = QuoteProof.extend({
  reason: multiline(1000).nullish(),
  idempotencyKey: IdempotencyKey,
});
export const QuoteDeclined = z.object({ quoteId: Id, endedAt: Instant });
export type QuoteDeclined = z.infer<typeof QuoteDeclined>;
