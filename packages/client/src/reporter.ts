import { isLecternError } from "./errors.ts";
import type {
  AnswerEvent,
  AttemptEvent,
  ClientHooks,
  ClientLogger,
  FailureEvent,
  RetryEvent,
} from "./options.ts";

/** Tells hooks and logger what happens to a call. */
export interface Reporter {
  attempt(event: AttemptEvent): void;
  answer(event: AnswerEvent): void;
  retry(event: RetryEvent): void;
  failure(event: FailureEvent): void;
}

/** For logs: errors by what tells them apart, without their data and without what was asked. */
function withoutError({ failure, ...event }: RetryEvent | FailureEvent) {
  const { code, requestId, message } = failure;
  return { ...event, code, requestId, message };
}

/** What they throw is their own affair: no call fails because of it. */
export function createReporter(hooks: ClientHooks, logger: ClientLogger | undefined): Reporter {
  function safely(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      try {
        logger?.warn("A hook or logger of the client failed", { error });
      } catch {
        // Then nobody is left to tell.
      }
    }
  }

  return {
    attempt(event) {
      safely(() => hooks.onAttempt?.(event));
    },
    answer(event) {
      safely(() => logger?.debug("answered", { ...event }));
      safely(() => hooks.onAnswer?.(event));
    },
    retry(event) {
      safely(() => logger?.warn("failed, will be sent again", withoutError(event)));
      safely(() => hooks.onRetry?.(event));
    },
    failure(event) {
      // A "no" of the domain is an answer, too.
      const level = isLecternError(event.failure) ? "debug" : "warn";
      safely(() => logger?.[level]("failed", withoutError(event)));
      safely(() => hooks.onFailure?.(event));
    },
  };
}
