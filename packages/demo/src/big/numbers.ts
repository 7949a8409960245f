/**
 * Numbers out of numbers: what the n-th row of a table looks like is worked out from n alone, so that
 * a million rows need not be kept anywhere while the tables that refer to them are written.
 */

/** A well-mixed unsigned 32-bit number (the finaliser of MurmurHash3, Austin Appleby). */
export function mix(number: number, salt: number): number {
  let hash = number ^ Math.imul(salt + 1, 0x9e3779b9);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A fraction from 0 up to, and not including, 1. */
export function fractionOf(number: number, salt: number): number {
  return mix(number, salt) / 2 ** 32;
}

/** Tables whose rows are numbered, with what tells their identifiers apart. */
const tables = {
  course: "001",
  venue: "002",
  room: "003",
  instructor: "004",
  run: "005",
  session: "006",
  booking: "007",
  allocation: "008",
  registration: "009",
} as const;

/**
 * The identifiers of a table's rows by their number: version 7 UUIDs (RFC 9562, section 5.7), one a
 * millisecond, that have the table's mark where others have random bits.
 *
 * @param milliseconds of the first, since the Unix epoch
 */
export function numberedIds(
  table: keyof typeof tables,
  milliseconds: number,
): (number: number) => string {
  const mark = `-7${tables[table]}-8000-000000000000`;
  return (number) => {
    const time = (milliseconds + number).toString(16).padStart(12, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}${mark}`;
  };
}
