import { z } from "zod";
import { Id, IdempotencyKey, Instant, LanguageTag, PageInput, line, page } from "./primitives.ts";
import { MailKind, MailState } from "./vocabulary.ts";

/** Mails that were written, for staff: what became of them, and what they say. */

export const MailListInput = PageInput.extend({
  states: z.array(MailState).max(3).nullish(),
  kinds: z.array(MailKind).max(50).nullish(),
  /** A booking, registration, waitlist entry, run, payment, person, one-time token or privacy request. */
  aboutId: Id.nullish(),
  /** The whole address, in any case. */
  recipient: line(254).nullish(),
});

export const MailSummary = z.object({
  id: Id,
  kind: MailKind,
  /** `failed`: the mail server refuses it, or was out of reach for too long. */
  state: MailState,
  recipient: z.object({ name: z.string().max(200), email: z.string().max(254) }),
  subject: line(200),
  aboutId: Id,
  attempts: z.int().min(0),
  /** What the mail server said last, unless it took the mail. */
  lastError: z.string().max(500).nullable(),
  createdAt: Instant,
  sentAt: Instant.nullable(),
});
export type MailSummary = z.infer<typeof MailSummary>;

export const MailListOutput = page(MailSummary);

export const MailByIdInput = z.object({ id: Id });

export const MailDetail = MailSummary.extend({
  /** As in its header, with angle brackets. */
  messageId: z.string().max(300),
  language: LanguageTag,
  html: z.string().max(1_000_000),
  text: z.string().max(1_000_000),
  /** An iCalendar object (RFC 5545) that goes along, and its METHOD (RFC 5546). */
  calendar: z.object({ method: z.string().max(20), content: z.string().max(1_000_000) }).nullable(),
});
export type MailDetail = z.infer<typeof MailDetail>;

export const MailResendInput = z.object({ id: Id, idempotencyKey: IdempotencyKey });
