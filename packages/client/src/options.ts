import type { AppRouter } from "@lectern/api/app-router";
import type { TRPCLink } from "@trpc/client";
import type { LecternFailure } from "./errors.ts";

/** A token, or a function that gives the one to send now. */
export type TokenSource =
  | string
  | (() => string | null | undefined | Promise<string | null | undefined>);

/** The part of `fetch` that the client uses. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/** Where the client reports what happens; `console` will do. Inputs and tokens never go there. */
export interface ClientLogger {
  debug(message: string, details: Readonly<Record<string, unknown>>): void;
  warn(message: string, details: Readonly<Record<string, unknown>>): void;
}

export interface AttemptEvent {
  readonly procedure: string;
  readonly type: "query" | "mutation" | "subscription";
  /** 1 for the first; of a subscription, each connection is one. */
  readonly attempt: number;
}

export interface AnswerEvent extends AttemptEvent {
  readonly requestId: string | null;
  /** Since the call began, attempts that failed included. */
  readonly durationMs: number;
}

export interface RetryEvent extends AttemptEvent {
  readonly failure: LecternFailure;
  readonly delayMs: number;
}

export interface FailureEvent extends AttemptEvent {
  readonly failure: LecternFailure;
  readonly durationMs: number;
}

/** Called as things happen, for metrics and traces. A hook that throws does not fail the call. */
export interface ClientHooks {
  readonly onAttempt?: (event: AttemptEvent) => void;
  readonly onAnswer?: (event: AnswerEvent) => void;
  readonly onRetry?: (event: RetryEvent) => void;
  readonly onFailure?: (event: FailureEvent) => void;
}

/** What carries a call to the procedures and its answer back: a terminating tRPC link. */
export type TerminatingLink = TRPCLink<AppRouter>;

export interface ClientOptions {
  /**
   * Address of the academy, such as `https://academy.example`; the client adds `/trpc`. By default the
   * page's own origin in browsers, and `LECTERN_URL` in Node.
   */
  readonly url?: string | URL | undefined;
  /** Sent as a bearer token with whatever is not public. By default `LECTERN_TOKEN` in Node. */
  readonly token?: TokenSource | undefined;
  /** How long one attempt may take: 30 s by default. Of a subscription, until the stream begins. */
  readonly timeoutMs?: number | undefined;
  /** How often a call is repeated that may be repeated: 2 by default. */
  readonly maxRetries?: number | undefined;
  /** By default the platform's. */
  readonly fetch?: FetchLike | undefined;
  readonly logger?: ClientLogger | undefined;
  readonly hooks?: ClientHooks | undefined;
  /** What the program calls itself, for the server's log: `my-intranet/2.1`. */
  readonly clientName?: string | undefined;
  /** What courses are called in answers that are the caller's own: a tag such as `nb`. Public answers have it in their inputs. */
  readonly language?: string | undefined;
  /** The W3C trace context to send with a request, asked for each. */
  readonly traceparent?: (() => string | null | undefined) | undefined;
  /** Carries the calls instead of HTTP: for rendering inside the server, and for tests. */
  readonly link?: TerminatingLink | undefined;
}

/** What one call may do differently. */
export interface CallOptions {
  /** Ends the call, here and at the server. */
  readonly signal?: AbortSignal | undefined;
  /** How long one attempt may take. */
  readonly timeoutMs?: number | undefined;
  readonly maxRetries?: number | undefined;
}
