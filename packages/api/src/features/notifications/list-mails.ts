import type { MailListInput, MailListOutput } from "@lectern/contract/mail";
import { Id, Instant } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { mailMessage } from "@lectern/database/schema/mail";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { mailSummaryColumns, toMailSummary } from "./mail-summary.ts";

const CursorKey = z.tuple([Instant, Id]);

/**
 * Mails that were written, newest first, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listMails(
  db: Database,
  input: z.infer<typeof MailListInput>,
): Promise<z.infer<typeof MailListOutput>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const isWanted = and(
    isGiven(input.states) ? inArray(mailMessage.state, input.states) : undefined,
    isGiven(input.kinds) ? inArray(mailMessage.kind, input.kinds) : undefined,
    input.recipient
      ? sql`lower(${mailMessage.recipientEmail}) = lower(${input.recipient.trim()})`
      : undefined,
    input.aboutId ? eq(mailMessage.aboutId, input.aboutId) : undefined,
  );
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${mailMessage.createdAt}, ${mailMessage.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const [rows, total] = await Promise.all([
    db
      .select(mailSummaryColumns)
      .from(mailMessage)
      .where(and(isWanted, isAfter))
      .orderBy(desc(mailMessage.createdAt), desc(mailMessage.id))
      .limit(input.limit + 1),
    db.$count(mailMessage, isWanted),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    items: page.map(toMailSummary),
    nextCursor: last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]),
    total,
  };
}

function isGiven<Item>(choices: readonly Item[] | null | undefined): choices is readonly Item[] {
  return choices !== null && choices !== undefined && choices.length > 0;
}
