import type { LecternFailure } from "./errors.ts";

/** When a call is repeated, and how long to wait before. */

const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 8000;

/** Whoever asks for a longer pause is believed, and the caller told at once. */
export const MAX_RETRY_AFTER_MS = 30_000;

/** Answers of proxies and servers that say "not now" rather than "no". */
const PASSING_STATUSES = [408, 425, 429, 502, 503, 504];

/** @returns whether the next attempt may well succeed */
export function isPassing(failure: LecternFailure): boolean {
  switch (failure.code) {
    case "TimedOut":
    case "RateLimited":
    case "Unavailable":
      return true;
    case "ConnectionFailed":
      return failure.httpStatus === null || PASSING_STATUSES.includes(failure.httpStatus);
    case "ServerFailed":
      return PASSING_STATUSES.includes(failure.httpStatus);
    default:
      return false;
  }
}

/** @returns whether sending it twice has the effect of sending it once */
export function isRepeatable(type: "query" | "mutation", input: unknown): boolean {
  if (type === "query") return true;
  return (
    typeof input === "object" &&
    input !== null &&
    "idempotencyKey" in input &&
    typeof input.idempotencyKey === "string"
  );
}

/**
 * @param header value of a `Retry-After` header: seconds, or a date
 * @returns milliseconds from now; `null` when it says neither
 */
export function parseRetryAfter(
  header: string | null | undefined,
  now = Date.now(),
): number | null {
  if (!header) return null;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/**
 * @param attempts how many failed so far
 * @param retryAfterMs what the server asked for
 * @returns milliseconds to wait before the next: twice as long each time, and scattered, so that
 *   clients that failed together don't come back together. `undefined`: too long to wait
 */
export function retryDelay(
  attempts: number,
  retryAfterMs: number | null,
  random = Math.random,
): number | undefined {
  if (retryAfterMs !== null) {
    if (retryAfterMs > MAX_RETRY_AFTER_MS) return undefined;
    return retryAfterMs + random() * FIRST_DELAY_MS;
  }
  const longest = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts);
  return longest * (0.5 + random() / 2);
}
