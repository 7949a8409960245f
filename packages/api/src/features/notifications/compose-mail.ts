import { createHash } from "node:crypto";
import type { Database } from "@lectern/database/queryable";
import { mailMessage } from "@lectern/database/schema/mail";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { enqueueAll } from "@lectern/jobs/queue";
import type { Gathering, MailDraft } from "./gather/mail-draft.ts";
import { findConfirmedBookings } from "./gather/rows.ts";
import { GATHER } from "./gather/gather.ts";
import { KEY_MARKS } from "./keys-in-mails.ts";
import { renderMail } from "./letters/render-mail.ts";
import type { MailSettings } from "./mail-settings.ts";
import { type ComposeData, mailCompose, mailDeliver } from "./queues.ts";

/** Rows of one INSERT, and jobs. */
const BATCH = 100;

/**
 * Writes the mails of one event, and sees to their delivery, in one transaction. What they say is read
 * at that moment; what has become pointless meanwhile is not written. Keys are left out of what is
 * kept: see `fillInKeys`.
 *
 * Running it again writes nothing twice: a mail's id is made of the job, or of what it tells.
 *
 * @param jobId of the job that this is
 */
export async function composeMail(
  db: Database,
  settings: MailSettings,
  jobId: string,
  data: ComposeData,
): Promise<void> {
  const { kind, aboutId, ...event } = data;
  await transaction(db, { idempotent: true }, async (tx) => {
    if (kind === "run_confirmed" && event.bookingId === undefined) {
      await spread(tx, jobId, data, await findConfirmedBookings(tx, aboutId));
      return;
    }
    const gathering: Gathering = {
      db: tx,
      settings: { ...settings, accessKeys: KEY_MARKS },
      jobId,
      now: new Date(),
    };
    const drafts = await GATHER[kind](gathering, aboutId, event);
    for (let from = 0; from < drafts.length; from += BATCH) {
      await write(tx, gathering, aboutId, drafts.slice(from, from + BATCH));
    }
  });
}

/** A job for each booking, as a run may have more of them than one transaction should write to. */
async function spread(
  tx: Transaction,
  jobId: string,
  data: ComposeData,
  bookingIds: readonly string[],
): Promise<void> {
  for (let from = 0; from < bookingIds.length; from += BATCH) {
    await enqueueAll(
      tx,
      mailCompose,
      bookingIds.slice(from, from + BATCH).map((bookingId) => ({
        data: { ...data, bookingId },
        id: uuidOf(`${jobId}|${bookingId}`),
      })),
    );
  }
}

async function write(
  tx: Transaction,
  { settings, jobId }: Gathering,
  aboutId: string,
  drafts: readonly MailDraft[],
): Promise<void> {
  const written = await tx
    .insert(mailMessage)
    .values(
      drafts.map((draft) => {
        const id = uuidOf(`${draft.key ?? jobId}|${draft.to.email.toLowerCase()}`);
        const { kind } = draft.content;
        return {
          id,
          kind,
          aboutId,
          messageId: `<${id}@${settings.host}>`,
          recipientName: draft.to.name,
          recipientEmail: draft.to.email,
          ...renderMail(draft.content, draft.language, settings.academy),
          calendar: draft.calendar?.content ?? null,
          calendarMethod: draft.calendar?.method ?? null,
        };
      }),
    )
    .onConflictDoNothing()
    .returning({ id: mailMessage.id });
  await enqueueAll(
    tx,
    mailDeliver,
    written.map(({ id }) => ({ data: { mailId: id } })),
  );
}

/** Made by `uuidgen` once: what these UUIDs are names in (RFC 9562, section 5.5). */
const NAMESPACE = Buffer.from("6f1d2c0e4f3b4a0d9d8e7b2a51c3e094", "hex");

/** @returns a UUID (version 5) that is the same for the same text */
function uuidOf(text: string): string {
  const bytes = createHash("sha1").update(NAMESPACE).update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}
