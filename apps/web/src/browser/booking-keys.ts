/**
 * The keys of the bookings that were made in this tab. They open a booking like a password, so they last
 * as long as the tab, and are never part of an address that is sent anywhere.
 */

const STORED = "lectern-bookings";

export interface BookingKey {
  readonly reference: string;
  readonly accessKey: string;
  /** `null` when it came with the private link. */
  readonly runId: string | null;
}

/** Where storage is switched off, keys last as long as the page. */
let unstored: readonly BookingKey[] = [];

function isBookingKey(value: unknown): value is BookingKey {
  return (
    typeof value === "object" &&
    value !== null &&
    "reference" in value &&
    "accessKey" in value &&
    "runId" in value
  );
}

function readKeys(): readonly BookingKey[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? "null");
    return Array.isArray(stored) ? stored.filter(isBookingKey) : unstored;
  } catch {
    // Switched off, or written by something else.
    return unstored;
  }
}

function writeKeys(keys: readonly BookingKey[]): void {
  unstored = keys;
  try {
    sessionStorage.setItem(STORED, JSON.stringify(keys));
  } catch {
    // Kept above.
  }
}

/** Keeps a booking's key; of several for one booking, the last. */
export function keepBookingKey(key: BookingKey): void {
  writeKeys([...readKeys().filter(({ reference }) => reference !== key.reference), key]);
}

export function forgetBookingKey(reference: string): void {
  writeKeys(readKeys().filter((key) => key.reference !== reference));
}

/** When somebody signs out: whoever comes next has no business with them. */
export function forgetBookingKeys(): void {
  writeKeys([]);
}

/** @returns the key of a booking, if it was made or opened in this tab */
export function bookingKeyOf(reference: string): BookingKey | undefined {
  return readKeys().find((key) => key.reference === reference);
}

/** @returns the key of the last booking of a run that was made in this tab */
export function bookingKeyOfRun(runId: string): BookingKey | undefined {
  return readKeys().findLast((key) => key.runId === runId);
}
