import { Id, Instant } from "@lectern/contract/primitives";
import type { QuotesList, QuotesListInput } from "@lectern/contract/quotes";
import type { QuoteStatus } from "@lectern/contract/vocabulary";
import type { Database, Queryable } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { quote } from "@lectern/database/schema/quotes";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { type SQL, and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { withRunsInLanguage } from "../../shared/in-language.ts";
import { partOf } from "../../shared/part-of.ts";
import { quoteColumns, toQuoteItem } from "./quote-row.ts";

type ListInput = z.infer<typeof QuotesListInput>;

/** The last one's moment and id, and how many there are in all: counted for the first page alone. */
const CursorKey = z.tuple([Instant, Id, z.int().min(0), z.boolean()]);

/** So many are counted at most. */
const COUNTED_MAX = 1000;

/**
 * Quotes for staff, the newest first, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listQuotes(db: Database, call: Call, input: ListInput): Promise<QuotesList> {
  const after = decodeCursor(input.cursor, CursorKey);
  const isWanted = and(
    statusIs(input.statuses),
    input.enquiryId == null ? undefined : eq(quote.enquiryId, input.enquiryId),
    input.runId == null ? undefined : eq(quote.runId, input.runId),
    input.query == null ? undefined : isCalled(input.query),
  );
  const isAfter =
    after && sql`(${quote.createdAt}, ${quote.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const [found, counted] = await Promise.all([
    selectQuotes(db)
      .where(and(isWanted, isAfter))
      .orderBy(desc(quote.createdAt), desc(quote.id))
      .limit(input.limit + 1),
    after === undefined ? count(db, isWanted) : { total: after[2], isTotalExact: after[3] },
  ]);
  const page = found.slice(0, input.limit);
  const last = found.length > input.limit ? page.at(-1)?.quote : undefined;
  return {
    items: await withRunsInLanguage(db, call.language, page.map(toQuoteItem)),
    nextCursor:
      last === undefined
        ? null
        : encodeCursor([
            last.createdAt.toISOString(),
            last.id,
            counted.total,
            counted.isTotalExact,
          ]),
    ...counted,
  };
}

/** @returns a query of quotes with their runs, yet to be narrowed */
export function selectQuotes(db: Queryable) {
  return db
    .select(quoteColumns)
    .from(quote)
    .innerJoin(courseRun, eq(courseRun.id, quote.runId))
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId));
}

async function count(
  db: Database,
  isWanted: SQL | undefined,
): Promise<{ total: number; isTotalExact: boolean }> {
  const some = db
    .select({ id: quote.id })
    .from(quote)
    .where(isWanted)
    .orderBy(desc(quote.createdAt), desc(quote.id))
    .limit(COUNTED_MAX + 1)
    .as("some");
  const [counted] = await db.select({ found: sql`count(*)`.mapWith(Number) }).from(some);
  const found = counted?.found ?? 0;
  return { total: Math.min(found, COUNTED_MAX), isTotalExact: found <= COUNTED_MAX };
}

/** By the clock: one that is past its day is expired before the job has seen it. */
function statusIs(statuses: readonly QuoteStatus[] | null | undefined): SQL | undefined {
  if (statuses == null || statuses.length === 0) return undefined;
  const wanted = new Set(statuses);
  const kept = wanted.has("expired") ? new Set([...wanted, "sent" as const]) : wanted;
  const isAsKept = inArray(quote.status, [...kept]);
  if (wanted.has("sent") === wanted.has("expired")) return isAsKept;
  const isOpen = sql`${quote.goodUntil} > now()`;
  return and(
    isAsKept,
    sql`(${quote.status} <> 'sent' OR ${wanted.has("sent") ? isOpen : sql`NOT (${isOpen})`})`,
  );
}

/** By its number, or by a part of what its recipient is called. */
function isCalled(query: string): SQL {
  const text = query.trim();
  const pattern = partOf(text);
  const number = /^(?:q-?)?(?<digits>\d{1,12})$/iu.exec(text)?.groups?.["digits"];
  // Found before they are put in order (OFFSET 0): trigrams find a part of a name, of three letters on.
  return sql`${quote.id} IN (
    SELECT q.id FROM ${quote} AS q WHERE q.number = ${number ?? null}::bigint
    UNION ALL
    SELECT q.id FROM ${quote} AS q WHERE lower(q.recipient_name) LIKE ${pattern}
      OR lower(q.recipient_email) LIKE ${pattern} OR lower(q.recipient_company) LIKE ${pattern}
    OFFSET 0)`;
}
