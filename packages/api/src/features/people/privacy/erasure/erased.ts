import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** What stands where a name and an address stood that nobody may know any more. */

const ERASED_NAME = "Erased person";

const ERASED_INSTRUCTOR = "Former instructor";

/** Reserved for what is no address (RFC 2606): no mail ever leaves for it. */
const ERASED_ADDRESSES = "erased-%@erased.invalid";

/** @returns an address of nobody, which no other row has */
export function erasedAddress(rowId: SQLWrapper): SQL {
  return sql`('erased-' || ${rowId} || '@erased.invalid')`;
}

/** @returns the condition that a column still holds an address of somebody */
export function isSomebodys(email: SQLWrapper): SQL {
  return sql`(${email} IS NOT NULL AND ${email} NOT LIKE ${ERASED_ADDRESSES})`;
}

export const erasedName = sql`${ERASED_NAME}::text`;
export const erasedInstructor = sql`${ERASED_INSTRUCTOR}::text`;
