import type { Queryable } from "@lectern/database/queryable";
import type { Transaction } from "@lectern/database/transaction";
import { type SQL, getTableColumns, getTableName } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Subject } from "./subject.ts";

/** What becomes of rows when the person whose they are is erased. */
export type Erasure =
  | {
      readonly kind: "deleted";
      /** Deletes them, where that is more than what is theirs. @returns how many it deleted */
      readonly remove?: (tx: Transaction, subject: Subject) => Promise<number>;
    }
  | {
      readonly kind: "rewritten";
      /** What is left, in words. */
      readonly to: string;
      /** @returns how many rows it rewrote */
      readonly rewrite: (tx: Transaction, subject: Subject) => Promise<number>;
    }
  | { readonly kind: "kept"; readonly why: string };

export type ExportedRow = Readonly<Record<string, unknown>>;

/** How a table is about people: what is theirs, what they get to see, and what becomes of it. */
export interface PersonalTable {
  readonly table: PgTable;
  /** As the database calls it. */
  readonly name: string;
  readonly columns: Readonly<Record<string, PgColumn>>;
  /** Whose a row is, in words. */
  readonly whose: string;
  /** Its name in an export; `null` where none of it is in there. */
  readonly key: string | null;
  readonly isTheirs: (subject: Subject) => SQL;
  /** Columns that an export has as they are. */
  readonly exported: readonly string[];
  /** Columns that an export has decrypted. */
  readonly encrypted: readonly string[];
  /** Columns that an export has as files of their own. */
  readonly files: readonly string[];
  /** Columns that an export has not: secrets, data of others, and what keeps the books of the database. */
  readonly withheld: readonly string[];
  /** Reads what an export has, where that is not simply its columns. */
  readonly read?: (db: Queryable, subject: Subject) => Promise<readonly ExportedRow[]>;
  readonly erasure: Erasure;
  /** How long it is kept of who is not erased, in words. */
  readonly keptFor: string;
}

type ColumnOf<Table extends PgTable> = keyof Table["_"]["columns"] & string;

interface Description<Table extends PgTable> extends Pick<
  PersonalTable,
  "whose" | "key" | "isTheirs" | "read" | "erasure" | "keptFor"
> {
  readonly exported: readonly ColumnOf<Table>[];
  readonly encrypted?: readonly ColumnOf<Table>[];
  readonly files?: readonly ColumnOf<Table>[];
  readonly withheld: readonly ColumnOf<Table>[];
}

/** Describes a table that holds something of people. */
export function personal<Table extends PgTable>(
  table: Table,
  { encrypted = [], files = [], ...description }: Description<Table>,
): PersonalTable {
  return {
    table,
    name: getTableName(table),
    columns: getTableColumns(table),
    encrypted,
    files,
    ...description,
  };
}
