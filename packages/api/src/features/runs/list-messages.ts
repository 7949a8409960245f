import { Id, Instant } from "@lectern/contract/primitives";
import type { RunMessage, RunMessagesInput, RunMessagesOutput } from "@lectern/contract/run-office";
import type { Database } from "@lectern/database/queryable";
import { runMessage } from "@lectern/database/schema/attendance";
import { mailMessage } from "@lectern/database/schema/mail";
import { person } from "@lectern/database/schema/people";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { requireRunWithin } from "../../shared/reach.ts";

const CursorKey = z.tuple([Instant, Id]);

/** So many of those whom a message did not reach are named. */
const FAILURES_MAX = 10;

/**
 * What was written to those who come to a run, the newest first, a page at a time, with what became of the mails.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function listMessages(
  db: Database,
  call: Call,
  { id: runId, cursor, limit }: z.infer<typeof RunMessagesInput>,
): Promise<z.infer<typeof RunMessagesOutput>> {
  await requireRunWithin(db, call, "runs.message", runId);
  const after = decodeCursor(cursor, CursorKey);
  const isOfRun = eq(runMessage.runId, runId);
  const [found, total] = await Promise.all([
    db
      .select({
        id: runMessage.id,
        subject: runMessage.subject,
        body: runMessage.body,
        createdAt: runMessage.createdAt,
        sentBy: person.name,
        isToAll: sql<boolean>`${runMessage.registrationIds} IS NULL`,
        recipients: runMessage.recipients,
      })
      .from(runMessage)
      .leftJoin(person, eq(person.id, runMessage.sentBy))
      .where(
        and(
          isOfRun,
          after === undefined
            ? undefined
            : sql`(${runMessage.createdAt}, ${runMessage.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(desc(runMessage.createdAt), desc(runMessage.id))
      .limit(limit + 1),
    db.$count(runMessage, isOfRun),
  ]);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const delivered = await deliveriesOf(
    db,
    page.map(({ id }) => id),
  );
  return {
    items: page.map(({ createdAt, ...row }) => ({
      ...row,
      sentAt: createdAt.toISOString(),
      ...(delivered.get(row.id) ?? { mails: { queued: 0, sent: 0, failed: 0 }, failures: [] }),
    })),
    nextCursor: last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]),
    total,
  };
}

type Delivery = Pick<RunMessage, "mails" | "failures">;

async function deliveriesOf(
  db: Database,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, Delivery>> {
  if (messageIds.length === 0) return new Map();
  const rows = await db
    .select({
      messageId: mailMessage.aboutId,
      queued: sql`count(*) FILTER (WHERE ${mailMessage.state} = 'queued')`.mapWith(Number),
      sent: sql`count(*) FILTER (WHERE ${mailMessage.state} = 'sent')`.mapWith(Number),
      failed: sql`count(*) FILTER (WHERE ${mailMessage.state} = 'failed')`.mapWith(Number),
      failures: sql<RunMessage["failures"] | null>`(array_agg(
        json_build_object('name', ${mailMessage.recipientName}, 'email', ${mailMessage.recipientEmail})
        ORDER BY ${mailMessage.recipientName}, ${mailMessage.id}
      ) FILTER (WHERE ${mailMessage.state} = 'failed'))[1:${FAILURES_MAX}::int]`,
    })
    .from(mailMessage)
    .where(inArray(mailMessage.aboutId, [...messageIds]))
    .groupBy(mailMessage.aboutId);
  return new Map(
    rows.map(({ messageId, failures, ...mails }) => [
      messageId,
      { mails, failures: failures ?? [] },
    ]),
  );
}
