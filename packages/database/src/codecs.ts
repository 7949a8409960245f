import { Column, type DriverValueMapper } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { columnDecoder } from "./driver/rows.ts";
import {
  decodeDate,
  encodeBytes,
  encodeDate,
  encodeList,
  encodeValue,
  parseArray,
  type WireValue,
} from "./driver/values.ts";

/**
 * A type of PostgreSQL and what it is in TypeScript. Declares parameters and columns of prepared queries, and serves
 * wherever Drizzle takes a decoder: sql`count(*)`.mapWith(int8).
 */
export interface Codec<T> extends DriverValueMapper<T, unknown> {
  readonly sqlType: string;
  mapToDriverValue(value: T): WireValue;
  mapFromDriverValue(value: unknown): T;
}

function codec<T>(
  sqlType: string,
  encode: (value: T) => WireValue,
  decode: (value: unknown) => T,
): Codec<T> {
  return { sqlType, mapToDriverValue: encode, mapFromDriverValue: decode };
}

export const text = codec<string>("text", String, String);
export const uuid = codec<string>("uuid", String, String);
export const bool = codec<boolean>(
  "boolean",
  (value) => (value ? "t" : "f"),
  (value) => value === true || value === "t",
);
export const int4 = codec<number>("integer", encodeInteger, decodeInteger);
/** As a number: refuses what a number can't hold exactly. */
export const int8 = codec<number>("bigint", encodeInteger, decodeInteger);
export const float8 = codec<number>("double precision", String, Number);
/** Decimal digits, exact. */
export const numeric = codec<string>("numeric", String, String);
export const bytea = codec<Uint8Array>("bytea", encodeBytes, decodeBytes);
/** A point in time as a Date (milliseconds). */
export const timestamptz = codec<Date>("timestamptz", encodeDate, (value) =>
  decodeDate(String(value)),
);
/** A point in time with the microseconds that PostgreSQL keeps. */
export const instant = codec<Temporal.Instant>("timestamptz", String, decodeInstant);
/** A wall-clock time without a zone. */
export const timestamp = codec<Temporal.PlainDateTime>("timestamp", String, (value) =>
  Temporal.PlainDateTime.from(String(value)),
);
export const date = codec<Temporal.PlainDate>("date", String, (value) =>
  Temporal.PlainDate.from(String(value)),
);
export const time = codec<Temporal.PlainTime>("time", String, (value) =>
  Temporal.PlainTime.from(String(value)),
);
/** Any JSON; jsonb(parse) says what is in it. */
export const json = codec<unknown>("jsonb", JSON.stringify, (value) => value);

/** JSON of a known shape: the function checks what comes from the database, e.g. a zod schema's `parse`. */
export function jsonb<T>(parse: (value: unknown) => T): Codec<T> {
  return codec<T>("jsonb", JSON.stringify, parse);
}

/** What a parameter or a result column can be declared as: a codec, or a column of the schema, whose type and conversion it takes over. */
export type Declaration = Codec<unknown> | PgColumn;

/** The values that a declared parameter takes. A column's are never null: nullable(column) says otherwise. */
export type ValueOf<D> = D extends PgColumn
  ? Taken<D["_"]["data"]>
  : D extends Codec<infer T>
    ? T
    : never;

/** What is only read may be read-only. */
type Taken<T> = T extends readonly (infer Element)[] ? readonly Element[] : T;

/** The same, or null. */
export function nullable<T>(declaration: Codec<T>): Codec<T | null>;
export function nullable<C extends PgColumn>(declaration: C): Codec<C["_"]["data"] | null>;
export function nullable(declaration: Declaration): Codec<unknown> {
  const inner = codecOf(declaration);
  return codec<unknown>(
    inner.sqlType,
    (value) => (value === null ? null : inner.mapToDriverValue(value)),
    (value) => (value === null ? null : inner.mapFromDriverValue(value)),
  );
}

/** A one-dimensional array of it. */
export function arrayOf<T>(declaration: Codec<T>): Codec<readonly T[]>;
export function arrayOf<C extends PgColumn>(declaration: C): Codec<readonly C["_"]["data"][]>;
export function arrayOf(declaration: Declaration): Codec<readonly unknown[]> {
  const inner = codecOf(declaration);
  return codec<readonly unknown[]>(
    `${inner.sqlType}[]`,
    (values) => encodeList(values, (value) => inner.mapToDriverValue(value)),
    // The driver knows PostgreSQL's own types, and hands over an array of an enum as it came.
    (value) => toList(value).map((element) => inner.mapFromDriverValue(element)),
  );
}

/** Any declaration as a codec. */
export function codecOf(declaration: Declaration): Codec<unknown> {
  if (!(declaration instanceof Column)) return declaration;
  return codec<unknown>(
    withoutModifier(declaration.getSQLType()),
    (value) => encodeValue(declaration.mapToDriverValue(value)),
    columnDecoder(declaration) ?? ((value) => value),
  );
}

/** A cast to varchar(3) cuts the value off where an assignment would refuse it: the parameter's type goes without such limits. */
function withoutModifier(sqlType: string): string {
  return sqlType.replace(/\s*\(\d+(?:,\s*\d+)?\)/, "");
}

function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return parseArray(String(value), (element) => element);
}

function encodeInteger(value: number): string {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${value} is not an integer that a number holds exactly`);
  return String(value);
}

function decodeInteger(value: unknown): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`${String(value)} is more than a number holds exactly`);
  return number;
}

function decodeBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return Buffer.from(String(value).slice(2), "hex");
}

/** PostgreSQL writes "2026-03-01 09:00:00.5+00", which ISO 8601 allows but for the blank. */
function decodeInstant(value: unknown): Temporal.Instant {
  return Temporal.Instant.from(String(value));
}
