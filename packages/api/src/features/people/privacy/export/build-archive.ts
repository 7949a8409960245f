import type { FieldCipher } from "@lectern/auth/encryption/field-cipher";
import { EXPORT_BYTES_MAX } from "@lectern/contract/privacy";
import type { Queryable } from "@lectern/database/queryable";
import type { ExportedRow } from "../personal-table.ts";
import type { Subject } from "../subject.ts";
import { collect } from "./collect.ts";
import { mailFileName, readMailFiles } from "./mail-files.ts";
import { ZipWriter } from "./zip-writer.ts";

/** Rises when programs that read the file would have to change. */
const EXPORT_FORMAT = "lectern.personal-data/1";

export interface ArchiveOptions {
  readonly now: Date;
  readonly maxBytes?: number;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

/** Room for what comes last. */
const RESERVED_BYTES = 64 * 1024;

export interface Archive {
  readonly content: Uint8Array;
  /** Numbers alone: what there is of each, and how many mails had no room. */
  readonly report: Readonly<Record<string, number>>;
}

/**
 * Makes the ZIP file of everything that is kept about somebody: `data.json`, and each mail as files. It is
 * no larger than `EXPORT_BYTES_MAX`: where it would be, the files of the oldest mails are left out, and it
 * says so.
 *
 * @param db a transaction in which all is of one moment
 */
export async function buildArchive(
  db: Queryable,
  fields: FieldCipher,
  subject: Subject,
  { now, signal, maxBytes = EXPORT_BYTES_MAX }: ArchiveOptions,
): Promise<Archive> {
  const { mails = [], ...collected } = await collect(db, fields, subject);
  const data = {
    format: EXPORT_FORMAT,
    writtenAt: now.toISOString(),
    ...collected,
    mails: mails.map((row) => ({ ...row, file: fileOf(row) })),
  };
  const zip = new ZipWriter();
  await zip.add("data.json", JSON.stringify(data, null, 2), now);
  let written = 0;
  for await (const { name, writtenAt, contents } of readMailFiles(db, subject)) {
    signal?.throwIfAborted();
    const files = Object.entries(contents);
    const bytes = files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
    if (zip.bytes + bytes > maxBytes - RESERVED_BYTES) break;
    for (const [ending, text] of files) await zip.add(`${name}.${ending}`, text, writtenAt);
    written += 1;
  }
  const mailsLeftOut = mails.length - written;
  await zip.add("README.txt", readMe(mailsLeftOut), now);
  const content = zip.end();
  const report: Record<string, number> = { bytes: content.length, mailsLeftOut };
  for (const [key, rows] of Object.entries({ ...collected, mails })) report[key] = rows.length;
  return { content, report };
}

function fileOf({ id, kind, createdAt }: ExportedRow): string | null {
  if (!(createdAt instanceof Date)) return null;
  return mailFileName({ id: String(id), kind: String(kind), createdAt });
}

function readMe(mailsLeftOut: number): string {
  const lines = [
    "Everything that the academy keeps about you.",
    "",
    "data.json   what is in the database, each kind as a list; times are in UTC",
    "mails/      the mails that you were sent: as pages, as text, and what they had for calendars",
    "",
    "Passwords, keys and other secrets are left out, as are the keys in links of mails:",
    "whoever gets hold of this file can open nothing with it.",
  ];
  if (mailsLeftOut > 0) {
    lines.push(
      "",
      `The files of your ${mailsLeftOut} oldest mails had no room. They are listed in data.json, and were`,
      "sent to you; the academy gives you copies of them if you ask for them.",
    );
  }
  return `${lines.join("\n")}\n`;
}
