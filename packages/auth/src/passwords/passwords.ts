import { CURRENT_PARAMETERS, hashPassword, isPassword, needsRehash } from "./password-hash.ts";
import { Semaphore, type SemaphoreOptions } from "./semaphore.ts";

/**
 * Hashes passwords, few at a time: each takes a processor for a while and 19 MiB, so that hundreds of
 * sign-ins at once would leave nothing for anybody else.
 */
export interface Passwords {
  /** @throws TooManyWaiting */
  hash(password: string): Promise<string>;
  /**
   * @param stored the PHC string; `null` where there is no such account or no password, which takes
   *   the same time
   * @param isUrgent of whom we know already, such as a device of the account's owner
   * @throws TooManyWaiting
   */
  verify(
    stored: string | null,
    password: string,
    options?: { readonly isUrgent?: boolean },
  ): Promise<{ readonly isRight: boolean; readonly needsRehash: boolean }>;
}

/** One at a time leaves the other processors to the rest; a sign-in that would wait for long is told so. */
const DEFAULTS: SemaphoreOptions = { permits: 1, queue: 100 };

/** @returns what hashes passwords: one for each process */
export async function createPasswords(options: Partial<SemaphoreOptions> = {}): Promise<Passwords> {
  const semaphore = new Semaphore({ ...DEFAULTS, ...options });
  const nobodys = await hashPassword("the password of nobody", CURRENT_PARAMETERS);
  return {
    hash: (password) => semaphore.run(() => hashPassword(password)),
    async verify(stored, password, { isUrgent = false } = {}) {
      const isRight = await semaphore.run(() => isPassword(stored ?? nobodys, password), {
        isUrgent,
      });
      return {
        isRight: isRight && stored !== null,
        needsRehash: stored !== null && needsRehash(stored),
      };
    },
  };
}
