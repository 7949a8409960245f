import { type Rate, countAttempt, lookAtThrottle, networkOf } from "@lectern/auth/throttle";
import type { Queryable } from "@lectern/database/queryable";
import type { Call } from "../../../call.ts";
import { rateLimited } from "./password-rules.ts";

/**
 * How often what concerns accounts may be tried, in one place. Nobody is locked out: an account that is
 * guessed at can still be used from the devices of its owner.
 */
const RATES = {
  /** An office may sit behind one address. */
  "sign_in.address": { burst: 100, everySeconds: 5 },
  "sign_in.account_and_address": { burst: 10, everySeconds: 30 },
  /** Of all who are not known to the account, wherever they are. */
  "sign_in.account": { burst: 20, everySeconds: 30 },
  "sign_up.address": { burst: 20, everySeconds: 60 },
  "mail.address": { burst: 20, everySeconds: 60 },
  /** Nobody's mailbox is filled by others. */
  "mail.recipient": { burst: 5, everySeconds: 300 },
  "link.address": { burst: 50, everySeconds: 10 },
  "confirm.person": { burst: 10, everySeconds: 30 },
} as const satisfies Record<string, Rate>;

export type ThrottleName = keyof typeof RATES;

/** An address as everybody writes it. */
export function sameAddress(email: string): string {
  return email.trim().toLowerCase();
}

/** @returns what counts as one caller */
export function callerOf(call: Call): string {
  return networkOf(call.origin.address ?? "");
}

/**
 * Counts an attempt.
 *
 * @throws RateLimited, with how long to wait
 */
export async function throttleBy(
  db: Queryable,
  name: ThrottleName,
  subject: string,
): Promise<void> {
  const wait = await countAttempt(db, { name, subject, rate: RATES[name] });
  if (wait > 0) throw rateLimited(wait);
}

/** @returns how long to wait, in seconds, without counting an attempt */
export async function waitOf(db: Queryable, name: ThrottleName, subject: string): Promise<number> {
  return lookAtThrottle(db, { name, subject, rate: RATES[name] });
}
