import {
  type LecternClient,
  type RouterOutputs,
  isLecternFailure,
  newIdempotencyKey,
} from "@lectern/client";

type Begun = RouterOutputs["devices"]["begin"];
type Polled = RouterOutputs["devices"]["poll"];

/** How it ended. */
export type Decided = Extract<Polled, { state: "denied" | "expired" | "granted" }>;

/** So much longer than before to wait, whenever the academy says so (RFC 8628, 3.5). */
const SLOWER_BY_SECONDS = 5;

/** Failures that pass: the academy starts anew, or the network is away for a moment. */
const PASSING = new Set(["ConnectionFailed", "TimedOut", "Unavailable", "RateLimited"]);

export interface PollOptions {
  readonly signal: AbortSignal;
  /** Waits for so many milliseconds, or rejects when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds from anywhere. */
  readonly now: () => number;
}

/**
 * Asks the academy again and again whether a request was decided on: as often as it allows, and twice as
 * seldom each time that it can't be reached.
 *
 * @returns how it ended; `expired` too when nobody decided in time
 * @throws what the academy refuses, or the signal's reason
 */
export async function pollDevice(
  client: LecternClient,
  begun: Begun,
  { signal, wait, now }: PollOptions,
): Promise<Decided> {
  const end = now() + begun.expiresInSeconds * 1000;
  let seconds = begun.intervalSeconds;
  while (now() < end) {
    await wait(seconds * 1000, signal);
    try {
      const polled = await client.devices.poll.mutate(
        { deviceCode: begun.deviceCode, idempotencyKey: newIdempotencyKey() },
        { signal, maxRetries: 0 },
      );
      if (polled.state === "slow_down") seconds += SLOWER_BY_SECONDS;
      else if (polled.state !== "pending") return polled;
    } catch (error) {
      if (signal.aborted || !isLecternFailure(error) || !PASSING.has(error.code)) throw error;
      seconds *= 2;
    }
  }
  return { state: "expired" };
}
