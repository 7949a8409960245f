import { type Param, Placeholder } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { encodeValue, type WireValue } from "./values.ts";

/** The place of a declared parameter in a prepared query: knows its SQL type and how its values are encoded. */
export class Slot<Name extends string = string, Value = unknown> extends Placeholder<Name, Value> {
  readonly sqlType: string;
  readonly encode: (value: unknown) => WireValue;

  constructor(name: Name, sqlType: string, encode: (value: unknown) => WireValue) {
    super(name);
    this.sqlType = sqlType;
    this.encode = encode;
  }
}

/**
 * Drizzle's PostgreSQL dialect, which says the type of every declared parameter (`$1::uuid`): the server never has to guess it
 * ("could not determine data type of parameter"), whichever way a statement uses it.
 */
export class TypedDialect extends PgDialect {
  override escapeParam(index: number, value?: unknown): string {
    const slot = slotOf(value);
    return slot ? `$${index + 1}::${slot.sqlType}` : `$${index + 1}`;
  }
}

/** A slot stands in a statement by itself, or inside the parameter that Drizzle wraps round the value of a column. */
function slotOf(value: unknown): Slot | undefined {
  const inner = isParam(value) ? value.value : value;
  return inner instanceof Slot ? inner : undefined;
}

/** How to get one parameter of a statement from the values of an execution. */
export type ParameterSource = (values: Readonly<Record<string, unknown>>) => WireValue;

/** Constants are encoded once, here. */
export function parameterSource(parameter: unknown): ParameterSource {
  const slot = slotOf(parameter);
  if (slot) return (values) => slot.encode(values[slot.name]);
  if (parameter instanceof Placeholder) return (values) => encodeValue(values[parameter.name]);
  if (isParam(parameter) && parameter.value instanceof Placeholder) {
    const { value, encoder } = parameter;
    return (values) => encodeValue(encoder.mapToDriverValue(values[value.name]));
  }
  const constant = encodeValue(parameter);
  return () => constant;
}

function isParam(value: unknown): value is Param {
  return typeof value === "object" && value !== null && "encoder" in value && "value" in value;
}
