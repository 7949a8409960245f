import { z } from "zod";

/**
 * Filters as they stand in addresses: `?status=confirmed&status=held&late=1`. An address may be mistyped, cut or years
 * old: each filter that is not right is left out, and the rest still works. Made of these, a shape says which filters a
 * list has.
 */

/** What an address gives for one name: nothing, a text, or several. */
type Raw = string | string[] | undefined;

const LONGEST_CHOICE = 50;
const ONE_LINE = /^[^\u0000-\u001F\u007F\u2028\u2029]*$/u;
const DAY = /^[12]\d{3}-\d{2}-\d{2}$/u;

function first(raw: unknown): unknown {
  return Array.isArray(raw) ? raw[0] : raw;
}

function listOf(raw: unknown): unknown[] {
  if (raw === undefined) return [];
  return Array.isArray(raw) ? raw : [raw];
}

/** Words that are looked for. */
export function textFilter(max = 200) {
  return z
    .preprocess(first, z.string().trim().min(1).max(max).regex(ONE_LINE))
    .optional()
    .catch(undefined);
}

/** One of the values of a shape, such as an enumeration of the contract. */
export function oneFilter<Value>(shape: z.ZodType<Value>) {
  return z.preprocess(first, shape).optional().catch(undefined);
}

/** Several of the values of a shape, those that are not right left out. */
export function manyFilter<Value>(shape: z.ZodType<Value>) {
  return z
    .preprocess(listOf, z.array(z.unknown()))
    .transform((values): Value[] | undefined => {
      const right = [...new Set(values)].flatMap((value) => {
        const parsed = shape.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      });
      return right.length === 0 ? undefined : right.slice(0, LONGEST_CHOICE);
    })
    .optional()
    .catch(undefined);
}

/** A local date, `2027-03-01`. */
export function dayFilter() {
  return z.preprocess(first, z.string().regex(DAY).refine(isDay)).optional().catch(undefined);
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** `?late=1`: only those that are so. */
export function flagFilter() {
  return z
    .preprocess(first, z.literal("1"))
    .transform(() => true)
    .optional()
    .catch(undefined);
}

/** A shape whose filters are all optional. */
export type FilterShape = z.ZodObject<Record<string, z.ZodType>>;

export type FiltersOf<Shape extends FilterShape> = z.output<Shape>;

/** @returns the filters that stand in the query of an address */
export function readFilters<Shape extends FilterShape>(
  shape: Shape,
  search: Readonly<Record<string, unknown>>,
): FiltersOf<Shape> {
  return shape.parse(search);
}

/** The query of an address, by name: what is chosen, as text. */
export function writeFilters(filters: Readonly<Record<string, unknown>>): Record<string, Raw> {
  const written: Record<string, Raw> = {};
  for (const [name, value] of Object.entries(filters)) {
    if (value === true) written[name] = "1";
    else if (typeof value === "string" && value !== "") written[name] = value;
    else if (typeof value === "number") written[name] = String(value);
    else if (Array.isArray(value) && value.length > 0) written[name] = value.map(String);
  }
  return written;
}

/** @returns how many choices are made: each of several counts */
export function countFilters(filters: Readonly<Record<string, unknown>>): number {
  return Object.values(writeFilters(filters)).flat().length;
}
