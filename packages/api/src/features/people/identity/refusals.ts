import type { OpenIdFailure, OpenIdFailureReason } from "@lectern/auth/openid/openid-failure";
import { DomainError, invalid } from "../../../domain-error.ts";

/** Why signing in at a provider is refused, for the audit log: whoever tries is not told. */
export type RefusalReason =
  | "token"
  | "unverified_email"
  | "other_domain"
  | "not_invited"
  | "not_a_member"
  | "suspended";

/** Whoever tries learns neither what was wrong, nor whether there is an account. */
export function notLetIn(): DomainError {
  return new DomainError(
    { code: "SignInFailed", data: { reason: "wrong" } },
    "Signing in there did not work. Please try again, or ask whoever looks after your account there.",
  );
}

/** The provider does not answer. */
export function providerUnreachable(name: string): DomainError {
  return new DomainError(
    { code: "ProviderUnreachable", data: { name } },
    `${name} does not answer right now. Please try again in a moment, or sign in another way.`,
  );
}

const CHECK_WORDS: Readonly<Record<OpenIdFailureReason, string>> = {
  unreachable: "Nothing answers there: is the address right?",
  address:
    "It does not lead into the public network, or not over https: the academy fetches from nowhere else.",
  not_a_provider:
    "There is no provider of OpenID Connect that calls itself by this address: take the issuer as its documentation writes it.",
  refused: "What the provider says of itself does not hold.",
};

/** The issuer that staff gave is not right. */
export function issuerRefused({ reason, detail }: OpenIdFailure): DomainError {
  return invalid("issuer", `${CHECK_WORDS[reason]} (${detail})`);
}
