import type { Database } from "@lectern/database/queryable";
import { catalogueChange } from "@lectern/database/schema/catalogue";
import { transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";

/** So long at least an instance can learn what it has not seen; whoever has not looked for half of that reads all anew. */
export const CHANGES_KEPT_MS = 24 * 3600 * 1000;

/** Forgets changes that every instance has seen. */
export async function forgetCatalogueChanges(db: Database): Promise<void> {
  await transaction(db, { idempotent: true }, async (tx) => {
    await tx
      .delete(catalogueChange)
      .where(
        sql`${catalogueChange.createdAt} < now() - make_interval(secs => ${CHANGES_KEPT_MS / 1000}::double precision)`,
      );
  });
}
