import type { Queryable } from "@lectern/database/queryable";
import { passkey } from "@lectern/database/schema/people";
import { asc, eq } from "drizzle-orm";

/** @returns somebody's passkeys, the oldest first */
export async function passkeysOf(
  db: Queryable,
  personId: string,
): Promise<(typeof passkey.$inferSelect)[]> {
  return db
    .select()
    .from(passkey)
    .where(eq(passkey.personId, personId))
    .orderBy(asc(passkey.createdAt), asc(passkey.id));
}
