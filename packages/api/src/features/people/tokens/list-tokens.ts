import { isAllowed, personOf } from "@lectern/auth/actor";
import { Id, Instant } from "@lectern/contract/primitives";
import type { TokensListInput, TokensListOutput } from "@lectern/contract/tokens";
import type { Database } from "@lectern/database/queryable";
import { apiToken, person } from "@lectern/database/schema/people";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../../call.ts";
import { decodeCursor, encodeCursor } from "../../../shared/cursor.ts";
import { apiTokenColumns, toApiToken } from "./api-token-row.ts";
import { mayNot } from "./wanted-permissions.ts";

const CursorKey = z.tuple([Instant, Id]);

/**
 * The tokens of whoever asks, or of everybody, the newest first, a page at a time.
 *
 * @throws Forbidden for everybody's without `people.write`; Invalid for a cursor of another list
 */
export async function listTokens(
  db: Database,
  { actor }: Call,
  input: z.infer<typeof TokensListInput>,
): Promise<z.infer<typeof TokensListOutput>> {
  if (input.of === "everybody" && !isAllowed(actor, "people.write")) {
    throw mayNot("people.write", "The tokens of others are for whoever looks after people.");
  }
  const after = decodeCursor(input.cursor, CursorKey);
  const isWanted = and(
    input.of === "mine" ? isOwn(personOf(actor)) : undefined,
    input.includeEnded
      ? undefined
      : and(isNull(apiToken.revokedAt), sql`${apiToken.expiresAt} > clock_timestamp()`),
  );
  // Cursors know milliseconds, rows microseconds.
  const createdAt = sql`date_trunc('milliseconds', ${apiToken.createdAt})`;
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${createdAt}, ${apiToken.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const [rows, total] = await Promise.all([
    db
      .select(apiTokenColumns)
      .from(apiToken)
      .innerJoin(person, eq(person.id, apiToken.personId))
      .where(and(isWanted, isAfter))
      .orderBy(desc(createdAt), desc(apiToken.id))
      .limit(input.limit + 1),
    db.$count(apiToken, isWanted),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    items: page.map(toApiToken),
    nextCursor: last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]),
    total,
  };
}

function isOwn(personId: string | null) {
  return personId === null ? sql`false` : eq(apiToken.personId, personId);
}
