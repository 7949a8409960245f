import { Column, getTableName, is, SQL, Subquery } from "drizzle-orm";
import { PgJson, PgJsonb, PgTimestamp, type PgColumn } from "drizzle-orm/pg-core";
import { decodeDate } from "./values.ts";

/** A column of a statement's answer, and where its value goes in the row that the caller gets. */
export interface SelectedField {
  /** Place among the columns, from 0. */
  readonly index: number;
  readonly path: readonly string[];
  readonly field: PgColumn | SQL | SQL.Aliased | Subquery | Decoder;
}

/** Finds the fields of a statement whose columns are known by name, once they are known. */
export type FieldsByName = (columnNames: readonly string[]) => readonly SelectedField[];

export type RowMapper = (row: readonly unknown[]) => Record<string, unknown>;
type Decode = (value: unknown) => unknown;

/**
 * Makes the function that turns a row's array into an object, so that what depends on the statement alone is worked out once
 * and not for every row, as Drizzle's own mapper does. The outcome is the same: nested objects for joined tables, and null for a joined
 * table without a row.
 *
 * @param joins by the name of a joined table: whether it always has a row; undefined without joins
 */
export function rowMapper(
  fields: readonly SelectedField[],
  joins: Readonly<Record<string, boolean>> | undefined,
): RowMapper {
  const readers = fields.map(({ index, path, field }) => ({
    index,
    parents: path.slice(0, -1),
    key: path.at(-1) ?? "",
    decode: decoderOf(field),
  }));
  return readers.every(({ parents }) => parents.length === 0)
    ? flatMapper(readers)
    : nestedMapper(readers, joins ? optionalTables(fields, joins) : []);
}

interface Reader {
  readonly index: number;
  readonly parents: readonly string[];
  readonly key: string;
  readonly decode: Decode | undefined;
}

function flatMapper(readers: readonly Reader[]): RowMapper {
  return (row) => {
    const result: Record<string, unknown> = {};
    for (const { index, key, decode } of readers) result[key] = read(row[index], decode);
    return result;
  };
}

function nestedMapper(readers: readonly Reader[], optional: readonly OptionalTable[]): RowMapper {
  return (row) => {
    const result: Record<string, unknown> = {};
    for (const { index, parents, key, decode } of readers) {
      let node = result;
      for (const parent of parents) {
        const next = node[parent];
        node = isRecord(next) ? next : (node[parent] = {});
      }
      node[key] = read(row[index], decode);
    }
    for (const { key, indexes } of optional) {
      if (indexes.every((index) => row[index] === null)) result[key] = null;
    }
    return result;
  };
}

interface OptionalTable {
  readonly key: string;
  readonly indexes: readonly number[];
}

/** Objects that hold columns of one table only, where that table's join may find no row. */
function optionalTables(
  fields: readonly SelectedField[],
  joins: Readonly<Record<string, boolean>>,
): OptionalTable[] {
  const tables = new Map<string, { names: Set<string>; indexes: number[] }>();
  for (const { index, path, field } of fields) {
    if (path.length !== 2 || !is(field, Column)) continue;
    const key = path[0] ?? "";
    const entry = tables.get(key) ?? { names: new Set(), indexes: [] };
    entry.names.add(getTableName(field.table));
    entry.indexes.push(index);
    tables.set(key, entry);
  }
  return [...tables]
    .filter(
      ([, { names }]) => names.size === 1 && [...names].every((name) => joins[name] === false),
    )
    .map(([key, { indexes }]) => ({ key, indexes }));
}

function read(value: unknown, decode: Decode | undefined): unknown {
  return value === null || decode === undefined ? value : decode(value);
}

/** Undefined where the driver's value is the caller's value already. */
function decoderOf(field: SelectedField["field"]): Decode | undefined {
  if (is(field, Column)) return columnDecoder(field);
  if (isDecoder(field)) return (value) => field.mapFromDriverValue(value);
  const source = is(field, SQL) ? field : is(field, Subquery) ? field._.sql : field.sql;
  const decoder: unknown = Reflect.get(source, "decoder");
  if (is(decoder, Column)) return columnDecoder(decoder);
  return isDecoder(decoder) && decoder !== plainDecoder
    ? (value) => decoder.mapFromDriverValue(value)
    : undefined;
}

/** @returns what makes of the driver's value what Drizzle's column would; undefined where they are the same */
export function columnDecoder(column: Column): Decode | undefined {
  // The driver has parsed JSON: Drizzle's column would parse a JSON string that happens to look like JSON once more.
  if (is(column, PgJson) || is(column, PgJsonb)) return undefined;
  if (is(column, PgTimestamp) && column.withTimezone) return (value) => decodeDate(String(value));
  const isPlain =
    Reflect.get(column, "mapFromDriverValue") ===
    Reflect.get(Column.prototype, "mapFromDriverValue");
  return isPlain ? undefined : (value) => column.mapFromDriverValue(value);
}

interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

function isDecoder(value: unknown): value is Decoder {
  return isRecord(value) && typeof value["mapFromDriverValue"] === "function";
}

/** What Drizzle gives to SQL that nobody gave a decoder. */
const plainDecoder: unknown = Reflect.get(new SQL([]), "decoder");

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
