import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Booking keys: proof that a caller may see and change one booking. Derived from the academy's
 * secret instead of stored, so that a stolen database holds none of them, and a repeated request
 * can be given the same key again.
 */

/** @returns a new secret for `accessKeys`, to be kept by the server alone */
export function createAccessSecret(): string {
  return randomBytes(32).toString("base64url");
}

export interface AccessKeys {
  /** @returns the key of a booking: 43 characters of base64url */
  keyFor(bookingId: string): string;
  /** @returns whether the key is that booking's, in time that does not depend on the key */
  isKeyFor(bookingId: string, key: string): boolean;
}

/** @param secret of `createAccessSecret`; another secret makes all keys given so far invalid */
export function accessKeys(secret: string): AccessKeys {
  if (secret.length < 32) throw new Error("The access secret must have at least 32 characters");
  function digest(bookingId: string): Buffer {
    return createHmac("sha256", secret).update(`booking|${bookingId}`).digest();
  }
  return {
    keyFor: (bookingId) => digest(bookingId).toString("base64url"),
    isKeyFor(bookingId, key) {
      const given = Buffer.from(key, "base64url");
      const expected = digest(bookingId);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
