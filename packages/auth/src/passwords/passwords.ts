import { availableParallelism } from "node:os";
import { setImmediate as untilOthersHadATurn } from "node:timers/promises";
import {
  CURRENT_PARAMETERS,
  type HashParameters,
  hashPassword,
  isPassword,
  needsRehash,
} from "./password-hash.ts";
import { Semaphore, type SemaphoreOptions, type Visitor } from "./semaphore.ts";

/** Whoever wants a password looked at. */
export interface PasswordVisitor extends Visitor {
  /** Whether it may turn out that they are known: see `verify`. */
  readonly mayBeKnown?: boolean;
}

/**
 * Hashes passwords, few at a time: each takes a processor for a while and 19 MiB, so that hundreds of
 * sign-ins at once would leave nothing for anybody else. Neither would what hundreds of them look up before:
 * that goes through `admit`.
 */
export interface Passwords {
  /**
   * Does what comes before a password is worked out, such as counting attempts and looking up the account: for few at a time,
   * and for nobody who would find no room to wait for the rest.
   *
   * @throws TooManyWaiting; the signal's reason for who has gone
   */
  admit<T>(visitor: PasswordVisitor, look: () => Promise<T>): Promise<T>;
  /** @throws as `admit` */
  hash(password: string, visitor?: Visitor): Promise<string>;
  /**
   * @param stored the PHC string; `null` where there is no such account or no password, which takes
   *   the same time
   * @param visitor `isUrgent` of whom we know already, such as a device of the account's owner
   * @throws as `admit`
   */
  verify(
    stored: string | null,
    password: string,
    visitor?: Visitor,
  ): Promise<{ readonly isRight: boolean; readonly needsRehash: boolean }>;
}

/** Node works out passwords, files, names and compression on so many threads. */
const THREADS = 4;

/** @returns how many passwords are worked out at once: a processor, and one of the threads, is left to the rest */
function hashedAtOnce(): number {
  return Math.max(1, Math.min(availableParallelism(), THREADS) - 1);
}

/** A sign-in that would wait for long is told so. */
const WAITING = { queue: 100, waitMs: 20_000 };

/** What comes before takes a few milliseconds; as many as that keep hashing busy, and leave most connections to the rest. */
const ADMISSION: SemaphoreOptions = { permits: 3, queue: 1000, waitMs: 5000 };

const SOMEBODY: Visitor = { caller: "" };

export interface PasswordOptions extends Partial<SemaphoreOptions> {
  /** Those of today by default; tests that hash thousands take less. */
  readonly parameters?: HashParameters;
}

/** @returns what hashes passwords: one for each process */
export async function createPasswords(options: PasswordOptions = {}): Promise<Passwords> {
  const { parameters = CURRENT_PARAMETERS, ...waiting } = options;
  const hashing = new Semaphore({ permits: hashedAtOnce(), ...WAITING, ...waiting });
  const admission = new Semaphore(ADMISSION);
  const nobodys = await hashPassword("the password of nobody", parameters);
  return {
    admit: (visitor, look) =>
      admission.run(visitor, async () => {
        if (visitor.mayBeKnown === true || hashing.hasRoomFor(visitor)) return look();
        // Hundreds who are sent away at once are much work as well.
        await untilOthersHadATurn();
        throw hashing.tooMany();
      }),
    hash: (password, visitor = SOMEBODY) =>
      hashing.run(visitor, () => hashPassword(password, parameters)),
    async verify(stored, password, visitor = SOMEBODY) {
      const isRight = await hashing.run(visitor, () => isPassword(stored ?? nobodys, password));
      return {
        isRight: isRight && stored !== null,
        needsRehash: stored !== null && needsRehash(stored, parameters),
      };
    },
  };
}
