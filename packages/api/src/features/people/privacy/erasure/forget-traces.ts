import type { Database } from "@lectern/database/queryable";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { enqueue } from "@lectern/jobs/queue";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { forgetTracesQueue } from "../privacy-queues.ts";
import type { Subject } from "../subject.ts";
import { eraseData } from "./erase-data.ts";
import { forgetAnswers } from "./forget-answers.ts";

type Traces = z.infer<typeof forgetTracesQueue.data>;

const AGAIN_AFTER_MS = 3_600_000;

/** As often as a mail server that is away is tried: about four days. Then the last mail is given up. */
const ROUNDS = 96;

/**
 * Erases once more what came in or was sent while somebody was being erased: requests of theirs that were
 * under way, mails to others, and the mail that told them. As long as that has not left, this comes again.
 */
export async function forgetTraces(db: Database, call: Call, traces: Traces): Promise<void> {
  const subject: Subject = {
    personId: traces.requestId,
    personIds: traces.personIds,
    emails: [],
    names: [],
    name: "",
    email: "",
    isVerified: false,
  };
  const [request] = await db
    .select({ doneAt: privacyRequest.doneAt })
    .from(privacyRequest)
    .where(eq(privacyRequest.id, traces.requestId));
  const doneAt = request?.doneAt;
  if (doneAt == null) return;
  const runIds = await transaction(db, { idempotent: true, ...LONG }, async (tx) => {
    const erased = await eraseData(tx, call, subject);
    const isOver = traces.round >= ROUNDS;
    await forgetMails(tx, traces, doneAt, isOver);
    const isLeft = !isOver && (await hasQueuedMail(tx, traces, doneAt));
    await forgetJobs(tx, traces);
    if (isLeft) {
      await enqueue(
        tx,
        forgetTracesQueue,
        { ...traces, round: traces.round + 1 },
        { startAfter: new Date(Date.now() + AGAIN_AFTER_MS) },
      );
    }
    return erased.runIds;
  });
  for (const runId of runIds) call.changed(runId);
  if (traces.round > 0) return;
  const until = new Date(doneAt.getTime() + AGAIN_AFTER_MS);
  await forgetAnswers(db, call.fields, traces.addressHashes, until);
}

/** What scans tables may take. */
export const LONG = { timeoutMs: 120_000, statementTimeoutMs: 60_000 } as const;

/** Of a mail `m`: it was written for an address of theirs, at about that time. */
function wasSentTo({ addressHashes }: Traces, doneAt: Date) {
  return sql`(
    m.created_at > ${doneAt}::timestamptz - interval '1 hour'
    AND encode(sha256(convert_to(lower(m.recipient_email), 'UTF8')), 'hex') = ANY(${sql.param(addressHashes)}::text[])
  )`;
}

/** Mails to them, with what the jobs that sent them were told. */
async function forgetMails(
  tx: Transaction,
  traces: Traces,
  doneAt: Date,
  isOver: boolean,
): Promise<void> {
  await tx.execute(sql`
    WITH forgotten AS (
      DELETE FROM mail_message m
      WHERE ${wasSentTo(traces, doneAt)} AND (m.state <> 'queued' OR ${isOver}::boolean)
      RETURNING m.id::text AS id
    )
    DELETE FROM pgboss.job_common job USING forgotten
    WHERE 'mail.deliver' IN (job.name, job.source_name) AND job.state <> 'active'
      AND job.data ->> 'mailId' = forgotten.id`);
}

async function hasQueuedMail(tx: Transaction, traces: Traces, doneAt: Date): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    SELECT FROM mail_message m WHERE ${wasSentTo(traces, doneAt)} LIMIT 1`);
  const { rows: unwritten } = await tx.execute(sql`
    SELECT FROM pgboss.job_common job
    WHERE job.name = 'mail.compose' AND job.state IN ('created', 'retry', 'active') AND ${isAddressedTo(traces)} LIMIT 1`);
  return rows.length + unwritten.length > 0;
}

/** Jobs that are done, or will never be, and were about a mail to them. */
async function forgetJobs(tx: Transaction, traces: Traces): Promise<void> {
  await tx.execute(sql`
    DELETE FROM pgboss.job_common job
    WHERE job.state NOT IN ('retry', 'active') AND (job.state <> 'created' OR job.name = 'dead')
      AND ${isAddressedTo(traces)}`);
}

function isAddressedTo({ addressHashes }: Traces) {
  return sql`encode(sha256(convert_to(lower(job.data -> 'to' ->> 'email'), 'UTF8')), 'hex') = ANY(${sql.param(addressHashes)}::text[])`;
}
