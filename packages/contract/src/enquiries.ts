import { z } from "zod";
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
import { EnquiryKind, EnquiryStatus } from "./vocabulary.ts";

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

export const EnquiriesListInput = PageInput.extend({
  statuses: z.array(EnquiryStatus).max(6).nullish(),
  kinds: z.array(EnquiryKind).max(3).nullish(),
});
export const EnquiriesListOutput = page(EnquiryDetail);

/** new → in_progress → quoted → won or lost; spam from any open state, and back to new. */
export const EnquiryMoveInput = z.object({
  id: Id,
  version: Version,
  to: EnquiryStatus,
  note: line(500).nullish(),
  idempotencyKey: IdempotencyKey,
});
