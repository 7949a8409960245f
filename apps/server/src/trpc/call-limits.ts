import { isIP } from "node:net";
import { networkOf } from "@lectern/auth/throttle";
import { LRUCache } from "lru-cache";

export interface CallLimitOptions {
  /** Calls that one address may make in a minute, those of batches counted one by one; 0: any number. */
  readonly perMinute: number;
  /** Of those, how many may set places aside, or have mails sent. */
  readonly effectsPerMinute: number;
  /** Event streams that one address may have open at once; 0: any number. */
  readonly streams: number;
}

export const DEFAULT_CALL_LIMITS: CallLimitOptions = {
  perMinute: 6000,
  effectsPerMinute: 120,
  streams: 200,
};

/** More addresses at once than that, and the ones not seen for longest are forgotten. */
const REMEMBERED = 50_000;

/** A proxy on this machine, and whoever measures on it. */
function isThisMachine(address: string): boolean {
  return isIP(address) === 4 ? address.startsWith("127.") : address === "::1";
}

/** What sets something aside that others want, or has a mail sent, without an account. */
const EFFECTS: ReadonlySet<string> = new Set([
  "bookings.hold",
  "bookings.confirm",
  "bookings.startPayment",
  "enquiries.send",
  "quotes.accept",
  "quotes.decline",
  "registrations.claimLink",
  "registrations.substitute",
  "waitlist.join",
]);

/** @returns how many seconds to wait, or 0 once the calls were counted */
function pay(
  paidAt: LRUCache<string, number>,
  caller: string,
  calls: number,
  perMinute: number,
  now: number,
): number {
  if (perMinute === 0 || calls === 0) return 0;
  const until = Math.max(paidAt.get(caller) ?? 0, now) + (calls * 60_000) / perMinute;
  const wait = until - now - 60_000;
  if (wait > 0) return Math.ceil(wait / 1000);
  paidAt.set(caller, until);
  return 0;
}

/**
 * How much one address may ask of this instance, whoever is behind it: kept in memory, as it is there to
 * save work. What must hold across instances (sign-in and the like) is counted in the database.
 */
export class CallLimits {
  readonly #options: CallLimitOptions;
  /** When the calls of an address will all have been paid for, in milliseconds (GCRA). */
  readonly #paidAt = new LRUCache<string, number>({ max: REMEMBERED });
  readonly #effectsPaidAt = new LRUCache<string, number>({ max: REMEMBERED });
  readonly #streams = new Map<string, number>();

  constructor(options: CallLimitOptions) {
    this.#options = options;
  }

  /**
   * Counts calls.
   *
   * @param calls names of procedures
   * @param now in milliseconds
   * @returns how many seconds to wait; 0 when they may go on
   */
  count(address: string, calls: readonly string[], now = performance.now()): number {
    if (isThisMachine(address)) return 0;
    const caller = networkOf(address);
    const effects = calls.filter((call) => EFFECTS.has(call)).length;
    const { perMinute, effectsPerMinute } = this.#options;
    return Math.max(
      pay(this.#paidAt, caller, calls.length, perMinute, now),
      pay(this.#effectsPaidAt, caller, effects, effectsPerMinute, now),
    );
  }

  /** @returns what gives the stream back, or `undefined` where there are too many */
  openStream(address: string): (() => void) | undefined {
    const { streams } = this.#options;
    if (streams === 0 || isThisMachine(address)) return () => {};
    const caller = networkOf(address);
    const open = this.#streams.get(caller) ?? 0;
    if (open >= streams) return undefined;
    this.#streams.set(caller, open + 1);
    return () => {
      const left = (this.#streams.get(caller) ?? 1) - 1;
      if (left > 0) this.#streams.set(caller, left);
      else this.#streams.delete(caller);
    };
  }
}
