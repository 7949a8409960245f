import {
  DOMAIN_ERROR_STATUS,
  type DomainErrorBody,
  type DomainErrorCode,
  type DomainErrorData,
} from "@lectern/contract/errors";

/**
 * What a use case throws when the rules of the domain say no. Reaches the client as data; the
 * message is for people and must not hold anything that the caller may not see.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly body: DomainErrorBody;

  constructor(body: DomainErrorBody, message: string, options?: ErrorOptions) {
    super(message, options);
    this.body = body;
  }

  get code(): DomainErrorCode {
    return this.body.code;
  }

  get httpStatus(): number {
    return DOMAIN_ERROR_STATUS[this.body.code];
  }
}

/** Nothing with that id, or nothing that the caller may know of. */
export function notFound(entity: DomainErrorData<"NotFound">["entity"], id: string): DomainError {
  return new DomainError({ code: "NotFound", data: { entity, id } }, `There is no such ${entity}.`);
}

/** The input is well-formed and yet can't be right. `path` as in `learners.0.email`. */
export function invalid(path: string, message: string): DomainError {
  return new DomainError({ code: "Invalid", data: { issues: [{ path, message }] } }, message);
}

/** It clashes with what is there: taken, changed meanwhile, or in a state that does not allow it. */
export function conflict(
  entity: DomainErrorData<"Conflict">["entity"],
  reason: DomainErrorData<"Conflict">["reason"],
  message: string,
  detail: string | null = null,
): DomainError {
  return new DomainError({ code: "Conflict", data: { reason, entity, detail } }, message);
}
