import type { EnquiriesCountInput, EnquiriesCounts } from "@lectern/contract/enquiries";
import { ENQUIRY_STATUSES, type EnquiryStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { enquiry } from "@lectern/database/schema/enquiries";
import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { COUNTED_MAX, isAskedFor } from "./enquiry-filter.ts";

type CountInput = z.infer<typeof EnquiriesCountInput>;

/** How many enquiries are in each state, of those that the list would show: up to a thousand of each. */
export async function countEnquiries(db: Database, input: CountInput): Promise<EnquiriesCounts> {
  const { query } = input;
  return { counts: query == null ? await countEach(db, input) : await countFound(db, input) };
}

/** State by state, in the order of the list, in which they are found soonest. */
async function countEach(db: Database, input: CountInput): Promise<EnquiriesCounts["counts"]> {
  const isWanted = isAskedFor(input);
  return Promise.all(
    ENQUIRY_STATUSES.map(async (status) => {
      const some = db
        .select({ id: enquiry.id })
        .from(enquiry)
        .where(and(eq(enquiry.status, status), isWanted))
        .orderBy(desc(enquiry.createdAt), desc(enquiry.id))
        .limit(COUNTED_MAX + 1)
        .as("some");
      const [counted] = await db.select({ found: sql`count(*)`.mapWith(Number) }).from(some);
      return upTo(status, counted?.found ?? 0);
    }),
  );
}

/** All at once, of those that are found by their names: of more than all states count together, nothing is exact. */
async function countFound(db: Database, input: CountInput): Promise<EnquiriesCounts["counts"]> {
  const most = ENQUIRY_STATUSES.length * COUNTED_MAX;
  const found = db
    .select({ status: enquiry.status })
    .from(enquiry)
    .where(isAskedFor(input))
    .limit(most + 1)
    .as("found");
  const rows = await db
    .select({ status: found.status, count: sql`count(*)`.mapWith(Number) })
    .from(found)
    .groupBy(found.status);
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  return ENQUIRY_STATUSES.map((status) => {
    const counted = upTo(status, rows.find((row) => row.status === status)?.count ?? 0);
    return { ...counted, isExact: counted.isExact && all <= most };
  });
}

function upTo(status: EnquiryStatus, found: number): EnquiriesCounts["counts"][number] {
  return { status, count: Math.min(found, COUNTED_MAX), isExact: found <= COUNTED_MAX };
}
