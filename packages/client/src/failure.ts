import { isDomainErrorCode } from "@lectern/contract/error-codes";
import { REQUEST_ID_HEADER } from "@lectern/contract/cacheable";
import {
  type FailureDetails,
  type LecternClientError,
  LecternConnectionError,
  LecternContractError,
  LecternError,
  type LecternErrorOf,
  type LecternFailure,
  LecternServerError,
  isLecternFailure,
} from "./errors.ts";
import { ExchangeFailed, HttpAnswer, NotJson, NotSent } from "./http-answer.ts";
import type { DomainErrorBody, DomainErrorCode } from "./procedures.ts";
import { isPassing, parseRetryAfter } from "./retry.ts";

/** An attempt that failed, and what that means for a next one. */
export interface FailedAttempt {
  readonly failure: LecternFailure;
  /** Whether the next attempt may well succeed. */
  readonly passing: boolean;
  /** How long the server asked to wait. */
  readonly retryAfterMs: number | null;
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** A newer server may know more codes: those are no domain errors to this release. */
function isDomainErrorBody(value: unknown): value is DomainErrorBody {
  return isFields(value) && isDomainErrorCode(value["code"]) && isFields(value["data"]);
}

/** An error for each body, told apart by its code as the bodies are. */
function domainError(
  body: DomainErrorBody,
  message: string,
  details: FailureDetails,
): LecternErrorOf<DomainErrorCode>;
function domainError(
  body: DomainErrorBody,
  message: string,
  details: FailureDetails,
): LecternClientError {
  // Which codes, is said: to infer it, the compiler compares each body with each, for five seconds.
  return new LecternError<DomainErrorCode>(body, message, details);
}

/** What a server answered, read with the suspicion that it may be newer, older, or another. */
function fromWire(message: string, data: Fields, details: FailureDetails): LecternFailure {
  const { domain, httpStatus, code: kind } = data;
  if (isDomainErrorBody(domain)) return domainError(domain, message, details);
  const unknownDomainError =
    isFields(domain) && typeof domain["code"] === "string"
      ? { code: domain["code"], data: domain["data"] }
      : null;
  return new LecternServerError(
    message,
    {
      httpStatus: typeof httpStatus === "number" ? httpStatus : 500,
      kind: typeof kind === "string" ? kind : "INTERNAL_SERVER_ERROR",
      unknownDomainError,
    },
    details,
  );
}

/** What tRPC's links fail with, which the package's index alone exports, and much else with it. */
interface LinkError {
  /** What the server said, if it did. */
  readonly shape: unknown;
  readonly cause: unknown;
  readonly meta: unknown;
  readonly message: string;
}

function isLinkError(error: unknown): error is LinkError {
  return error instanceof Error && error.name === "TRPCClientError" && "shape" in error;
}

function fromNotJson(answer: NotJson, sent: FailureDetails): LecternFailure {
  const requestId = answer.headers.get(REQUEST_ID_HEADER) ?? sent.requestId;
  const details = { ...sent, requestId, cause: answer };
  const { message, status } = answer;
  return status >= 500 || status === 429 || status === 408
    ? new LecternConnectionError(`${sent.procedure}: ${message}`, status, details)
    : new LecternContractError(
        `${sent.procedure}: not an answer of Lectern's API (${message})`,
        details,
      );
}

function failureOf(
  error: unknown,
  sent: FailureDetails,
  headers: Headers | undefined,
): LecternFailure {
  const { procedure } = sent;
  if (isLinkError(error)) {
    const { cause, message, shape } = error;
    if (isFields(shape) && isFields(shape["data"])) {
      const { requestId } = shape["data"];
      const details = typeof requestId === "string" ? { ...sent, requestId } : sent;
      return fromWire(message, shape["data"], details);
    }
    if (cause instanceof ExchangeFailed || cause instanceof NotSent) {
      const details = { ...sent, cause: cause.cause };
      return new LecternConnectionError(`${procedure}: ${cause.message}`, null, details);
    }
    if (cause instanceof NotJson) return fromNotJson(cause, sent);
  }
  const details = {
    ...sent,
    requestId: headers?.get(REQUEST_ID_HEADER) ?? sent.requestId,
    cause: error,
  };
  return new LecternContractError(`${procedure}: the answer makes no sense`, details);
}

function headersOf(error: unknown): Headers | undefined {
  if (!isLinkError(error)) return undefined;
  const { cause, meta } = error;
  if (cause instanceof NotJson) return cause.headers;
  const response = isFields(meta) ? meta["response"] : undefined;
  return response instanceof HttpAnswer ? response.headers : undefined;
}

function retryAfterOf(failure: LecternFailure, headers: Headers | undefined): number | null {
  if (failure.code === "RateLimited" || failure.code === "Unavailable") {
    const seconds: unknown = failure.data.retryAfterSeconds;
    if (typeof seconds === "number") return seconds * 1000;
  }
  return parseRetryAfter(headers?.get("retry-after"));
}

/**
 * Gives an attempt's error the class that says what happened.
 *
 * @param error what the link failed with
 * @param sent what is known of the attempt; a request id in the answer is preferred to the one sent
 */
export function failedAttempt(error: unknown, sent: FailureDetails): FailedAttempt {
  const headers = headersOf(error);
  const failure = isLecternFailure(error) ? error : failureOf(error, sent, headers);
  const wasSent = !(isLinkError(error) && error.cause instanceof NotSent);
  return {
    failure,
    passing: wasSent && isPassing(failure),
    retryAfterMs: retryAfterOf(failure, headers),
  };
}
