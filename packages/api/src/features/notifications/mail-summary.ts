import type { MailDetail, MailSummary } from "@lectern/contract/mail";
import { mailMessage } from "@lectern/database/schema/mail";

/** What lists of mails show. */
export const mailSummaryColumns = {
  id: mailMessage.id,
  kind: mailMessage.kind,
  state: mailMessage.state,
  recipientName: mailMessage.recipientName,
  recipientEmail: mailMessage.recipientEmail,
  subject: mailMessage.subject,
  aboutId: mailMessage.aboutId,
  attempts: mailMessage.attempts,
  lastError: mailMessage.lastError,
  createdAt: mailMessage.createdAt,
  sentAt: mailMessage.sentAt,
};

export type MailRow = typeof mailMessage.$inferSelect;

/** @returns the mail as the contract's lists describe it */
export function toMailSummary(row: Pick<MailRow, keyof typeof mailSummaryColumns>): MailSummary {
  const { id, kind, state, subject, aboutId, attempts, lastError } = row;
  return {
    id,
    kind,
    state,
    recipient: { name: row.recipientName, email: row.recipientEmail },
    subject,
    aboutId,
    attempts,
    lastError,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
  };
}

/** @returns the mail with all that it says */
export function toMailDetail(row: MailRow): MailDetail {
  const { messageId, language, html, text, calendar: content, calendarMethod: method } = row;
  return {
    ...toMailSummary(row),
    messageId,
    language,
    html,
    text,
    calendar: content === null || method === null ? null : { method, content },
  };
}
