/**
 * Values on their way to PostgreSQL and back, in its text format.
 *
 * Everything is encoded here and reaches the driver as text, so that the type of a parameter is the server's to say and one
 * statement has one signature: the driver would prepare `null` and `true` as two statements.
 */

/** A parameter as it goes over the wire. */
export type WireValue = string | null;

/**
 * Encodes a value by what it is. Where the column or a codec is known, that one encodes first.
 * @throws TypeError for undefined, functions and symbols: a missing value must be said to be `null`
 */
export function encodeValue(value: unknown): WireValue {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
      return String(value);
    case "boolean":
      return value ? "t" : "f";
    case "object":
      return value === null ? null : encodeObject(value);
    default:
      throw new TypeError(`A parameter is ${typeof value}: give null for "no value"`);
  }
}

function encodeObject(value: object): string {
  if (value instanceof Date) return encodeDate(value);
  if (value instanceof Uint8Array) return encodeBytes(value);
  if (Array.isArray(value)) return encodeArray(value);
  if (isTemporal(value)) return encodeTemporal(value);
  return JSON.stringify(value);
}

/** @throws RangeError for an invalid Date, which PostgreSQL would only refuse as bad syntax */
export function encodeDate(value: Date): string {
  return value.toISOString();
}

const ZERO = 48;
/** Where the digits of a point in time begin, as PostgreSQL writes it in UTC: `2026-03-29 01:00:00.123456+00`. */
const AT = { month: 5, day: 8, hour: 11, minute: 14, second: 17, millisecond: 20 } as const;
const SECONDS_END = 19;
const UTC = "+00";
/** `Date.UTC` takes the years before for those of the twentieth century, whose leap years are the same. */
const FIRST_PLAIN_YEAR = 100;

/**
 * Reads a point in time with a zone, in ISO style: several times as fast as the engine, which has no reader for this form but a slow
 * one for any.
 *
 * @returns an invalid Date for what is none, such as `infinity`; what is less than a millisecond is cut off
 */
export function decodeDate(text: string): Date {
  const fraction = text.length - SECONDS_END - UTC.length;
  const year = digits(text, 0, 4);
  const isUsual =
    text.endsWith(UTC) &&
    text[4] === "-" &&
    text[10] === " " &&
    (fraction === 0 || (text[SECONDS_END] === "." && fraction > 1));
  if (!isUsual) return new Date(text);
  const known = Math.min(Math.max(fraction - 1, 0), 3);
  const at = new Date(
    Date.UTC(
      year,
      digits(text, AT.month, 2) - 1,
      digits(text, AT.day, 2),
      digits(text, AT.hour, 2),
      digits(text, AT.minute, 2),
      digits(text, AT.second, 2),
      digits(text, AT.millisecond, known) * 10 ** (3 - known),
    ),
  );
  if (year < FIRST_PLAIN_YEAR) at.setUTCFullYear(year);
  return at;
}

function digits(text: string, from: number, length: number): number {
  let value = 0;
  for (let index = from; index < from + length; index += 1) {
    value = value * 10 + text.charCodeAt(index) - ZERO;
  }
  return value;
}

/** The hex format of `bytea`. */
export function encodeBytes(value: Uint8Array): string {
  return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`;
}

/** Array literal (PostgreSQL manual, 8.15.2), every element quoted; nested arrays become dimensions. */
export function encodeArray(values: readonly unknown[]): string {
  const elements = values.map((value) =>
    Array.isArray(value) ? encodeArray(value) : element(encodeValue(value)),
  );
  return `{${elements.join(",")}}`;
}

/** Literal of a one-dimensional array, whose elements that function encodes. */
export function encodeList<T>(values: readonly T[], encode: (value: T) => WireValue): string {
  return `{${values.map((value) => element(encode(value))).join(",")}}`;
}

function element(text: WireValue): string {
  return text === null ? "NULL" : `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

type TemporalValue =
  | Temporal.Instant
  | Temporal.ZonedDateTime
  | Temporal.PlainDate
  | Temporal.PlainDateTime
  | Temporal.PlainTime
  | Temporal.Duration;

function isTemporal(value: object): value is TemporalValue {
  return (
    value instanceof Temporal.Instant ||
    value instanceof Temporal.ZonedDateTime ||
    value instanceof Temporal.PlainDate ||
    value instanceof Temporal.PlainDateTime ||
    value instanceof Temporal.PlainTime ||
    value instanceof Temporal.Duration
  );
}

function encodeTemporal(value: TemporalValue): string {
  // PostgreSQL does not read "2026-03-01T09:00+01:00[Europe/Oslo]"; the instant is what a timestamptz keeps.
  return value instanceof Temporal.ZonedDateTime ? value.toInstant().toString() : value.toString();
}

/**
 * Reads an array literal, nested dimensions and explicit bounds included.
 * @param parse turns the text of one element into its value; NULL elements become null without it
 */
export function parseArray<T>(literal: string, parse: (text: string) => T): NestedArray<T> {
  // "[0:2]={1,2,3}" names bounds that JavaScript has no use for.
  let position = literal.indexOf("{");
  return readArray();

  function readArray(): NestedArray<T> {
    const elements: NestedArray<T> = [];
    position++;
    while (literal[position] !== "}") {
      if (literal[position] === "{") elements.push(readArray());
      else if (literal[position] === '"') elements.push(parse(readQuoted()));
      else {
        const text = readBare();
        elements.push(text === "NULL" ? null : parse(text));
      }
      if (literal[position] === ",") position++;
      else if (literal[position] !== "}") throw new SyntaxError("Not an array literal");
    }
    position++;
    return elements;
  }

  function readQuoted(): string {
    let text = "";
    for (position++; literal[position] !== '"'; position++) {
      if (position >= literal.length) throw new SyntaxError("Not an array literal");
      if (literal[position] === "\\") position++;
      text += literal[position] ?? "";
    }
    position++;
    return text;
  }

  function readBare(): string {
    const start = position;
    while (position < literal.length && literal[position] !== "," && literal[position] !== "}")
      position++;
    return literal.slice(start, position);
  }
}

export type NestedArray<T> = (T | null | NestedArray<T>)[];
