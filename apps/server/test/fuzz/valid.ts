import fc from "fast-check";
import type { Dice } from "./dice.ts";
import type { JsonSchema } from "./json-schema.ts";

/** What is there, by the name of the field that refers to it: so that inputs lead somewhere. */
export type Known = ReadonlyMap<string, readonly unknown[]>;

/** Words of several scripts, with and without what is hard to write. */
const WORDS = [
  "Ada",
  "Kaya Öztürk",
  "Åse",
  "課程",
  "O'Neil",
  "a",
  "Prüfung & Co",
  "نور",
  "x".repeat(30),
];

const patterns = new Map<string, fc.Arbitrary<string>>();

/** A text that a pattern takes; of those that are about what must not be there, any word will do. */
function matching(pattern: string, dice: Dice): string {
  let arbitrary = patterns.get(pattern);
  if (arbitrary === undefined) {
    arbitrary = fc.stringMatching(new RegExp(pattern, "u"), { size: "small" });
    patterns.set(pattern, arbitrary);
  }
  const [text = ""] = fc.sample(arbitrary, { numRuns: 1, seed: dice.whole(0, 2 ** 31 - 1) });
  return text;
}

function hex(dice: Dice, length: number): string {
  return Array.from({ length }, () => dice.whole(0, 15).toString(16)).join("");
}

function uuid(dice: Dice): string {
  return `${hex(dice, 8)}-${hex(dice, 4)}-7${hex(dice, 3)}-8${hex(dice, 3)}-${hex(dice, 12)}`;
}

function instant(dice: Dice): string {
  return new Date(
    Date.UTC(2020 + dice.whole(0, 15), dice.whole(0, 11), dice.whole(1, 28), dice.whole(0, 23)),
  ).toISOString();
}

function fitted(text: string, { minLength = 0, maxLength = 200 }: JsonSchema): string {
  return text.slice(0, maxLength).padEnd(Math.min(minLength, 200), "x");
}

function textOf(schema: JsonSchema, dice: Dice): string {
  switch (schema.format) {
    case "uuid":
      return uuid(dice);
    case "email":
      return `p${hex(dice, 8)}@example.com`;
    case "date-time":
      return instant(dice);
    case "date":
      return instant(dice).slice(0, 10);
    case "uri":
      return `https://example.com/${hex(dice, 6)}`;
    default:
      break;
  }
  const pattern = schema.pattern ?? firstPattern(schema.allOf ?? []);
  // What only forbids takes a word as it is.
  if (pattern !== undefined && !pattern.startsWith("^[^") && pattern !== "\\S") {
    const { minLength = 0, maxLength = Infinity } = schema;
    const text = matching(pattern, dice);
    if (text.length >= minLength && text.length <= maxLength) return text;
  }
  return fitted(dice.oneOf(WORDS), schema);
}

function firstPattern(schemas: readonly JsonSchema[]): string | undefined {
  const found = schemas.map(({ pattern }) => pattern).filter((pattern) => pattern !== undefined);
  return found.find((pattern) => !pattern.startsWith("^[^") && pattern !== "\\S") ?? found[0];
}

function numberOf(schema: JsonSchema, dice: Dice): number {
  const { minimum = -1000, maximum = 1000, exclusiveMinimum } = schema;
  const from = Math.max(minimum, exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 1);
  const to = Math.min(maximum, from + 100);
  return dice.isOnceIn(4)
    ? dice.oneOf([from, Math.min(maximum, Number.MAX_SAFE_INTEGER)])
    : dice.whole(from, to);
}

/**
 * @param name of the field that it is for
 * @returns something that a schema takes, nearly always: what a pattern can't say is left to the server
 */
export function validValue(schema: JsonSchema, dice: Dice, known: Known, name = ""): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return dice.oneOf(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return validValue(dice.oneOf(choices), dice, known, name);
  const there = known.get(name);
  if (there !== undefined && there.length > 0 && !dice.isOnceIn(5)) return dice.oneOf(there);
  const type = typeof schema.type === "string" ? schema.type : schema.type?.[0];
  switch (type) {
    case "object":
      return objectOf(schema, dice, known);
    case "array": {
      const { minItems = 0, maxItems = 3, items = {} } = schema;
      const length = dice.whole(minItems, Math.min(maxItems, minItems + 3));
      return Array.from({ length }, () => validValue(items, dice, known, name));
    }
    case "string":
      return textOf(schema, dice);
    case "integer":
      return numberOf(schema, dice);
    case "number":
      return numberOf(schema, dice);
    case "boolean":
      return dice.isOnceIn(2);
    case "null":
      return null;
    default:
      return dice.oneOf([null, "text", 1, true, {}, []]);
  }
}

function objectOf(schema: JsonSchema, dice: Dice, known: Known): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const isRequired = schema.required?.includes(name) === true;
    if (isRequired || dice.isOnceIn(2)) object[name] = validValue(property, dice, known, name);
  }
  if (schema.properties === undefined && typeof schema.additionalProperties === "object") {
    for (let count = dice.whole(0, 3); count > 0; count -= 1) {
      object[dice.oneOf(WORDS)] = validValue(schema.additionalProperties, dice, known);
    }
  }
  return object;
}
