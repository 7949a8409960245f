import { is, Param, Placeholder, SQL, StringChunk } from "drizzle-orm";
import { PgDialect, type PgSelectConfig } from "drizzle-orm/pg-core";
import { encodeValue, type WireValue } from "./values.ts";

/** Where a declared parameter stands in a statement: knows its SQL type, and how its values are encoded. */
class TypedPlaceholder extends Placeholder<string, unknown> {
  readonly sqlType: string;
  readonly encode: (value: unknown) => WireValue;

  constructor(name: string, sqlType: string, encode: (value: unknown) => WireValue) {
    super(name);
    this.sqlType = sqlType;
    this.encode = encode;
  }
}

/**
 * A declared parameter as a query's author uses it: anywhere Drizzle takes SQL, and, by its shape, where Drizzle's types ask for a
 * placeholder (`limit`).
 */
export class Slot<Name extends string = string, Value = unknown> extends SQL<Value> {
  readonly name: Name;
  /** Drizzle's placeholders carry their value's type in a property of this name. */
  declare readonly protected: Value;

  constructor(name: Name, sqlType: string, encode: (value: unknown) => WireValue) {
    super([new TypedPlaceholder(name, sqlType, encode)]);
    this.name = name;
  }
}

/** The number of a LIMIT, as part of the statement. */
class LiteralLimit extends SQL<number> {
  readonly name = "limit";
  /** As of `Slot`. */
  declare readonly protected: number;

  constructor(limit: number) {
    if (!Number.isSafeInteger(limit) || limit < 0)
      throw new RangeError(`A limit is a number of rows, and not ${limit}`);
    super([new StringChunk(String(limit))]);
  }
}

/**
 * Drizzle's PostgreSQL dialect, which says the type of every declared parameter (`$1::uuid`): the server never has to guess it
 * ("could not determine data type of parameter"), whichever way a statement uses it. And a number that limits a list stands in the
 * statement: of a limit that is a parameter PostgreSQL expects a tenth of all rows, and would rather sort a large table than take a page from
 * an index.
 */
export class TypedDialect extends PgDialect {
  override buildSelectQuery(config: PgSelectConfig): SQL {
    const { limit } = config;
    return super.buildSelectQuery(
      typeof limit === "number" ? { ...config, limit: new LiteralLimit(limit) } : config,
    );
  }

  override escapeParam(index: number, value?: unknown): string {
    return value instanceof TypedPlaceholder ? `$${index + 1}::${value.sqlType}` : `$${index + 1}`;
  }
}

/** How to get one parameter of a statement from the values of an execution. */
export type ParameterSource = (values: Readonly<Record<string, unknown>>) => WireValue;

/** Constants are encoded once, here. */
export function parameterSource(parameter: unknown): ParameterSource {
  if (parameter instanceof TypedPlaceholder) {
    const { name, encode } = parameter;
    return (values) => {
      const value = values[name];
      if (value === undefined)
        throw new TypeError(`The parameter "${name}" is missing: give null for "no value"`);
      return encode(value);
    };
  }
  if (is(parameter, Placeholder)) {
    const { name } = parameter;
    return (values) => encodeValue(values[name]);
  }
  if (is(parameter, Param) && is(parameter.value, Placeholder)) {
    const { encoder, value } = parameter;
    const { name } = value;
    return (values) => encodeValue(encoder.mapToDriverValue(values[name]));
  }
  const constant = encodeValue(parameter);
  return () => constant;
}
