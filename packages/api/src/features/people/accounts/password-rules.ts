import { TooManyWaiting, type Visitor } from "@lectern/auth/passwords/semaphore";
import { weaknessOf } from "@lectern/auth/passwords/password-strength";
import { DomainError, invalid } from "../../../domain-error.ts";
import type { Auth } from "../../../trpc/context.ts";

/**
 * Hashes a password that somebody wants to set.
 *
 * @param visitor for whom
 * @param about what an attacker would try first: names and addresses
 * @throws Invalid for one that would be guessed soon; RateLimited
 */
export async function hashNewPassword(
  auth: Auth,
  visitor: Visitor,
  password: string,
  about: readonly string[],
): Promise<string> {
  await requireStrong(auth, password, about);
  return unlessBusy(() => auth.passwords.hash(password, visitor));
}

/**
 * @param about as for `hashNewPassword`
 * @throws Invalid for a password that would be guessed soon
 */
export async function requireStrong(
  auth: Auth,
  password: string,
  about: readonly string[],
): Promise<void> {
  const weakness = await weaknessOf(password, [auth.academy, ...about]);
  if (weakness !== undefined) throw invalid("password", weakness.message);
}

/** @throws RateLimited when too many passwords are being worked out */
export async function unlessBusy<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TooManyWaiting) throw tooManyAtOnce(error.retryAfterSeconds);
    throw error;
  }
}

function tooManyAtOnce(retryAfterSeconds: number): DomainError {
  return new DomainError(
    { code: "RateLimited", data: { retryAfterSeconds } },
    `Many people are signing in at this moment. Please try again in ${retryAfterSeconds} seconds.`,
  );
}

/** @param retryAfterSeconds how long to wait before the next attempt */
export function rateLimited(retryAfterSeconds: number): DomainError {
  return new DomainError(
    { code: "RateLimited", data: { retryAfterSeconds } },
    `That was tried too often. Please wait ${retryAfterSeconds} seconds.`,
  );
}
