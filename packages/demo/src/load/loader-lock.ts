import type { Transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";

/** "lectern demo", as a number that nobody else takes for an advisory lock. */
const LOCK_KEY = "7310593858020254841";

/** Lets one loader at a time into the academy, until the transaction ends. */
export async function lockLoaders(tx: Transaction): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK_KEY}::bigint)`);
}
