import { domainErrorOf } from "@lectern/api/trpc/errors";
import type { DomainErrorCode } from "@lectern/contract/error-codes";
import type { TRPCError } from "@trpc/server";
import type { FastifyRequest } from "fastify";
import { logRefusal } from "../request-log.ts";

export interface FailedProcedure {
  readonly error: TRPCError;
  readonly path?: string | undefined;
}

/** What says that somebody tried what is not theirs to do. */
const REFUSALS: ReadonlySet<DomainErrorCode> = new Set([
  "Unauthenticated",
  "Forbidden",
  "SecondFactorRequired",
  "SignInFailed",
  "LinkNotUsable",
  "RateLimited",
]);

/** Tells the log of a procedure that failed, as far as anybody should hear of it. */
export function logFailure(request: FastifyRequest, failed: FailedProcedure): void {
  // What the domain says no to is an answer and not a fault.
  const domain = domainErrorOf(failed.error)?.body.code;
  if (domain !== undefined && REFUSALS.has(domain)) {
    logRefusal(request, { procedure: failed.path, code: domain });
  }
  if (domain !== undefined && domain !== "Unavailable") return;
  const { code, cause } = failed.error;
  const procedure = failed.path;
  if (code === "INTERNAL_SERVER_ERROR") {
    request.log.error({ err: cause ?? failed.error, procedure }, "procedure failed");
  } else {
    // What is not right with a request is told with a piece of it.
    request.log.info({ code, procedure }, "procedure failed");
  }
}

/** @returns the longest wait, in seconds, that one of the errors asks for */
export function retryAfterOf(errors: readonly TRPCError[]): number | undefined {
  const waits = errors
    .map((error) => domainErrorOf(error)?.body)
    .filter((body) => body?.code === "Unavailable" || body?.code === "RateLimited")
    .map((body) => body.data.retryAfterSeconds);
  return waits.length === 0 ? undefined : Math.max(...waits);
}
