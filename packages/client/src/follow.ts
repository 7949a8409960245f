import { type FailureDetails, LecternAbortedError } from "./errors.ts";
import { failedAttempt } from "./failure.ts";
import { randomId } from "./random-id.ts";
import { faultTold, readEvents } from "./read-events.ts";
import { MAX_RETRY_AFTER_MS, retryDelay } from "./retry.ts";
import type { StreamSource, SubscriptionState } from "./stream-source.ts";
import { wait } from "./wait.ts";

/** Something told, and what a next connection would go on from. */
export interface StreamMessage<Output> {
  readonly id: string | undefined;
  readonly data: Output;
}

export interface FollowOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onState?: ((state: SubscriptionState) => void) | undefined;
}

/** Throws as an event listener's error is thrown: it must not end the subscription, and must not get lost. */
export function throwLater(error: unknown): void {
  setTimeout(() => {
    throw error;
  });
}

/** How long the server may be silent, by its own account. */
function patienceOf(told: unknown, otherwise: number): number {
  const isTold = typeof told === "object" && told !== null && "reconnectAfterInactivityMs" in told;
  const ms = isTold ? told.reconnectAfterInactivityMs : undefined;
  return typeof ms === "number" && ms > 0 ? ms : otherwise;
}

/**
 * What a subscription tells, over as many connections as that takes.
 *
 * @throws what can't be mended, and LecternAbortedError when the signal is aborted
 */
export function follow<Output>(
  source: StreamSource<Output>,
  input: unknown,
  options: FollowOptions,
): AsyncGenerator<StreamMessage<Output>, void, undefined>;
export async function* follow(
  source: StreamSource<unknown>,
  input: unknown,
  { signal, onState }: FollowOptions,
): AsyncGenerator<StreamMessage<unknown>, void, undefined> {
  const { procedure, reporter } = source;
  const begun = performance.now();
  let state: SubscriptionState | undefined;
  let lastEventId: string | undefined;
  /** Connections that failed one after the other. */
  let failed = 0;

  function turn(into: SubscriptionState): void {
    if (state === into) return;
    state = into;
    try {
      onState?.(into);
    } catch (error) {
      throwLater(error);
    }
  }

  try {
    for (let attempt = 1; ; attempt += 1) {
      const event = { procedure, type: "subscription", attempt } as const;
      const requestId = randomId();
      const sent: FailureDetails = { procedure, attempts: attempt, requestId };
      const request = { procedure, input, lastEventId, requestId };
      let patienceMs = source.timeoutMs;
      let problem: unknown;
      try {
        signal?.throwIfAborted();
        turn("connecting");
        reporter.attempt(event);
        const events = readEvents(source.open, request, () => patienceMs, sent, signal);
        for await (const { event: kind, id, data } of events) {
          signal?.throwIfAborted();
          if (kind === "return") return;
          if (kind === "serialized-error") throw faultTold(JSON.parse(data));
          if (kind === "connected") {
            failed = 0;
            patienceMs = patienceOf(JSON.parse(data), patienceMs);
            turn("open");
            reporter.answer({ ...event, requestId, durationMs: performance.now() - begun });
          }
          if (kind === undefined) {
            lastEventId = id ?? lastEventId;
            yield { id, data: JSON.parse(data) };
          }
        }
      } catch (error) {
        problem = error;
      }
      if (signal?.aborted) {
        const cause: unknown = signal.reason;
        throw new LecternAbortedError(`${procedure}: aborted`, { ...sent, cause });
      }
      const { failure, passing, retryAfterMs } = failedAttempt(problem, sent);
      if (!passing) {
        reporter.failure({ ...event, failure, durationMs: performance.now() - begun });
        throw failure;
      }
      failed += 1;
      const delayMs = retryDelay(failed, retryAfterMs) ?? MAX_RETRY_AFTER_MS;
      reporter.retry({ ...event, failure, delayMs });
      await wait(delayMs, signal);
    }
  } finally {
    turn("closed");
  }
}
