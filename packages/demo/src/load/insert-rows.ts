import type { Transaction } from "@lectern/database/transaction";
import type { PgInsertValue, PgTable } from "drizzle-orm/pg-core";

/** PostgreSQL takes 65,535 parameters a statement; the widest table has some two dozen columns. */
const ROWS_AT_ONCE = 1000;

/** Inserts all rows of one table, in as few statements as PostgreSQL allows. */
export async function insertRows<Table extends PgTable>(
  tx: Transaction,
  table: Table,
  rows: readonly PgInsertValue<Table>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await tx.insert(table).values(rows.slice(from, from + ROWS_AT_ONCE));
  }
}
