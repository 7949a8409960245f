import {
  CURRENT_PARAMETERS,
  type HashParameters,
  hashPassword,
  isPassword,
  needsRehash,
} from "./password-hash.ts";
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

export interface PasswordOptions extends Partial<SemaphoreOptions> {
  /** Those of today by default; tests that hash thousands take less. */
  readonly parameters?: HashParameters;
}

/** @returns what hashes passwords: one for each process */
export async function createPasswords(options: PasswordOptions = {}): Promise<Passwords> {
  const { parameters = CURRENT_PARAMETERS, ...waiting } = options;
  const semaphore = new Semaphore({ ...DEFAULTS, ...waiting });
  const nobodys = await hashPassword("the password of nobody", parameters);
  return {
    hash: (password) => semaphore.run(() => hashPassword(password, parameters)),
    async verify(stored, password, { isUrgent = false } = {}) {
      const isRight = await semaphore.run(() => isPassword(stored ?? nobodys, password), {
        isUrgent,
      });
      return {
        isRight: isRight && stored !== null,
        needsRehash: stored !== null && needsRehash(stored, parameters),
      };
    },
  };
}
