import { Email, Id, line } from "@lectern/contract/primitives";
import { MailKind } from "@lectern/contract/vocabulary";
import { defineQueue } from "@lectern/jobs/queue";
import { z } from "zod";

/** Somebody who gets a mail and is not to be found in the rows that it is about. */
const Recipient = z.object({ name: line(200), email: Email });
export type Recipient = z.infer<typeof Recipient>;

/** As many places as a booking may have, and some. */
export const TOGETHER_MAX = 50;

const ComposeData = z.object({
  kind: MailKind,
  /** What the mail is about: see the table of `tell`. */
  aboutId: Id,
  /** Who gets it, where that is not to be read from the rows. */
  to: Recipient.optional(),
  /** What was told of in one call, this one among it: the booker gets one mail about all. */
  together: z.array(Id).max(TOGETHER_MAX).optional(),
  /** Of what concerns very many: the booking that this job writes to. */
  bookingId: Id.optional(),
});
export type ComposeData = z.infer<typeof ComposeData>;

/** Writes mails: reads what they say at that moment, and puts them into `mail_message`. */
export const mailCompose = defineQueue("mail.compose", ComposeData, {
  retryLimit: 12,
  concurrency: 2,
});

/**
 * Hands a mail that was written to the mail server. A server that is away is tried again for about three days, which is
 * what servers among themselves do (RFC 5321, section 4.5.4.1: at least four to five days); then staff see to it.
 */
export const mailDeliver = defineQueue("mail.deliver", z.object({ mailId: Id }), {
  retryLimit: 28,
  expireInSeconds: 180,
  concurrency: 4,
});
