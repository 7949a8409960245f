import { isIPv4 } from "node:net";
import {
  MailRefused,
  type MailTransport,
  type OutgoingMail,
} from "@lectern/api/features/notifications/mail-transport";
import nodemailer, { type SMTPPoolOptions } from "nodemailer";

export interface SmtpOptions {
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte on. */
  readonly url: string;
  readonly sender: { readonly name: string; readonly email: string };
  /** Whether mails may go to another machine without TLS; a password never does. */
  readonly mayBePlain?: boolean;
  /** For a server whose certificate the system does not know. */
  readonly tls?: { readonly ca: string };
}

/** A transport with connections that are kept open between mails. */
export interface SmtpTransport extends MailTransport {
  /** Lets mails under way finish, and closes the connections. */
  close(): void;
}

const CONNECTIONS = 5;
const CONNECT_TIMEOUT_MS = 10_000;
const SOCKET_TIMEOUT_MS = 30_000;
const SUBMISSION_PORT = 587;
const SUBMISSION_TLS_PORT = 465;

/** Reserved for what is no address (RFC 2606): who is meant by it has none. */
const NO_ADDRESS = /\.invalid$/iu;

/**
 * Hands mails to a mail server (RFC 5321, RFC 6409). Each mail is tried once: trying again is the queue's
 * business. Mails go over TLS alone, unless the server runs on this machine, or its network is trusted and no
 * password goes along.
 */
export function createSmtpTransport(options: SmtpOptions): SmtpTransport {
  const pool = nodemailer.createTransport({ ...connectionOf(options), pool: true });
  return {
    async send(mail, signal) {
      if (NO_ADDRESS.test(mail.to.email)) {
        throw new MailRefused("There is no address for this recipient: see LECTERN_STAFF_MAIL");
      }
      try {
        await pool.sendMail({ ...messageOf(mail, options), ...(signal && { signal }) });
      } catch (error) {
        throw isForGood(error) ? new MailRefused(messageFrom(error), { cause: error }) : error;
      }
    },
    close: () => {
      pool.close();
    },
  };
}

function connectionOf({ url, tls, mayBePlain = false }: SmtpOptions): SMTPPoolOptions {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  const host = hostname.replace(/^\[|\]$/gu, "");
  const hasPassword = username !== "";
  return {
    host,
    port: port === "" ? (secure ? SUBMISSION_TLS_PORT : SUBMISSION_PORT) : Number(port),
    secure,
    requireTLS: !secure && !isThisMachine(host) && (hasPassword || !mayBePlain),
    ...(hasPassword && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    ...(tls && { tls }),
    maxConnections: CONNECTIONS,
    maxRequeues: 0,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    // Nothing in a mail makes this process read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}

function messageOf(mail: OutgoingMail, { sender }: SmtpOptions) {
  return {
    from: { name: sender.name, address: sender.email },
    to: { name: mail.to.name, address: mail.to.email },
    ...(mail.replyTo && { replyTo: { name: mail.replyTo.name, address: mail.replyTo.email } }),
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    messageId: mail.messageId,
    date: mail.writtenAt,
    headers: {
      "Content-Language": mail.language,
      // RFC 3834: no automatic answers, please.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
    },
    ...(mail.calendar && {
      icalEvent: {
        method: mail.calendar.method,
        content: mail.calendar.content,
        filename: mail.calendar.method === "CANCEL" ? "cancelled.ics" : "calendar.ics",
      },
    }),
  };
}

/**
 * Whether this mail will never be taken: the server answered with 5xx to its recipient or its content,
 * or there is no sending to the address at all. What it says to the sender or to a password is about our
 * settings, which may be put right.
 */
function isForGood(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  const status = "responseCode" in error ? error.responseCode : undefined;
  const command = "command" in error ? error.command : undefined;
  if (error.code === "EENVELOPE" && status === undefined) return true;
  return (
    (command === "RCPT TO" || command === "DATA") &&
    typeof status === "number" &&
    status >= 500 &&
    status < 600
  );
}

function messageFrom(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
