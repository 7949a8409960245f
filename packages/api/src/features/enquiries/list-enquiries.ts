import type { EnquiriesListInput, EnquiriesListOutput } from "@lectern/contract/enquiries";
import { Id, Instant } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { enquiry } from "@lectern/database/schema/enquiries";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { enquiryColumns, toEnquiryDetail } from "./enquiry-detail.ts";

const CursorKey = z.tuple([Instant, Id]);

/**
 * Enquiries for staff, newest first, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listEnquiries(
  db: Database,
  call: Call,
  input: z.infer<typeof EnquiriesListInput>,
): Promise<z.infer<typeof EnquiriesListOutput>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const isWanted = and(
    isGiven(input.statuses) ? inArray(enquiry.status, input.statuses) : undefined,
    isGiven(input.kinds) ? inArray(enquiry.kind, input.kinds) : undefined,
  );
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${enquiry.createdAt}, ${enquiry.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;

  const [rows, total] = await Promise.all([
    db
      .select(enquiryColumns)
      .from(enquiry)
      .leftJoin(course, eq(course.id, enquiry.courseId))
      .where(and(isWanted, isAfter))
      .orderBy(desc(enquiry.createdAt), desc(enquiry.id))
      .limit(input.limit + 1),
    db.$count(enquiry, isWanted),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1)?.enquiry : undefined;
  return {
    items: await Promise.all(page.map((row) => toEnquiryDetail(call, row))),
    nextCursor: last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]),
    total,
  };
}

function isGiven<Item>(choices: readonly Item[] | null | undefined): choices is readonly Item[] {
  return choices !== null && choices !== undefined && choices.length > 0;
}
