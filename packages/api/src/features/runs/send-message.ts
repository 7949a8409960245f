import {
  RUN_MESSAGES_PER_HOUR,
  RunMessageSent,
  type RunSendMessageInput,
} from "@lectern/contract/run-office";
import type { Database } from "@lectern/database/queryable";
import { runMessage } from "@lectern/database/schema/attendance";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { DomainError, conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { findMessageRecipients } from "../notifications/gather/run-message-rows.ts";
import { tell } from "../notifications/tell.ts";

type SendInput = z.infer<typeof RunSendMessageInput>;

const HOUR_SECONDS = 3600;

/**
 * Writes to those who come to a run, or to those of them who were chosen. Whoever sends it says how many
 * recipients they were shown: it goes to no other number of people.
 *
 * @throws NotFound; Conflict `changed_meanwhile` when there are more recipients now, or fewer, and `wrong_state` when there is
 *   none; RateLimited for too many messages within an hour; IdempotencyMismatch
 */
export async function sendMessage(
  db: Database,
  call: Call,
  input: SendInput,
): Promise<RunMessageSent> {
  await requireRunWithin(db, call, "runs.message", input.id);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "runs.sendMessage", input, RunMessageSent, () => send(tx, call, input)),
  );
}

async function send(tx: Transaction, call: Call, input: SendInput): Promise<RunMessageSent> {
  const { id: runId, subject, body } = input;
  const registrationIds = input.registrationIds ?? null;
  // Two who write at once are counted one after the other.
  const [run] = await tx
    .select({ id: courseRun.id })
    .from(courseRun)
    .where(eq(courseRun.id, runId))
    .for("no key update");
  if (run === undefined) throw notFound("run", runId);
  await requireModeration(tx, runId);
  const recipients = (await findMessageRecipients(tx, runId, registrationIds)).length;
  if (recipients === 0) {
    throw conflict("run", "wrong_state", "There is nobody to write to.", "nobody");
  }
  if (recipients !== input.recipients) {
    throw conflict(
      "run",
      "changed_meanwhile",
      "There are more recipients now, or fewer, than you were shown: look at it again.",
      String(recipients),
    );
  }
  const messageId = uuidv7();
  await tx.insert(runMessage).values({
    id: messageId,
    runId,
    subject,
    body,
    registrationIds: registrationIds === null ? null : [...new Set(registrationIds)],
    recipients,
    sentBy: call.actor.kind === "person" ? call.actor.id : null,
  });
  await recordAudit(tx, call, {
    action: "run.send_message",
    entity: "run",
    entityId: runId,
    before: null,
    after: { messageId, recipients, isToAll: registrationIds === null },
  });
  await tell(tx, "run_message", messageId);
  return { messageId, runId, recipients };
}

/** Nobody is written to more often than a few times an hour, whoever writes. */
async function requireModeration(tx: Transaction, runId: string): Promise<void> {
  const [recent] = await tx
    .select({
      messages: sql`count(*)`.mapWith(Number),
      wait: sql`coalesce(ceil(${HOUR_SECONDS}::int
        - extract(epoch FROM clock_timestamp() - min(${runMessage.createdAt}))), 0)`.mapWith(
        Number,
      ),
    })
    .from(runMessage)
    .where(
      and(
        eq(runMessage.runId, runId),
        sql`${runMessage.createdAt} > now() - make_interval(secs => ${HOUR_SECONDS}::int)`,
      ),
    );
  if (recent === undefined || recent.messages < RUN_MESSAGES_PER_HOUR) return;
  throw new DomainError(
    { code: "RateLimited", data: { retryAfterSeconds: Math.max(1, recent.wait) } },
    "These people have had several messages within an hour. Please wait before you send another.",
  );
}
