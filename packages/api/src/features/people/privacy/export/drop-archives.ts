import type { Queryable } from "@lectern/database/queryable";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { and, isNotNull, sql } from "drizzle-orm";

/** Deletes copies of data whose time is over. That they were made stays on record. */
export async function dropArchives(db: Queryable): Promise<void> {
  await db
    .update(privacyRequest)
    .set({ archive: null })
    .where(
      and(
        isNotNull(privacyRequest.archive),
        sql`${privacyRequest.archiveUntil} <= clock_timestamp()`,
      ),
    );
}
