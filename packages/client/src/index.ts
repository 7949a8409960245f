/** The package's door: what programs import from `@lectern/client`. */

export type { AppRouter } from "@lectern/api/app-router";
export { createClient } from "./create-client.ts";
export type {
  CallResponse,
  LecternClient,
  Mutation,
  PendingCall,
  Query,
  Watchable,
} from "./client-types.ts";
export {
  type ErrorsOf,
  type FailureOf,
  LecternAbortedError,
  LecternClientError,
  LecternConnectionError,
  LecternContractError,
  LecternError,
  type LecternErrorOf,
  type LecternFailure,
  LecternServerError,
  LecternTimeoutError,
  isLecternError,
  isLecternFailure,
} from "./errors.ts";
export { newIdempotencyKey } from "./random-id.ts";
export type {
  CallOptions,
  ClientHooks,
  ClientLogger,
  ClientOptions,
  FetchLike,
  TerminatingLink,
  TokenSource,
} from "./options.ts";
export { items, pages } from "./pages.ts";
export type {
  DomainErrorCode,
  DomainErrorData,
  ProcedurePath,
  RouterInputs,
  RouterOutputs,
} from "./procedures.ts";
export { type Result, safe } from "./safe.ts";
export type { SubscriptionState } from "./stream-source.ts";
export {
  type Subscription,
  type SubscriptionHandlers,
  type UpdatesOptions,
  subscribe,
  updates,
} from "./subscribe.ts";
export { CLIENT_VERSION } from "./version.ts";
