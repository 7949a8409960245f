import {
  type DomainErrorCode,
  type LecternErrorOf,
  LecternClientError,
  isLecternError,
  isLecternFailure,
} from "@lectern/client";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { EncodingError } from "../import/input/decode-text.ts";
import { InputError } from "../import/input/open-input.ts";
import type { TokenOrigin } from "../sign-in/find-token.ts";
import { UsageError } from "../usage-error.ts";

/** What went wrong, for people and for programs, and how the process ends. */
export interface ErrorDescription {
  readonly text: string;
  readonly forPrograms: Readonly<Record<string, unknown>>;
  readonly exitCode: ExitCode;
}

/** What to do where the academy does not take who shows what. */
function adviceToSignIn(shown: TokenOrigin | undefined): string {
  switch (shown) {
    case "login":
      return "The sign-in that was kept is not good any more: it expired, or was revoked. Sign in again: lectern login";
    case "option":
    case "environment":
      return `The token of ${shown === "option" ? "--token" : "LECTERN_TOKEN"} is unknown, expired or revoked. Give another, or sign in: lectern login`;
    case "operator":
      return "The operator token under LECTERN_DATA is not that of this academy. Sign in: lectern login";
    default:
      return "Sign in: lectern login. Or give a token: LECTERN_TOKEN, or LECTERN_DATA for the folder that holds the operator's.";
  }
}

/** What to do about an error of the domain, where the message does not say it. */
function adviceFor(
  error: LecternErrorOf<DomainErrorCode>,
  shown: TokenOrigin | undefined,
): string | undefined {
  switch (error.code) {
    case "Unauthenticated":
      return adviceToSignIn(shown);
    case "Forbidden":
      return `The token lacks the permission ${error.data.permission}.`;
    case "SoldOut":
      return `Places left: ${error.data.placesLeft}; asked for: ${error.data.requested}.`;
    case "HoldExpired":
      return `The hold ended at ${error.data.expiredAt}. Book again.`;
    case "Invalid":
      return error.data.issues.map(({ path, message }) => `  ${path}: ${message}`).join("\n");
    case "RateLimited":
    case "Unavailable":
      return `Try again in ${error.data.retryAfterSeconds} s.`;
    default:
      return undefined;
  }
}

function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n");
}

function describeFailure(
  error: LecternClientError,
  url: string,
  shown: TokenOrigin | undefined,
): ErrorDescription {
  const request = error.requestId === null ? undefined : `Request id: ${error.requestId}`;
  const about = {
    name: error.name,
    code: error.code,
    message: error.message,
    procedure: error.procedure,
    requestId: error.requestId,
    attempts: error.attempts,
  };
  if (isLecternError(error)) {
    return {
      text: lines(`${error.message} (${error.code})`, adviceFor(error, shown), request),
      forPrograms: { ...about, data: error.data },
      exitCode: EXIT.refused,
    };
  }
  const advice =
    isLecternFailure(error) && error.code === "ConnectionFailed"
      ? `Is an academy running at ${url}? Start one with npm start, or give --url.`
      : undefined;
  return {
    text: lines(error.message, advice, request),
    forPrograms: about,
    exitCode:
      isLecternFailure(error) && error.code === "Aborted" ? EXIT.interrupted : EXIT.unavailable,
  };
}

/**
 * @param url of the academy that was spoken to
 * @param shown where the token came from that it was shown
 */
export function describeError(error: unknown, url: string, shown?: TokenOrigin): ErrorDescription {
  if (error instanceof LecternClientError) {
    // Nothing was sent, as the credentials can't be used.
    if (error.cause instanceof UsageError) return describeError(error.cause, url, shown);
    return describeFailure(error, url, shown);
  }
  const message = error instanceof Error ? error.message : String(error);
  if (
    error instanceof InputError ||
    error instanceof EncodingError ||
    error instanceof UsageError
  ) {
    return { text: message, forPrograms: { name: error.name, message }, exitCode: EXIT.usage };
  }
  const stack = error instanceof Error ? error.stack : undefined;
  return {
    text: lines("This should not have happened; please report it.", stack ?? message),
    forPrograms: { name: error instanceof Error ? error.name : "Error", message },
    exitCode: EXIT.defect,
  };
}
