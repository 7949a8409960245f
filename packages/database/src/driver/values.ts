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
