import { is, Param, Placeholder, SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
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

/**
 * Drizzle's PostgreSQL dialect, which says the type of every declared parameter (`$1::uuid`): the server never has to guess it
 * ("could not determine data type of parameter"), whichever way a statement uses it.
 */
export class TypedDialect extends PgDialect {
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
