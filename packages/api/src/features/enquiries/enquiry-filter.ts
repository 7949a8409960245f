import type { EnquiriesCountInput } from "@lectern/contract/enquiries";
import { course } from "@lectern/database/schema/catalogue";
import { enquiry } from "@lectern/database/schema/enquiries";
import { type SQL, and, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import { partOf } from "../../shared/part-of.ts";

/** So many are counted at most: more is for reports. */
export const COUNTED_MAX = 1000;

/** @returns the condition that an enquiry is one of those asked for, whatever its state */
export function isAskedFor(input: z.infer<typeof EnquiriesCountInput>): SQL | undefined {
  const { kinds, query } = input;
  return and(
    kinds == null || kinds.length === 0 ? undefined : inArray(enquiry.kind, kinds),
    query == null ? undefined : isCalled(query),
    input.course == null ? undefined : isAbout(input.course),
  );
}

/** Looked up once for all rows. */
function isAbout(slug: string): SQL {
  return sql`${enquiry.courseId} = (SELECT c.id FROM ${course} AS c WHERE c.slug = ${slug})`;
}

function isCalled(query: string): SQL {
  const pattern = partOf(query.trim());
  // Found before they are put in order (OFFSET 0): trigrams find a part of a name, of three letters on.
  return sql`${enquiry.id} IN (
    SELECT e.id FROM ${enquiry} AS e
    WHERE lower(e.name) LIKE ${pattern} OR lower(e.email) LIKE ${pattern} OR lower(e.company) LIKE ${pattern}
    OFFSET 0)`;
}
