import type { AccessKeys } from "@lectern/auth/access-key";
import type { Database } from "@lectern/database/queryable";
import { type JobHandler, handle } from "@lectern/jobs/handler";
import { composeMail } from "./compose-mail.ts";
import { deliverMail } from "./deliver-mail.ts";
import type { MailSettings } from "./mail-settings.ts";
import type { MailTransport } from "./mail-transport.ts";
import { mailCompose, mailDeliver } from "./queues.ts";

export interface NotificationParts {
  readonly db: Database;
  readonly accessKeys: AccessKeys;
  readonly mail: { readonly settings: MailSettings; readonly transport: MailTransport };
}

/** What the worker does for mails: one job writes them, another sends each. */
export function notificationsJobs({
  db,
  accessKeys,
  mail,
}: NotificationParts): readonly JobHandler[] {
  const { settings, transport } = mail;
  return [
    handle(mailCompose, (data, job) => composeMail(db, settings, job.id, data)),
    handle(mailDeliver, ({ mailId }, job) =>
      deliverMail(db, { transport, accessKeys, staff: settings.staff }, mailId, job),
    ),
  ];
}
