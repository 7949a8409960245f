import { isLecternError, isLecternFailure } from "@lectern/client";
import type { Translate } from "../messages/translate.ts";

/** What to tell people of a failure that no page knows better. */
export function failureWords(error: unknown, translate: Translate): string {
  if (isLecternError(error, "RateLimited")) {
    return translate("failures.rateLimited", { seconds: error.data.retryAfterSeconds });
  }
  if (isLecternError(error, "Unavailable")) return translate("failures.unavailable");
  if (isLecternError(error, "IdempotencyMismatch")) return translate("forms.idempotencyMismatch");
  if (isUnreachable(error)) return translate("failures.unreachable");
  return translate("failures.unexpected");
}

/** @returns whether the academy could not be reached at all */
export function isUnreachable(error: unknown): boolean {
  return (
    isLecternFailure(error) && (error.code === "ConnectionFailed" || error.code === "TimedOut")
  );
}
