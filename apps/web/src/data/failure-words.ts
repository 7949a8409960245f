import { isLecternError, isLecternFailure } from "@lectern/client";
import type { useTranslations } from "use-intl";

/**
 * What to tell people of a failure that no page knows better.
 *
 * @param t gives the messages of failures
 */
export function failureWords(
  error: unknown,
  t: ReturnType<typeof useTranslations<"failures">>,
): string {
  if (isLecternError(error, "RateLimited")) {
    return t("rateLimited", { seconds: error.data.retryAfterSeconds });
  }
  if (isLecternError(error, "Unavailable")) return t("unavailable");
  if (isLecternError(error, "IdempotencyMismatch")) return t("idempotencyMismatch");
  if (isUnreachable(error)) return t("unreachable");
  return t("unexpected");
}

/** @returns whether the academy could not be reached at all */
export function isUnreachable(error: unknown): boolean {
  return (
    isLecternFailure(error) && (error.code === "ConnectionFailed" || error.code === "TimedOut")
  );
}
