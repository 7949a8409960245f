import { TooManyWaiting } from "@lectern/auth/passwords/semaphore";
import { weaknessOf } from "@lectern/auth/passwords/password-strength";
import { DomainError, invalid } from "../../../domain-error.ts";
import type { Auth } from "../../../trpc/context.ts";

/** Who comes while too many passwords are worked out is asked to come again in so many seconds. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Hashes a password that somebody wants to set.
 *
 * @param about what an attacker would try first: names and addresses
 * @param path of the password in the input, for the error
 * @throws Invalid for one that would be guessed soon; RateLimited
 */
export async function hashNewPassword(
  auth: Auth,
  password: string,
  about: readonly string[],
  path = "password",
): Promise<string> {
  const weakness = await weaknessOf(password, [auth.academy, ...about]);
  if (weakness !== undefined) throw invalid(path, weakness.message);
  return unlessBusy(() => auth.passwords.hash(password));
}

/** @throws RateLimited when too many passwords are being worked out */
export async function unlessBusy<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TooManyWaiting) throw rateLimited(RETRY_AFTER_SECONDS);
    throw error;
  }
}

/** @param retryAfterSeconds how long to wait before the next attempt */
export function rateLimited(retryAfterSeconds: number): DomainError {
  return new DomainError(
    { code: "RateLimited", data: { retryAfterSeconds } },
    `That was tried too often. Please wait ${retryAfterSeconds} seconds.`,
  );
}
