import type { EnquiriesListInput, EnquiriesListOutput } from "@lectern/contract/enquiries";
import { Id, Instant } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { enquiry } from "@lectern/database/schema/enquiries";
import { quote } from "@lectern/database/schema/quotes";
import { type SQL, and, desc, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { type QuoteRow, numberOf, statusAt, totalOf } from "../quotes/quote-row.ts";
import { enquiryColumns, toEnquiryDetail } from "./enquiry-detail.ts";
import { COUNTED_MAX, isAskedFor } from "./enquiry-filter.ts";

/** The last one's moment and id, and how many there are in all: counted for the first page alone. */
const CursorKey = z.tuple([Instant, Id, z.int().min(0), z.boolean()]);

type ListOutput = z.infer<typeof EnquiriesListOutput>;

/**
 * Enquiries for staff, newest first, a page at a time, each with the last quote that was made for it.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listEnquiries(
  db: Database,
  call: Call,
  input: z.infer<typeof EnquiriesListInput>,
): Promise<ListOutput> {
  const after = decodeCursor(input.cursor, CursorKey);
  const { statuses } = input;
  const isWanted = and(
    statuses == null || statuses.length === 0 ? undefined : inArray(enquiry.status, statuses),
    isAskedFor(input),
  );
  const isAfter =
    after &&
    sql`(${enquiry.createdAt}, ${enquiry.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const last = db
    .select(getTableColumns(quote))
    .from(quote)
    .where(eq(quote.enquiryId, enquiry.id))
    .orderBy(desc(quote.createdAt), desc(quote.id))
    .limit(1)
    .as("last_quote");

  const [rows, counted] = await Promise.all([
    db
      .select({
        ...enquiryColumns,
        now: sql`now()`.mapWith(enquiry.createdAt),
        quote: last._.selectedFields,
      })
      .from(enquiry)
      .leftJoin(course, eq(course.id, enquiry.courseId))
      .leftJoinLateral(last, sql`true`)
      .where(and(isWanted, isAfter))
      .orderBy(desc(enquiry.createdAt), desc(enquiry.id))
      .limit(input.limit + 1),
    after === undefined ? count(db, isWanted) : { total: after[2], isTotalExact: after[3] },
  ]);
  const page = rows.slice(0, input.limit);
  const end = rows.length > input.limit ? page.at(-1)?.enquiry : undefined;
  return {
    items: await Promise.all(
      page.map(async ({ quote: made, now, ...row }) => ({
        ...(await toEnquiryDetail(call, row)),
        quote: made === null ? null : toLastQuote(made, now),
      })),
    ),
    nextCursor:
      end === undefined
        ? null
        : encodeCursor([end.createdAt.toISOString(), end.id, counted.total, counted.isTotalExact]),
    ...counted,
  };
}

async function count(
  db: Database,
  isWanted: SQL | undefined,
): Promise<{ total: number; isTotalExact: boolean }> {
  const some = db
    .select({ id: enquiry.id })
    .from(enquiry)
    .where(isWanted)
    .orderBy(desc(enquiry.createdAt), desc(enquiry.id))
    .limit(COUNTED_MAX + 1)
    .as("some");
  const [counted] = await db.select({ found: sql`count(*)`.mapWith(Number) }).from(some);
  const found = counted?.found ?? 0;
  return { total: Math.min(found, COUNTED_MAX), isTotalExact: found <= COUNTED_MAX };
}

function toLastQuote(made: QuoteRow, now: Date): ListOutput["items"][number]["quote"] {
  return {
    id: made.id,
    number: numberOf(made),
    status: statusAt(made, now),
    isWithdrawn: made.isWithdrawn,
    total: totalOf(made),
    goodUntil: made.goodUntil.toISOString(),
  };
}
