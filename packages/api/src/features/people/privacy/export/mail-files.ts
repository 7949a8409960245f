import {
  instant,
  int4,
  arrayOf,
  nullable,
  text,
  timestamptz,
  uuid,
} from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { mailMessage } from "@lectern/database/schema/mail";
import { sql } from "drizzle-orm";
import { leaveOutKeys } from "../../../notifications/keys-in-mails.ts";
import type { Subject } from "../subject.ts";

/** A mail as files: its name without an ending, and what each ending holds. */
export interface MailFiles {
  readonly name: string;
  readonly writtenAt: Date;
  readonly contents: Readonly<Record<string, string>>;
}

const PAGE = 100;

const mails = prepared(
  "privacy.mailsOf",
  {
    emails: arrayOf(text),
    beforeTime: nullable(instant),
    beforeId: nullable(uuid),
    limit: int4,
  },
  (_, $) =>
    rows(
      {
        id: uuid,
        kind: mailMessage.kind,
        html: text,
        text,
        calendar: nullable(text),
        createdAt: timestamptz,
        at: instant,
      },
      sql`SELECT id, kind, html, text, calendar, created_at, created_at AS at FROM mail_message
        WHERE lower(recipient_email) = ANY(${$.emails})
          AND (${$.beforeTime} IS NULL OR (created_at, id) < (${$.beforeTime}, ${$.beforeId}))
        ORDER BY created_at DESC, id DESC LIMIT ${$.limit}`,
    ),
);

/** @returns what the files of a mail are called, without an ending */
export function mailFileName(mail: {
  readonly id: string;
  readonly kind: string;
  readonly createdAt: Date;
}): string {
  const day = mail.createdAt.toISOString().slice(0, 10);
  return `mails/${day}-${mail.kind}-${mail.id}`;
}

/** The mails that somebody was sent, the newest first. What opens something for who holds it is left out. */
export async function* readMailFiles(
  db: Queryable,
  { emails }: Subject,
): AsyncGenerator<MailFiles, void> {
  let last: { readonly at: Temporal.Instant; readonly id: string } | undefined;
  for (;;) {
    const page = await mails.execute(db, {
      emails,
      beforeTime: last?.at ?? null,
      beforeId: last?.id ?? null,
      limit: PAGE,
    });
    for (const mail of page) {
      yield {
        name: mailFileName(mail),
        writtenAt: mail.createdAt,
        contents: {
          html: leaveOutKeys(mail.html),
          txt: leaveOutKeys(mail.text),
          ...(mail.calendar !== null && { ics: leaveOutKeys(mail.calendar) }),
        },
      };
    }
    last = page.at(-1);
    if (page.length < PAGE) return;
  }
}
