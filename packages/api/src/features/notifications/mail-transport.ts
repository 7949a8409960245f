/** A mail on its way out, as a transport takes it. */
export interface OutgoingMail {
  /** With its angle brackets; the same on every attempt. */
  readonly messageId: string;
  readonly to: { readonly name: string; readonly email: string };
  /** Who gets what is answered to it; `null`: nobody. */
  readonly replyTo: { readonly name: string; readonly email: string } | null;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** An iCalendar object (RFC 5545) and its METHOD (RFC 5546). */
  readonly calendar: { readonly content: string; readonly method: string } | null;
  /** BCP 47. */
  readonly language: string;
  /** Its Date: when it was written, not when it was tried. */
  readonly writtenAt: Date;
}

/** Where mails go: a mail server, or nowhere, where they are only kept. */
export interface MailTransport {
  /**
   * Resolves once the mail is somebody else's responsibility. A mail may arrive twice, when the answer
   * to the first attempt was lost.
   *
   * @throws MailRefused when it will never be taken; any other error when it may be taken later
   */
  send(mail: OutgoingMail, signal?: AbortSignal): Promise<void>;
}

/** The mail server does not take this mail, and never will. */
export class MailRefused extends Error {
  override readonly name = "MailRefused";
}

/**
 * Keeps mails where they are, in the database, where a developer reads them in the mailbox: for an
 * academy without a mail server.
 */
export const keepingTransport: MailTransport = { send: () => Promise.resolve() };
