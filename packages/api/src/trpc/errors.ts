import {
  DOMAIN_ERROR_STATUS,
  type DomainErrorBody,
  type DomainErrorCode,
} from "@lectern/contract/errors";
import type { TRPCError } from "@trpc/server";
import { TRPC_ERROR_CODES_BY_KEY, type TRPC_ERROR_CODE_NUMBER } from "@trpc/server/rpc";
import { isDatabaseUnavailable } from "@lectern/database/errors";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { ZodError } from "zod";
import { DomainError } from "../domain-error.ts";

/** The one place where domain errors are mapped to tRPC and HTTP. */

type ErrorKind = TRPCError["code"];

/** tRPC's name for each HTTP status that domain errors have. */
const KIND_BY_STATUS: Readonly<Record<number, ErrorKind>> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  503: "SERVICE_UNAVAILABLE",
};

const UNAVAILABLE_RETRY_AFTER_SECONDS = 1;
const NO_JSON_MESSAGE = "The request is not JSON.";
const INTERNAL_MESSAGE = "Something went wrong on our side. Please try again.";

export interface WireErrorData<Domain> {
  /** tRPC's name of the error's kind. */
  code: ErrorKind;
  httpStatus: number;
  path: string | null;
  requestId: string | null;
  /** The domain error; `null` for errors that are none, such as an unknown procedure. */
  domain: Domain;
}

export interface WireError<Domain> {
  message: string;
  /** JSON-RPC's number for the kind. */
  code: TRPC_ERROR_CODE_NUMBER;
  data: WireErrorData<Domain>;
}

/** Errors that any procedure may answer with. */
export type CommonErrorCode = "Invalid" | "RateLimited" | "Unavailable";

function fromZod(error: ZodError): DomainErrorBody<"Invalid"> {
  return {
    code: "Invalid",
    data: {
      issues: error.issues.slice(0, 100).map((issue) => ({
        path: issue.path.map(String).join(".").slice(0, 500),
        message: issue.message.slice(0, 1000),
      })),
    },
  };
}

/**
 * @param error what tRPC caught
 * @returns the domain error in it, or `undefined` when it is none. A ZodError counts only where tRPC
 *   blames the request: of an answer that breaks the contract it would tell too much.
 */
export function domainErrorOf(
  error: TRPCError,
): { body: DomainErrorBody; message: string } | undefined {
  const { cause } = error;
  if (cause instanceof DomainError) return { body: cause.body, message: cause.message };
  if (cause instanceof ZodError && error.code === "BAD_REQUEST") {
    const body = fromZod(cause);
    const [first] = body.data.issues;
    const where = first === undefined || first.path === "" ? "" : `${first.path} `;
    return { body, message: `The request is not right: ${where}${first?.message ?? ""}`.trim() };
  }
  if (isDatabaseUnavailable(cause)) {
    const retryAfterSeconds = UNAVAILABLE_RETRY_AFTER_SECONDS;
    return {
      body: { code: "Unavailable", data: { retryAfterSeconds } },
      message: "Lectern can't answer right now. Please try again in a moment.",
    };
  }
  return undefined;
}

interface FormatOptions {
  error: TRPCError;
  path: string | undefined;
  ctx: { requestId: string } | undefined;
}

function wireError<Domain>(
  opts: FormatOptions,
  error: { kind: ErrorKind; httpStatus: number; message: string; domain: Domain },
): WireError<Domain> {
  return {
    message: error.message,
    code: TRPC_ERROR_CODES_BY_KEY[error.kind],
    data: {
      code: error.kind,
      httpStatus: error.httpStatus,
      path: opts.path ?? null,
      requestId: opts.ctx?.requestId ?? null,
      domain: error.domain,
    },
  };
}

/** The domain errors with one of these codes. */
type DomainErrorAmong<Code extends DomainErrorCode> = Extract<DomainErrorBody, { code: Code }>;

function isOneOf<Code extends DomainErrorCode>(
  body: DomainErrorBody,
  codes: readonly Code[],
): body is DomainErrorAmong<Code> {
  return codes.some((code) => code === body.code);
}

function domainWireError<Body extends DomainErrorBody>(
  opts: FormatOptions,
  body: Body,
  message: string,
): WireError<Body> {
  const httpStatus = DOMAIN_ERROR_STATUS[body.code];
  const kind = KIND_BY_STATUS[httpStatus] ?? "INTERNAL_SERVER_ERROR";
  return wireError(opts, { kind, httpStatus, message, domain: body });
}

/**
 * Declares which domain errors a procedure may answer with, for `.errors()`.
 *
 * @returns a formatter that shapes those errors and leaves the others to `formatError`
 */
export function mayFail<const Codes extends readonly DomainErrorCode[]>(...codes: Codes) {
  return (opts: FormatOptions): WireError<DomainErrorAmong<Codes[number]>> | undefined => {
    const found = domainErrorOf(opts.error);
    if (found === undefined || !isOneOf<Codes[number]>(found.body, codes)) return undefined;
    return domainWireError(opts, found.body, found.message);
  };
}

/**
 * The shape of every error that its procedure did not declare. Errors of our own making never leak
 * a message: whoever needs to know looks up the request id in the log.
 */
export function formatError(
  opts: FormatOptions,
): WireError<DomainErrorAmong<CommonErrorCode> | null> {
  const found = domainErrorOf(opts.error);
  if (found !== undefined && isOneOf(found.body, ["Invalid", "RateLimited", "Unavailable"])) {
    return domainWireError(opts, found.body, found.message);
  }
  const httpStatus = getHTTPStatusCodeFromError(opts.error);
  // A domain error that its procedure did not declare is our mistake, too.
  if (httpStatus >= 500 || found !== undefined) {
    const kind = "INTERNAL_SERVER_ERROR";
    return wireError(opts, { kind, httpStatus: 500, message: INTERNAL_MESSAGE, domain: null });
  }
  const { code: kind, cause, message } = opts.error;
  // What is said of text that is no JSON quotes it.
  const told = cause instanceof SyntaxError ? NO_JSON_MESSAGE : message;
  return wireError(opts, { kind, httpStatus, message: told, domain: null });
}
