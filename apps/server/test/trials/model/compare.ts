import { isDeepStrictEqual } from "node:util";

/**
 * @param said whose the values are
 * @returns where two values differ, one line each; none where they are alike
 */
export function differences(
  one: unknown,
  other: unknown,
  said: readonly [string, string] = ["by the rules", "in the engine"],
  path: readonly string[] = [],
): string[] {
  if (isDeepStrictEqual(one, other)) return [];
  if (!isRecord(one) || !isRecord(other)) {
    const where = path.length === 0 ? "all" : path.join(".");
    return [`${where}: ${written(one)} ${said[0]}, ${written(other)} ${said[1]}`];
  }
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...fields].flatMap((field) =>
    differences(one[field], other[field], said, [...path, field]),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function written(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
