import { getTableName, is } from "drizzle-orm";
import { PgTable, getTableConfig } from "drizzle-orm/pg-core";
import { isEncrypted } from "./columns.ts";
import * as schema from "./index.ts";

/** A column whose values are encrypted. */
export interface EncryptedColumn {
  readonly table: string;
  readonly column: string;
  /** The column of the primary key, and its type: what says where a value stands. */
  readonly key: string;
  readonly keyType: string;
}

/** @returns all columns that were made by `encrypted`, in the order of their tables' names */
export function encryptedColumns(): EncryptedColumn[] {
  // Not told which tables there are, the compiler need not relate each to each.
  return Object.values<unknown>(schema)
    .filter((item) => is(item, PgTable))
    .flatMap((table) => {
      const { columns } = getTableConfig(table);
      const [key, ...more] = columns.filter(({ primary }) => primary);
      return columns.filter(isEncrypted).map(({ name }): EncryptedColumn => {
        if (key === undefined || more.length > 0) {
          throw new TypeError(`Rows of ${getTableName(table)} have no id to bind a value to`);
        }
        const { name: keyName } = key;
        return {
          table: getTableName(table),
          column: name,
          key: keyName,
          keyType: key.getSQLType(),
        };
      });
    })
    .toSorted((a, b) => a.table.localeCompare(b.table) || a.column.localeCompare(b.column));
}
