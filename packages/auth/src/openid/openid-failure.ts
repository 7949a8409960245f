import { AddressRefused } from "./guarded-fetch.ts";

/**
 * - `unreachable`: no answer, or none that could be read
 * - `address`: it leads to where the server does not go
 * - `not_a_provider`: what answers is not the provider that it should be
 * - `refused`: what the provider or the browser says does not hold
 */
export type OpenIdFailureReason = "unreachable" | "address" | "not_a_provider" | "refused";

/**
 * Signing in at a provider did not work. Says why by codes alone: what the libraries say besides holds
 * tokens and what is told of people, which belongs in no log.
 */
export class OpenIdFailure extends Error {
  override readonly name = "OpenIdFailure";
  readonly reason: OpenIdFailureReason;
  /** Such as `invalid_grant`, `ECONNREFUSED`, `OAUTH_JWT_CLAIM_COMPARISON_FAILED`. */
  readonly detail: string;

  constructor(reason: OpenIdFailureReason, detail: string) {
    super(`${reason}: ${detail}`);
    this.reason = reason;
    this.detail = detail;
  }
}

/** Of openid-client: something answered, but nothing that a provider says. */
const NO_ANSWER: readonly string[] = [
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
  "OAUTH_PARSE_ERROR",
];

/** Of openid-client: an address that is not of https, or of no page at all. */
const OTHER_ADDRESS: readonly string[] = [
  "OAUTH_HTTP_REQUEST_FORBIDDEN",
  "OAUTH_REQUEST_PROTOCOL_FORBIDDEN",
];

const CODE = /^[\w.-]{1,60}$/u;

/** @returns why something did not work, from whatever openid-client or a connection threw */
export function openIdFailureOf(error: unknown): OpenIdFailure {
  if (error instanceof OpenIdFailure) return error;
  const chain = causesOf(error);
  if (chain.some((one) => one instanceof AddressRefused)) {
    return new OpenIdFailure("address", "AddressRefused");
  }
  const codes = chain.flatMap((one) => codesOf(one));
  if (codes.some((code) => OTHER_ADDRESS.includes(code))) {
    return new OpenIdFailure("address", "protocol");
  }
  // The provider's own word says more than the library's.
  const detail = codes.at(-1) ?? "unknown";
  const isProtocol = codes.some((code) => code.startsWith("OAUTH_") && !NO_ANSWER.includes(code));
  return new OpenIdFailure(isProtocol ? "refused" : "unreachable", detail);
}

function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let one = error; one instanceof Error && chain.length < 8; one = one.cause) chain.push(one);
  return chain;
}

function codesOf(error: Error): string[] {
  const code = "code" in error && error.code;
  // RFC 6749, 5.2: such as `invalid_grant`.
  const told = "error" in error && error.error;
  return [code, told].filter((one): one is string => typeof one === "string" && CODE.test(one));
}
