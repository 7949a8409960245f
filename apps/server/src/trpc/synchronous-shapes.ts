import { z } from "zod";

/**
 * Whether a shape surely parses without waiting for anything. Only functions that its author wrote can make it wait, and which of
 * them do shows when they are called alone: so a shape with any is not taken for one. What zod checks by itself never waits.
 */
export function isSurelySynchronous(shape: unknown): shape is z.ZodType {
  return isSynchronous(shape, new Set());
}

/** Shapes may hold themselves. */
type Seen = Set<z.ZodType>;

function isSynchronous(shape: unknown, seen: Seen): boolean {
  if (!(shape instanceof z.ZodType)) return false;
  if (seen.has(shape)) return true;
  seen.add(shape);
  const { def } = shape._zod;
  if (def.checks?.some(({ _zod }) => !CHECKS_OF_ZOD.has(_zod.def.check)) === true) return false;
  const parts = partsOf(shape);
  return parts !== undefined && parts.every((part) => isSynchronous(part, seen));
}

/** Those that hold no function of an author's. */
const CHECKS_OF_ZOD: ReadonlySet<string> = new Set([
  "less_than",
  "greater_than",
  "multiple_of",
  "number_format",
  "bigint_format",
  "max_size",
  "min_size",
  "size_equals",
  "max_length",
  "min_length",
  "length_equals",
  "string_format",
  "mime_type",
  // Such as `trim()`: what it gives is taken as it is.
  "overwrite",
]);

/** @returns the shapes within a shape; `undefined` for one that may hold a function of an author's */
function partsOf(shape: z.ZodType): readonly unknown[] | undefined {
  if (shape instanceof z.ZodObject) {
    const { shape: properties, catchall } = shape.def;
    const all: readonly unknown[] = Object.values(properties);
    return catchall === undefined ? all : [...all, catchall];
  }
  if (shape instanceof z.ZodArray) return [shape.def.element];
  if (shape instanceof z.ZodUnion) return shape.def.options;
  if (shape instanceof z.ZodRecord) return [shape.def.keyType, shape.def.valueType];
  if (
    shape instanceof z.ZodOptional ||
    shape instanceof z.ZodNullable ||
    shape instanceof z.ZodReadonly ||
    shape instanceof z.ZodDefault
  ) {
    return [shape.def.innerType];
  }
  return LEAVES.has(shape._zod.def.type) ? [] : undefined;
}

const LEAVES: ReadonlySet<string> = new Set([
  "string",
  "number",
  "int",
  "bigint",
  "boolean",
  "date",
  "null",
  "undefined",
  "void",
  "any",
  "unknown",
  "never",
  "literal",
  "enum",
]);
