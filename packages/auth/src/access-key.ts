import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Access keys: proof that a caller may see and change one thing, such as a booking. Derived from the
 * academy's secret instead of stored, so that a stolen database holds none of them, and a repeated
 * request can be given the same key again.
 */

/**
 * What a key is good for. A key of one subject is worth nothing for another:
 *
 * - `booking`: to see and change a booking
 * - `claim`: to name the learner of a registration; the id holds the registration's claim version
 * - `waitlist`: to see, accept, decline and leave a place in the queue
 * - `approval`: to approve or refuse a booking of one's company
 * - `quote`: to see, accept and decline a quote
 * - `invitation`: to see and book a private run
 * - `join`: to come to the sessions of a registration online; the id holds its claim version
 * - `calendar`: to read what somebody learns and teaches, as a calendar
 * - `mailbox`: to look into the mailbox of a developer's academy
 * - `one_time`: to use what is good once, such as a link that verifies an address
 * - `request`: for nothing; to know a request again without keeping what was in it
 */
export type KeySubject =
  | "booking"
  | "claim"
  | "waitlist"
  | "approval"
  | "quote"
  | "invitation"
  | "join"
  | "calendar"
  | "mailbox"
  | "one_time"
  | "request";

/** @returns a new secret for `accessKeys`, to be kept by the server alone */
export function createAccessSecret(): string {
  return randomBytes(32).toString("base64url");
}

export interface AccessKeys {
  /** @returns the key: 43 characters of base64url */
  keyFor(subject: KeySubject, id: string): string;
  /** @returns whether it is the key, in time that does not depend on what was given */
  isKeyFor(subject: KeySubject, id: string, key: string): boolean;
}

/** @param secret of `createAccessSecret`; another secret makes all keys given so far invalid */
export function accessKeys(secret: string): AccessKeys {
  if (secret.length < 32) throw new Error("The access secret must have at least 32 characters");
  function digest(subject: KeySubject, id: string): Buffer {
    return createHmac("sha256", secret).update(`${subject}|${id}`).digest();
  }
  return {
    keyFor: (subject, id) => digest(subject, id).toString("base64url"),
    isKeyFor(subject, id, key) {
      const given = Buffer.from(key, "base64url");
      const expected = digest(subject, id);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
