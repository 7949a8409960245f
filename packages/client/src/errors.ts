import type {
  CodesOf,
  DomainErrorCode,
  DomainErrorData,
  ProcedureAt,
  ProcedurePath,
} from "./procedures.ts";

/** What every error of the client knows of the call that failed. */
export interface FailureDetails {
  /** Full name of the procedure, such as `bookings.hold`. */
  readonly procedure: string;
  /** Names the last attempt in the server's log; `null` if none was sent. */
  readonly requestId: string | null;
  /** How often the call was sent, the first time included. */
  readonly attempts: number;
  readonly cause?: unknown;
}

/** What all errors of the client have in common. `code` tells them apart in a `switch`. */
export abstract class LecternClientError extends Error implements FailureDetails {
  abstract readonly code: string;
  readonly procedure: string;
  readonly requestId: string | null;
  readonly attempts: number;

  constructor(message: string, details: FailureDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.procedure = details.procedure;
    this.requestId = details.requestId;
    this.attempts = details.attempts;
  }
}

/** The rules of the domain say no: `code` says why, `data` what a program needs to react. */
export class LecternError<
  Code extends DomainErrorCode = DomainErrorCode,
> extends LecternClientError {
  override readonly name = "LecternError";
  readonly code: Code;
  readonly data: DomainErrorData<Code>;

  constructor(
    body: { readonly code: Code; readonly data: DomainErrorData<Code> },
    message: string,
    details: FailureDetails,
  ) {
    super(message, details);
    this.code = body.code;
    this.data = body.data;
  }
}

/** What the server said of an error that is none of the domain errors known to this release. */
export interface ServerErrorDetails {
  readonly httpStatus: number;
  /** tRPC's name of the kind, such as `INTERNAL_SERVER_ERROR` or `NOT_FOUND`. */
  readonly kind: string;
  /** A domain error that a newer server has and this release doesn't know. */
  readonly unknownDomainError: { readonly code: string; readonly data: unknown } | null;
}

/** The server failed, refused the request as such, or has an error that this release doesn't know. */
export class LecternServerError extends LecternClientError implements ServerErrorDetails {
  override readonly name = "LecternServerError";
  readonly code = "ServerFailed";
  readonly httpStatus: number;
  readonly kind: string;
  readonly unknownDomainError: ServerErrorDetails["unknownDomainError"];

  constructor(message: string, server: ServerErrorDetails, details: FailureDetails) {
    super(message, details);
    this.httpStatus = server.httpStatus;
    this.kind = server.kind;
    this.unknownDomainError = server.unknownDomainError;
  }
}

/** The server can't be reached, or something between here and there broke the connection. */
export class LecternConnectionError extends LecternClientError {
  override readonly name = "LecternConnectionError";
  readonly code = "ConnectionFailed";
  /** Status that a proxy answered with in the server's place. */
  readonly httpStatus: number | null;

  constructor(message: string, httpStatus: number | null, details: FailureDetails) {
    super(message, details);
    this.httpStatus = httpStatus;
  }
}

/** The last attempt took longer than `timeoutMs`. Whether it had an effect is not known. */
export class LecternTimeoutError extends LecternClientError {
  override readonly name = "LecternTimeoutError";
  readonly code = "TimedOut";
  readonly timeoutMs: number;

  constructor(message: string, timeoutMs: number, details: FailureDetails) {
    super(message, details);
    this.timeoutMs = timeoutMs;
  }
}

/** The caller's signal was aborted; its reason is the `cause`. */
export class LecternAbortedError extends LecternClientError {
  override readonly name = "LecternAbortedError";
  readonly code = "Aborted";
}

/** What came back is not what the contract says, such as the page of another web server. */
export class LecternContractError extends LecternClientError {
  override readonly name = "LecternContractError";
  readonly code = "ContractBroken";
}

/** A domain error for each of the codes, so that a check of `code` narrows `data`. */
export type LecternErrorOf<Code extends string> = Code extends DomainErrorCode
  ? LecternError<Code>
  : never;

/** What any call may fail with beside the domain errors of its procedure. */
export type TransportError =
  | LecternServerError
  | LecternConnectionError
  | LecternTimeoutError
  | LecternAbortedError
  | LecternContractError;

/** Everything that a call may fail with whose procedure declares these domain errors. */
export type FailureOf<Code extends string> = LecternErrorOf<Code> | TransportError;

/** Everything that any call may fail with. */
export type LecternFailure = FailureOf<DomainErrorCode>;

/** Everything that calls of one procedure may fail with: `ErrorsOf<"bookings.hold">`. */
export type ErrorsOf<Path extends ProcedurePath> = FailureOf<CodesOf<ProcedureAt<Path>>>;

/**
 * Tells domain errors from others, and one of them from the rest.
 *
 * @param code the one to look for; without it, any domain error is meant
 * @example if (isLecternError(error, "SoldOut")) say(`${error.data.placesLeft} places are left`);
 */
export function isLecternError(error: unknown): error is LecternErrorOf<DomainErrorCode>;
export function isLecternError<Code extends DomainErrorCode>(
  error: unknown,
  code: Code,
): error is LecternErrorOf<Code>;
export function isLecternError(error: unknown, code?: DomainErrorCode): boolean {
  return error instanceof LecternError && (code === undefined || error.code === code);
}

/** @returns whether the client threw it, whatever the reason */
export function isLecternFailure(error: unknown): error is LecternFailure {
  return error instanceof LecternClientError;
}
