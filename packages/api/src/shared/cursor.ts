import { invalid } from "../domain-error.ts";
import type { z } from "zod";

/**
 * Keyset cursors: the sort key of the last row of a page, written as opaque text. They carry no
 * secret and are checked like any other input.
 */

/** @param key the last row's sort key: strings and numbers alone */
export function encodeCursor(key: readonly (string | number | boolean | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/**
 * @param cursor from the wire; nothing for the first page
 * @param shape what the key of this list looks like
 * @returns the key to continue after, or `undefined` for the first page
 * @throws Invalid for a cursor that this list did not make
 */
export function decodeCursor<Shape extends z.ZodType>(
  cursor: string | null | undefined,
  shape: Shape,
): z.infer<Shape> | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    key = undefined;
  }
  const parsed = shape.safeParse(key);
  if (!parsed.success)
    throw invalid("cursor", "The cursor is not one of this list: start again without it.");
  return parsed.data;
}
