import { encryptArchive } from "@lectern/auth/encryption/archive-cipher";
import type { Database } from "@lectern/database/queryable";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { transaction } from "@lectern/database/transaction";
import type { JobContext } from "@lectern/jobs/handler";
import { and, eq, sql } from "drizzle-orm";
import type { Call } from "../../../../call.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { tell } from "../../../notifications/tell.ts";
import { findSubject } from "../subject.ts";
import { buildArchive } from "./build-archive.ts";

/** So long it can be fetched. */
const ARCHIVE_HOURS = 24;

/** Reading and packing take a few seconds for who has used the academy for years. */
const LONG = { timeoutMs: 240_000, statementTimeoutMs: 60_000 } as const;

/** Where the archive is kept: what its encryption is bound to. */
export function placeOfArchive(requestId: string) {
  return { table: "privacy_request", column: "archive", id: requestId };
}

/**
 * Puts together the copy that somebody asked for, keeps it encrypted for a day, and tells them. Running it
 * again does nothing once it is done.
 *
 * @throws whatever keeps it from being made; after the last attempt the request has failed
 */
export async function writeExport(
  db: Database,
  call: Call,
  requestId: string,
  job: Pick<JobContext, "isLastAttempt" | "signal">,
): Promise<void> {
  try {
    await write(db, call, requestId, job.signal);
  } catch (error) {
    if (job.isLastAttempt) await giveUp(db, requestId);
    throw error;
  }
}

function isWaiting(requestId: string) {
  return and(
    eq(privacyRequest.id, requestId),
    eq(privacyRequest.kind, "export"),
    eq(privacyRequest.state, "waiting"),
  );
}

async function write(
  db: Database,
  call: Call,
  requestId: string,
  signal: AbortSignal,
): Promise<void> {
  const [request] = await db
    .select({ personId: privacyRequest.personId })
    .from(privacyRequest)
    .where(isWaiting(requestId));
  if (request === undefined) return;
  const reading = { isolationLevel: "repeatable read", readOnly: true, ...LONG } as const;
  const archive = await transaction(db, { idempotent: true, ...reading }, async (tx) => {
    const subject = await findSubject(tx, request.personId);
    return subject && buildArchive(tx, call.fields, subject, { now: new Date(), signal });
  });
  // Erased or merged meanwhile: there is nothing left that they could fetch.
  if (archive === undefined) return giveUp(db, requestId);
  const sealed = await encryptArchive(call.fields, placeOfArchive(requestId), archive.content);
  await transaction(db, { idempotent: true, ...LONG }, async (tx) => {
    const [done] = await tx
      .update(privacyRequest)
      .set({
        state: "done",
        doneAt: sql`clock_timestamp()`,
        archive: sealed,
        archiveUntil: sql`clock_timestamp() + make_interval(hours => ${ARCHIVE_HOURS}::int)`,
        report: { ...archive.report },
      })
      .where(isWaiting(requestId))
      .returning({ id: privacyRequest.id });
    if (done === undefined) return;
    await recordAudit(tx, call, {
      action: "privacy_request.export",
      entity: "privacy_request",
      entityId: requestId,
      before: { state: "waiting" },
      after: { state: "done", bytes: archive.content.length },
    });
    await tell(tx, "export_ready", requestId);
  });
}

async function giveUp(db: Database, requestId: string): Promise<void> {
  await db
    .update(privacyRequest)
    .set({ state: "failed", doneAt: sql`clock_timestamp()` })
    .where(isWaiting(requestId));
}
