import type { Random } from "./random.ts";

/**
 * A version 7 UUID (RFC 9562, section 5.7) whose random bits come from the demo's own generator, so
 * that the same demo has the same identifiers everywhere.
 *
 * @param milliseconds since the Unix epoch: when the row came to be
 */
export function createUuid(milliseconds: number, random: Random): string {
  const time = milliseconds.toString(16).padStart(12, "0");
  const version = 0x7000 | random.integer(0, 0x0fff);
  const variant = 0x8000 | random.integer(0, 0x3fff);
  const rest = hex(random.integer(0, 0xffffff)) + hex(random.integer(0, 0xffffff));
  return `${time.slice(0, 8)}-${time.slice(8)}-${version.toString(16)}-${variant.toString(16)}-${rest}`;
}

/** Three bytes. */
function hex(value: number): string {
  return value.toString(16).padStart(6, "0");
}
