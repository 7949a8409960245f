import type { OperationLink } from "@trpc/client";
import type { AppRouter } from "@lectern/api/app-router";
import { REQUEST_ID_HEADER } from "@lectern/contract/cacheable";
import type { CallResponse } from "./client-types.ts";
import {
  type FailureDetails,
  LecternAbortedError,
  type LecternFailure,
  LecternTimeoutError,
} from "./errors.ts";
import { type FailedAttempt, failedAttempt } from "./failure.ts";
import { HttpAnswer } from "./http-answer.ts";
import type { AttemptEvent, CallOptions, TerminatingLink } from "./options.ts";
import type { Reporter } from "./reporter.ts";
import { isRepeatable, retryDelay } from "./retry.ts";
import { MAX_TIMER_MS, wait } from "./wait.ts";

export interface CallerSettings {
  readonly link: TerminatingLink;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly reporter: Reporter;
}

/** Calls the procedure of that full name. */
export type Caller = (
  type: "query" | "mutation",
  procedure: string,
  input: unknown,
  options?: CallOptions,
) => Promise<CallResponse<unknown>>;

function nothingFurther(): never {
  throw new Error("The link of a client must be a terminating one");
}

function givenUp(signal: AbortSignal, sent: FailureDetails): FailedAttempt {
  const message = `${sent.procedure}: the call was aborted`;
  const failure = new LecternAbortedError(message, { ...sent, cause: signal.reason });
  return { failure, passing: false, retryAfterMs: null };
}

interface Call extends CallOptions {
  readonly type: "query" | "mutation";
  readonly procedure: string;
  readonly input: unknown;
  readonly timeoutMs: number;
}

interface Answered {
  readonly response: CallResponse<unknown>;
}

/** What a link gave, from the one envelope in which a query or mutation ends. */
interface Envelope {
  readonly result: object;
  readonly context?: Readonly<Record<string, unknown>>;
}

function responseOf(envelope: Envelope, sent: FailureDetails): CallResponse<unknown> {
  const { result, context } = envelope;
  const http = context?.["response"];
  const headers = http instanceof HttpAnswer ? http.headers : null;
  return {
    data: "data" in result ? result.data : undefined,
    requestId: headers?.get(REQUEST_ID_HEADER) ?? sent.requestId,
    headers,
    attempts: sent.attempts,
  };
}

/**
 * Makes the function that all calls go through: it sends, waits no longer than it may, tells errors
 * apart, and sends again what may be sent again.
 */
export function createCaller(settings: CallerSettings): Caller {
  const { reporter } = settings;
  const send: OperationLink<AppRouter> = settings.link({});
  let operations = 0;

  function envelopeOf(call: Call, context: Record<string, unknown>, signal: AbortSignal) {
    const { type, procedure: path, input } = call;
    operations += 1;
    const op = { id: operations, type, path, input, context, signal };
    return new Promise<Envelope>((resolve, reject) => {
      // The link hears of the signal, too; but a batch goes on until its last call is given up, and
      // whoever gave up does not wait for the others.
      signal.addEventListener("abort", () => reject(new Error("Aborted")));
      send({ op, next: () => nothingFurther() }).subscribe({
        next: resolve,
        error: reject,
        complete: () => reject(new Error("The link completed without an answer")),
      });
    });
  }

  async function attempt(call: Call, attempts: number): Promise<Answered | FailedAttempt> {
    const { procedure, timeoutMs } = call;
    const overdue = new AbortController();
    const timer =
      timeoutMs > MAX_TIMER_MS ? undefined : setTimeout(() => overdue.abort(), timeoutMs);
    const signal = call.signal ? AbortSignal.any([call.signal, overdue.signal]) : overdue.signal;
    const context: Record<string, unknown> = {};
    function sent(): FailureDetails {
      const { requestId } = context;
      return { procedure, attempts, requestId: typeof requestId === "string" ? requestId : null };
    }
    try {
      return { response: responseOf(await envelopeOf(call, context, signal), sent()) };
    } catch (error) {
      if (call.signal?.aborted) return givenUp(call.signal, sent());
      if (overdue.signal.aborted) {
        const message = `${procedure}: no answer within ${timeoutMs} ms`;
        const failure = new LecternTimeoutError(message, timeoutMs, sent());
        return { failure, passing: true, retryAfterMs: null };
      }
      return failedAttempt(error, sent());
    } finally {
      clearTimeout(timer);
    }
  }

  return async function call(type, procedure, input, options = {}) {
    const { signal, timeoutMs = settings.timeoutMs, maxRetries = settings.maxRetries } = options;
    const begun = performance.now();
    const maxAttempts = isRepeatable(type, input) ? 1 + maxRetries : 1;
    const theCall: Call = { type, procedure, input, signal, timeoutMs };

    function durationMs(): number {
      return performance.now() - begun;
    }
    function fail(failure: LecternFailure, number: number): never {
      reporter.failure({ procedure, type, attempt: number, failure, durationMs: durationMs() });
      throw failure;
    }

    for (let number = 1; ; number += 1) {
      if (signal?.aborted) {
        const details = { procedure, attempts: number - 1, requestId: null };
        fail(givenUp(signal, details).failure, number - 1);
      }
      const event: AttemptEvent = { procedure, type, attempt: number };
      reporter.attempt(event);
      const outcome = await attempt(theCall, number);
      if ("response" in outcome) {
        const { requestId } = outcome.response;
        reporter.answer({ ...event, requestId, durationMs: durationMs() });
        return outcome.response;
      }
      const { failure, passing, retryAfterMs } = outcome;
      const mayRepeat = passing && number < maxAttempts;
      const delayMs = mayRepeat ? retryDelay(number, retryAfterMs) : undefined;
      if (delayMs === undefined) return fail(failure, number);
      reporter.retry({ ...event, failure, delayMs });
      await wait(delayMs, signal);
    }
  };
}
