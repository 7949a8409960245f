import { type SQL, sql } from "drizzle-orm";
import type { Subject } from "../subject.ts";

/** @returns the condition that a text has an address of theirs in it */
export function holdsAddress(text: SQL, { emails }: Pick<Subject, "emails">): SQL {
  return sql`EXISTS (
    SELECT FROM unnest(${sql.param([...emails])}::text[]) AS theirs (email)
    WHERE position(theirs.email IN lower(${text})) > 0
  )`;
}
