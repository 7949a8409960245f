import { z } from "zod";
import { AuditEntry } from "./audit.ts";
import {
  Email,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  PageInput,
  Slug,
  line,
  multiline,
  page,
  Version,
} from "./primitives.ts";
import { QuoteItem } from "./quotes.ts";
import { ENQUIRY_STATUSES, EnquiryKind, EnquiryStatus } from "./vocabulary.ts";

export const EnquirySendInput = z.object({
  kind: EnquiryKind,
  name: line(200),
  email: Email,
  company: line(200).nullish(),
  phone: line(40).nullish(),
  /** Slug of the course that the enquiry is about. */
  course: Slug.nullish(),
  participants: z.int().min(1).max(10_000).nullish(),
  message: multiline(5000).min(1, "must not be empty"),
  language: LanguageTag.default("en"),
  consent: z.literal(true),
  /** Must stay empty: filled in by programs that fill in every field. */
  website: z.string().max(500).nullish(),
  idempotencyKey: IdempotencyKey,
});

export const EnquirySent = z.object({ id: Id, receivedAt: Instant });
export type EnquirySent = z.infer<typeof EnquirySent>;

export const EnquiryDetail = z.object({
  id: Id,
  kind: EnquiryKind,
  status: EnquiryStatus,
  name: line(200),
  email: Email,
  company: z.string().max(200).nullable(),
  phone: z.string().max(40).nullable(),
  course: z.object({ slug: Slug, title: line(300) }).nullable(),
  participants: z.int().min(1).nullable(),
  message: multiline(5000),
  language: LanguageTag,
  createdAt: Instant,
  updatedAt: Instant,
  version: Version,
});

export type EnquiryDetail = z.infer<typeof EnquiryDetail>;

/** What a list of enquiries is narrowed by; what is asked for together narrows together. */
const EnquiryFilters = z.object({
  /** A part of the sender's name, address or company. */
  query: line(200).nullish(),
  kinds: z.array(EnquiryKind).max(3).nullish(),
  /** Slug of the course that they are about. */
  course: Slug.nullish(),
});

export const EnquiriesListInput = PageInput.extend({
  statuses: z.array(EnquiryStatus).max(6).nullish(),
  ...EnquiryFilters.shape,
});

/** An enquiry where it is one of several. */
export const EnquiryListItem = EnquiryDetail.extend({
  /** The last quote that was made for it. */
  quote: QuoteItem.pick({
    id: true,
    number: true,
    status: true,
    isWithdrawn: true,
    total: true,
    goodUntil: true,
  }).nullable(),
});
export type EnquiryListItem = z.infer<typeof EnquiryListItem>;

/** The newest first. */
export const EnquiriesListOutput = page(EnquiryListItem).extend({
  /** Where there are very many, `total` says how many there are at least. */
  isTotalExact: z.boolean(),
});

/** How many enquiries are in each state, narrowed like the list. */
export const EnquiriesCountInput = EnquiryFilters;
export const EnquiriesCounts = z.object({
  /** One a state, in the order of the domain. */
  counts: z
    .array(
      z.object({
        status: EnquiryStatus,
        count: z.int().min(0),
        /** Where there are very many, `count` says how many there are at least. */
        isExact: z.boolean(),
      }),
    )
    .max(ENQUIRY_STATUSES.length),
});
export type EnquiriesCounts = z.infer<typeof EnquiriesCounts>;

export const EnquiryByIdInput = z.object({ id: Id });

/** Most of the history, and of the quotes, that come along with an enquiry. */
export const ENQUIRY_HISTORY_MAX = 100;
export const ENQUIRY_QUOTES_MAX = 50;

/** What happened to an enquiry or one of its quotes. */
export const EnquiryEvent = AuditEntry.pick({
  id: true,
  at: true,
  /** Such as `enquiry.move`, `quote.send` or `quote.accept`. */
  action: true,
  before: true,
  after: true,
}).extend({
  actor: AuditEntry.shape.actor.pick({ kind: true }).extend({
    /** Of a person. */
    name: z.string().max(200).nullable(),
  }),
  /** The quote that it is about; `null`: the enquiry itself. */
  quoteId: Id.nullable(),
});
export type EnquiryEvent = z.infer<typeof EnquiryEvent>;

/** An enquiry as staff work with it. */
export const EnquiryForStaff = EnquiryDetail.extend({
  /** What staff wrote down about it. */
  note: z.string().max(2000).nullable(),
  /** The newest first. */
  quotes: z.array(QuoteItem).max(ENQUIRY_QUOTES_MAX),
  /** What was written last first; of very much, the last hundred. */
  history: z.array(EnquiryEvent).max(ENQUIRY_HISTORY_MAX),
});
export type EnquiryForStaff = z.infer<typeof EnquiryForStaff>;

/** Writes staff's note down; empty: none. */
export const EnquiryNoteInput = z.object({
  id: Id,
  version: Version,
  note: multiline(2000),
  idempotencyKey: IdempotencyKey,
});

/** Where an enquiry can go from each state. Lost ones come back, spam can turn out to be none. */
export const ENQUIRY_MOVES: Readonly<Record<EnquiryStatus, readonly EnquiryStatus[]>> = {
  new: ["in_progress", "quoted", "lost", "spam"],
  in_progress: ["quoted", "won", "lost", "spam"],
  quoted: ["in_progress", "won", "lost"],
  won: [],
  lost: ["in_progress"],
  spam: ["new"],
};

/** Moves an enquiry to a state that `ENQUIRY_MOVES` allows. */
export const EnquiryMoveInput = z.object({
  id: Id,
  version: Version,
  to: EnquiryStatus,
  note: line(500).nullish(),
  idempotencyKey: IdempotencyKey,
});
