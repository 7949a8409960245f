import type { Watchable } from "./client-types.ts";
import type { FailureOf } from "./errors.ts";
import { follow, throwLater } from "./follow.ts";
import { isFailureOf } from "./safe.ts";
import type { SubscriptionState } from "./stream-source.ts";

export interface UpdatesOptions {
  /** Ends it, here and at the server. */
  readonly signal?: AbortSignal | undefined;
  /** Called as the connection comes and goes; `closed` is the last. */
  readonly onState?: ((state: SubscriptionState) => void) | undefined;
}

/** What happens to a subscription. */
export interface SubscriptionHandlers<Output, Code extends string> extends UpdatesOptions {
  onData(data: Output): void;
  /**
   * It failed for good: a broken connection does not count, that is mended. Without this handler the
   * error is thrown where nobody catches it.
   */
  onError?(error: FailureOf<Code>): void;
}

/** A subscription under way. */
export interface Subscription {
  /** Ends it, here and at the server; may be called again. No handler hears of data after that. */
  close(): void;
  /** Resolves once it is over, whatever the reason, and its connection closed. */
  readonly closed: Promise<void>;
}

/**
 * Watches something until it is complete, fails or is closed. A connection that breaks is made again, for
 * as long as it takes, and goes on where it was: nothing is told twice, and the newest state is not missed.
 *
 * @param procedure a subscription, such as `client.runs.watch`
 * @example
 * const { close } = subscribe(client.runs.watch, { runIds: [id] }, {
 *   onData: ({ placesLeft }) => show(placesLeft),
 * });
 */
export function subscribe<Input, Output, Code extends string>(
  procedure: Watchable<Input, Output, Code>,
  input: Input,
  handlers: SubscriptionHandlers<Output, Code>,
): Subscription {
  const source = procedure["~stream"];
  const closing = new AbortController();
  const signal = handlers.signal
    ? AbortSignal.any([handlers.signal, closing.signal])
    : closing.signal;

  function safely(call: () => void): void {
    try {
      call();
    } catch (error) {
      throwLater(error);
    }
  }

  async function run(): Promise<void> {
    try {
      for await (const { data } of follow(source, input, { ...handlers, signal })) {
        safely(() => handlers.onData(data));
      }
    } catch (error) {
      if (signal.aborted) return;
      if (handlers.onError === undefined || !isFailureOf<Code>(error)) throwLater(error);
      else safely(() => handlers.onError?.(error));
    }
  }
  return {
    // Whoever subscribes has the subscription in hand before anything is told.
    closed: Promise.resolve().then(run),
    close: () => closing.abort(),
  };
}

/**
 * The same for `for await`: to leave the loop is to close the connection. Whoever is slow gets the newest
 * state, not all that were.
 *
 * @throws the errors of a call; `Aborted` when the signal ends it
 * @example for await (const { placesLeft } of updates(client.runs.watch, { runIds: [id] })) { … }
 */
export async function* updates<Input, Output, Code extends string>(
  procedure: Watchable<Input, Output, Code>,
  input: Input,
  options: UpdatesOptions = {},
): AsyncGenerator<Output, void, undefined> {
  for await (const { data } of follow(procedure["~stream"], input, options)) yield data;
}
