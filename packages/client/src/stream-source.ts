import type { Reporter } from "./reporter.ts";

/** How the connection of a subscription is doing. */
export type SubscriptionState = "connecting" | "open" | "closed";

/** One request for an event stream. */
export interface StreamRequest {
  readonly procedure: string;
  readonly input: unknown;
  /** Of the last event that came, to go on from there. */
  readonly lastEventId: string | undefined;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

/**
 * Asks for an event stream.
 * @returns whatever was answered, as soon as it begins
 * @throws NotSent; what fetch throws
 */
export type OpenStream = (request: StreamRequest) => Promise<Response>;

/** What of a client is needed to watch something with it. */
export interface StreamSettings {
  readonly open: OpenStream;
  /** How long to wait for the beginning of an answer. */
  readonly timeoutMs: number;
  readonly reporter: Reporter;
}

/** Where the events of one procedure come from. */
export interface StreamSource<Output> extends StreamSettings {
  readonly procedure: string;
  /** Never there: carries the type of what is told. */
  readonly output?: Output;
}
