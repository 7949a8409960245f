import { type FieldCipher, decryptIfEncrypted } from "@lectern/auth/encryption/field-cipher";
import type { Queryable } from "@lectern/database/queryable";
import type { SelectedFields } from "drizzle-orm/pg-core";
import { PERSONAL_DATA } from "../personal-data.ts";
import type { ExportedRow, PersonalTable } from "../personal-table.ts";
import type { Subject } from "../subject.ts";

/** All that is kept about somebody, by what it is called in an export. */
export type Collected = Readonly<Record<string, readonly ExportedRow[]>>;

/**
 * Reads everything that is kept about somebody, encrypted fields decrypted, but for secrets and for what
 * would be written to files of its own.
 *
 * @throws Error for a field whose key is not there any more
 */
export async function collect(
  db: Queryable,
  fields: FieldCipher,
  subject: Subject,
): Promise<Collected> {
  const collected: Record<string, readonly ExportedRow[]> = {};
  for (const table of PERSONAL_DATA) {
    if (table.key === null) continue;
    collected[table.key] = await readTable(db, fields, subject, table);
  }
  return collected;
}

async function readTable(
  db: Queryable,
  fields: FieldCipher,
  subject: Subject,
  described: PersonalTable,
): Promise<readonly ExportedRow[]> {
  const { table, isTheirs, read, exported, encrypted } = described;
  if (read !== undefined) return read(db, subject);
  const selected: SelectedFields = {};
  for (const name of [...exported, ...encrypted]) {
    const column = described.columns[name];
    if (column === undefined) throw new TypeError(`There is no column ${name}`);
    selected[name] = column;
  }
  const found = await db.select(selected).from(table).where(isTheirs(subject));
  if (encrypted.length === 0) return found;
  return Promise.all(found.map((row) => decryptRow(fields, described, row)));
}

async function decryptRow(
  fields: FieldCipher,
  { name: table, columns, encrypted }: PersonalTable,
  row: ExportedRow,
): Promise<ExportedRow> {
  const open: Record<string, unknown> = { ...row };
  for (const name of encrypted) {
    const stored = row[name];
    const column = columns[name];
    if (typeof stored !== "string" || column === undefined) continue;
    const place = { table, column: column.name, id: String(row["id"]) };
    open[name] = await decryptIfEncrypted(fields, place, stored);
  }
  return open;
}
