import type { PendingCall } from "./client-types.ts";
import { type FailureOf, isLecternFailure } from "./errors.ts";

/** How a call ended: `data` or `error`, the other is `undefined`. */
export type Result<Output, Failure> =
  | { readonly ok: true; readonly data: Output; readonly error: undefined }
  | { readonly ok: false; readonly data: undefined; readonly error: Failure };

/** Which of the domain errors an error may be is the server's promise, not checked again. */
export function isFailureOf<Code extends string>(error: unknown): error is FailureOf<Code> {
  return isLecternFailure(error);
}

/**
 * Awaits a call without throwing.
 *
 * @returns the answer, or the error as one of those that the procedure declares. A newer server may
 *   send a known error that this release doesn't expect there: a `switch` should have a `default`
 */
export async function safe<Output, Code extends string>(
  call: PendingCall<Output, Code>,
): Promise<Result<Output, FailureOf<Code>>> {
  try {
    return { ok: true, data: await call, error: undefined };
  } catch (error) {
    if (!isFailureOf<Code>(error)) throw error;
    return { ok: false, data: undefined, error };
  }
}
