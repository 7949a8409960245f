import type { AccessKeys } from "@lectern/auth/access-key";
import { text } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { mailMessage } from "@lectern/database/schema/mail";
import { and, eq, sql } from "drizzle-orm";
import type { Participant } from "./calendar/calendar-object.ts";
import { isRead } from "./mail-settings.ts";
import { fillInKeys } from "./keys-in-mails.ts";
import { MailRefused, type MailTransport, type OutgoingMail } from "./mail-transport.ts";

const mailToDeliver = prepared("mail.toDeliver", { id: mailMessage.id }, (q, $) =>
  q
    .select()
    .from(mailMessage)
    .where(and(eq(mailMessage.id, $.id), eq(mailMessage.state, "queued"))),
);

const markSent = prepared("mail.markSent", { id: mailMessage.id }, (q, $) =>
  q
    .update(mailMessage)
    .set({
      state: "sent",
      sentAt: sql`clock_timestamp()`,
      attempts: sql`${mailMessage.attempts} + 1`,
      lastError: null,
    })
    .where(and(eq(mailMessage.id, $.id), eq(mailMessage.state, "queued"))),
);

const markTried = prepared(
  "mail.markTried",
  { id: mailMessage.id, state: mailMessage.state, error: text },
  (q, $) =>
    q
      .update(mailMessage)
      .set({
        state: $.state,
        attempts: sql`${mailMessage.attempts} + 1`,
        lastError: sql`${$.error}`,
      })
      .where(and(eq(mailMessage.id, $.id), eq(mailMessage.state, "queued"))),
);

/** So much is kept of what a mail server said. */
const ERROR_LENGTH = 500;

export interface DeliveryParts {
  readonly transport: MailTransport;
  /** Makes the keys in the mail's links. */
  readonly accessKeys: AccessKeys;
  /** Whom people write to who answer what staff have written to them. */
  readonly staff?: Participant;
}

export interface DeliveryAttempt {
  /** Whether nobody tries again after this. */
  readonly isLastAttempt: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Hands a mail to the transport, with the keys that its links need, unless it was handed over before. It is marked as sent afterwards: a
 * process that dies in between leaves a mail that is sent again, with the same Message-ID.
 *
 * A mail that the server refuses for good, or that could not be handed over by the last attempt, fails:
 * staff see it in the list of mails, and can send it again.
 *
 * @throws whatever the transport throws while it may still be taken later
 */
export async function deliverMail(
  db: Database,
  { transport, accessKeys, staff }: DeliveryParts,
  mailId: string,
  { isLastAttempt, signal }: DeliveryAttempt,
): Promise<void> {
  const mail = await mailToDeliver.first(db, { id: mailId });
  if (mail === undefined) return;
  try {
    await transport.send(outgoing(mail, accessKeys, staff), signal);
  } catch (error) {
    const hasFailed = isLastAttempt || error instanceof MailRefused;
    await markTried.execute(db, {
      id: mailId,
      state: hasFailed ? "failed" : "queued",
      error: describe(error),
    });
    if (hasFailed) return;
    throw error;
  }
  await markSent.execute(db, { id: mailId });
}

function outgoing(
  mail: typeof mailMessage.$inferSelect,
  accessKeys: AccessKeys,
  staff: Participant | undefined,
): OutgoingMail {
  const { messageId, subject, language, calendar, calendarMethod } = mail;
  return {
    messageId,
    to: { name: mail.recipientName, email: mail.recipientEmail },
    replyTo: mail.kind === "run_message" && staff !== undefined && isRead(staff) ? staff : null,
    subject,
    html: fillInKeys(mail.html, accessKeys),
    text: fillInKeys(mail.text, accessKeys),
    language,
    calendar:
      calendar === null || calendarMethod === null
        ? null
        : { content: calendar, method: calendarMethod },
    writtenAt: mail.createdAt,
  };
}

function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll("\u0000", "").slice(0, ERROR_LENGTH);
}
