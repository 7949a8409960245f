import { isKnownDevice } from "@lectern/auth/known-device";
import { parseSplitToken } from "@lectern/auth/split-token";
import { type Rate, type Throttled, countAttempt, takeBackAttempt } from "@lectern/auth/throttle";
import type { Queryable, Transaction } from "@lectern/database/queryable";
import type { Call } from "../../../../call.ts";
import type { Browser } from "../../../../trpc/context.ts";
import { rateLimited } from "../../accounts/password-rules.ts";
import { callerOf } from "../../accounts/throttles.ts";

/**
 * Wrong codes: whoever guesses for a whole day is right once in two thousand days, as three codes of a
 * million are good at a time.
 */
const CODES: Rate = { burst: 10, everySeconds: 600 };

/** Nobody guesses what a passkey signs: this only keeps the server from being kept busy. An office may sit behind one address. */
const CEREMONIES: Rate = { burst: 200, everySeconds: 0.5 };

/**
 * An attempt to show a factor that was counted. What checks factors takes one, and there is no other way to
 * get it: no procedure can forget the throttle.
 */
export class CountedAttempt {
  /** Who is to show it; `null` where the factor itself says who it is. */
  readonly personId: string | null;
  /** As what it was counted. Private, so that nothing else of this shape is one. */
  readonly #counted: Throttled;

  private constructor(personId: string | null, counted: Throttled) {
    this.personId = personId;
    this.#counted = counted;
  }

  /**
   * Counts an attempt with a code, for the person. Those from a device of theirs are counted apart, so that
   * somebody who guesses elsewhere can't keep them out.
   *
   * @throws RateLimited
   */
  static async withCode(
    db: Queryable,
    { deviceToken }: Browser,
    personId: string,
  ): Promise<CountedAttempt> {
    const isTheirs = await isKnownDevice(db, deviceToken, personId);
    const device = isTheirs && deviceToken !== undefined ? parseSplitToken(deviceToken)?.id : "";
    const subject = `${personId}|${device ?? ""}`;
    return new CountedAttempt(personId, await count(db, "factor.code", subject, CODES));
  }

  /**
   * Counts an attempt with a passkey, for the caller's network: counted for its owner, anybody could keep
   * them out.
   *
   * @throws RateLimited
   */
  static async withPasskey(
    db: Queryable,
    call: Call,
    personId: string | null,
  ): Promise<CountedAttempt> {
    return new CountedAttempt(personId, await countCeremony(db, call));
  }

  /** What was shown is right: it was no guess, and is not counted as one. */
  async takeBack(tx: Transaction): Promise<void> {
    await takeBackAttempt(tx, this.#counted);
  }
}

/** Counts what an authenticator is to be asked or checked for. @throws RateLimited */
export async function countCeremony(db: Queryable, call: Call): Promise<Throttled> {
  return count(db, "factor.ceremony", callerOf(call), CEREMONIES);
}

async function count(db: Queryable, name: string, subject: string, rate: Rate): Promise<Throttled> {
  const throttled = { name, subject, rate };
  const wait = await countAttempt(db, throttled);
  if (wait > 0) throw rateLimited(wait);
  return throttled;
}
