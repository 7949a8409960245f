/** A JSON object whose properties nobody vouches for. */
export type JsonNode = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is JsonNode {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @returns whether a text names something everywhere: a URL or URN, and not `#part` or `_:b0` */
export function isAbsoluteIri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/iu.test(text);
}
