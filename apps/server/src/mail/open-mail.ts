import type { NotificationParts } from "@lectern/api/features/notifications/notifications-jobs";
import { keepingTransport } from "@lectern/api/features/notifications/mail-transport";
import type { MailConfig } from "../config.ts";
import { createSmtpTransport } from "./smtp-transport.ts";

/** The academy's name, where the sender of its mails does not say another. */
export const ACADEMY = "Lectern";

/** Reserved for what is no address (RFC 2606): mails to it are kept, and not sent. */
const NOBODY = "staff@lectern.invalid";

export type Mail = NotificationParts["mail"] & {
  /** Closes the connections to the mail server. */
  close(): void;
};

/**
 * How mails are written, and where they go: to the mail server of the configuration, or nowhere.
 *
 * @param publicUrl where visitors reach the site, without a slash at the end
 */
export function openMail(config: MailConfig, publicUrl: string): Mail {
  const { smtpUrl, staff, staffLanguage } = config;
  const host = new URL(publicUrl).hostname;
  const email = config.sender?.email ?? `no-reply@${host}`;
  const academy = config.sender?.name || ACADEMY;
  const sender = { name: academy, email };
  const smtp =
    smtpUrl === undefined
      ? undefined
      : createSmtpTransport({ url: smtpUrl, sender, mayBePlain: config.mayBePlain });
  return {
    settings: {
      publicUrl,
      academy,
      sender,
      staff: { name: staff?.name || `Staff of ${academy}`, email: staff?.email ?? NOBODY },
      staffLanguage,
      host: email.slice(email.lastIndexOf("@") + 1),
    },
    transport: smtp ?? keepingTransport,
    close: () => smtp?.close(),
  };
}
