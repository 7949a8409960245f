import { LRUCache } from "lru-cache";
import {
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  type CustomFetchOptions,
  type FetchBody,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
} from "openid-client";
import { z } from "zod";
import { type GuardOptions, guardedFetch } from "./guarded-fetch.ts";
import { OpenIdFailure, openIdFailureOf } from "./openid-failure.ts";
import { isLocalUrl } from "./public-address.ts";

/** How Lectern is known to a provider. */
export interface ProviderAccess {
  /** Says which one it is, and changes with everything that is said here: what is known of it is kept so long. */
  readonly key: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** How somebody has to have signed in at a provider, by its own word. */
export interface ExpectedSignIn {
  /** `acr` has to be one of these, which are asked for; empty: it may be anything, or missing. */
  readonly acrValues: readonly string[];
  /** `amr` has to hold one of these; empty: the same. */
  readonly amrValues: readonly string[];
  /** So long ago at most, by `auth_time`; `null`: at any time. */
  readonly maxAgeSeconds: number | null;
}

export interface ProviderSettings extends ProviderAccess {
  readonly expects: ExpectedSignIn;
}

/** What has to be kept from the way to the provider until the way back. */
export interface OpenIdAttempt {
  /** Of PKCE (RFC 7636): a secret. */
  readonly verifier: string;
  readonly nonce: string;
}

/** What comes back from the provider, by way of the browser. */
export interface OpenIdReturn {
  readonly redirectUri: string;
  readonly state: string;
  readonly code: string;
  /** RFC 9207: which provider says so. */
  readonly iss: string | undefined;
}

/** Who somebody is to the provider. */
export interface OpenIdClaims {
  readonly subject: string;
  /** The address, if the provider has seen that it is theirs. */
  readonly verifiedEmail: string | undefined;
  readonly name: string | undefined;
}

/** Providers of OpenID Connect, by which people sign in. openid-client behind it, which nothing else knows of. */
export interface OpenIdProviders {
  /**
   * Looks whether there is a provider, with keys that can be read.
   *
   * @returns the issuer as the provider names itself
   * @throws OpenIdFailure
   */
  check(settings: ProviderAccess): Promise<string>;
  /**
   * @returns where to send the browser, and what to keep until it comes back
   * @throws OpenIdFailure
   */
  begin(
    settings: ProviderSettings,
    asked: { readonly redirectUri: string; readonly state: string },
  ): Promise<OpenIdAttempt & { readonly url: string }>;
  /**
   * Exchanges the code, and checks what the provider says: issuer, audience, nonce, times and signature, and how
   * and when somebody signed in there, where that is expected.
   *
   * @throws OpenIdFailure
   */
  finish(
    settings: ProviderSettings,
    attempt: OpenIdAttempt,
    returned: OpenIdReturn,
  ): Promise<OpenIdClaims>;
}

const SCOPE = "openid email profile";

/** For one answer of a provider; somebody waits. */
const TIMEOUT_SECONDS = 10;

/** So long what a provider says of itself is believed without asking again; its keys are asked for as needed. */
const KEPT_MS = 3_600_000;
const MOST_KEPT = 500;

const Claims = z.object({
  sub: z.string().min(1).max(255),
  // Whatever else they say of somebody is no reason not to know who it is.
  email: z.email().max(254).optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  // Some say "true": it is up to them to say it as the standard does.
  email_verified: z.unknown().optional(),
});

/** @returns the providers, of which what they say of themselves is kept for a while */
export function createOpenIdProviders(options: GuardOptions): OpenIdProviders {
  const known = new LRUCache<string, Promise<Configuration>>({ max: MOST_KEPT, ttl: KEPT_MS });

  function fetchFor(issuer: URL) {
    // A provider out in the world has no business on this machine, wherever its metadata point.
    const guard = { allowsLocal: options.allowsLocal && isLocalUrl(issuer) };
    return (address: string, sent: CustomFetchOptions) =>
      guardedFetch(address, { ...sent, body: bodyOf(sent.body) }, guard);
  }

  async function discover(settings: ProviderAccess): Promise<Configuration> {
    const issuer = new URL(settings.issuer);
    const isLocal = options.allowsLocal && isLocalUrl(issuer);
    const found = await discovery(issuer, settings.clientId, undefined, undefined, {
      timeout: TIMEOUT_SECONDS,
      [customFetch]: fetchFor(issuer),
      execute: isLocal ? [allowInsecureRequests] : [],
    });
    const metadata = found.serverMetadata();
    // The library lets some providers of many companies name another issuer: anybody could sign in there.
    if (new URL(metadata.issuer).href !== issuer.href) {
      throw new OpenIdFailure("not_a_provider", "issuer");
    }
    const methods = metadata.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const authenticate = methods.includes("client_secret_basic")
      ? ClientSecretBasic(settings.clientSecret)
      : ClientSecretPost(settings.clientSecret);
    const configuration = new Configuration(metadata, settings.clientId, undefined, authenticate);
    configuration.timeout = TIMEOUT_SECONDS;
    configuration[customFetch] = fetchFor(issuer);
    if (isLocal) allowInsecureRequests(configuration);
    // The signature is checked although the token comes straight from the provider.
    enableNonRepudiationChecks(configuration);
    return configuration;
  }

  async function configurationOf(settings: ProviderAccess): Promise<Configuration> {
    const kept = known.get(settings.key);
    if (kept !== undefined) return kept;
    const discovered = discover(settings);
    known.set(settings.key, discovered);
    try {
      return await discovered;
    } catch (error) {
      known.delete(settings.key);
      throw error;
    }
  }

  return {
    async check(settings) {
      try {
        const metadata = (await discover(settings)).serverMetadata();
        const { issuer, authorization_endpoint, token_endpoint, jwks_uri } = metadata;
        if (
          authorization_endpoint === undefined ||
          token_endpoint === undefined ||
          jwks_uri === undefined
        ) {
          throw new OpenIdFailure("not_a_provider", "metadata");
        }
        await requireKeys(jwks_uri, fetchFor(new URL(issuer)));
        return issuer;
      } catch (error) {
        throw failureOfCheck(error);
      }
    },

    async begin(settings, { redirectUri, state }) {
      try {
        const configuration = await configurationOf(settings);
        const verifier = randomPKCECodeVerifier();
        const nonce = randomNonce();
        const url = buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: SCOPE,
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
          state,
          nonce,
          ...askedFor(settings.expects),
        });
        return { url: url.href, verifier, nonce };
      } catch (error) {
        throw openIdFailureOf(error);
      }
    },

    async finish(settings, { verifier, nonce }, { redirectUri, state, code, iss }) {
      try {
        const configuration = await configurationOf(settings);
        const { expects } = settings;
        const returned = new URL(redirectUri);
        returned.searchParams.set("code", code);
        returned.searchParams.set("state", state);
        if (iss !== undefined) returned.searchParams.set("iss", iss);
        const tokens = await authorizationCodeGrant(configuration, returned, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
          ...(expects.maxAgeSeconds !== null && { maxAge: expects.maxAgeSeconds }),
        });
        requireExpected(tokens.claims(), expects);
        const claims = readClaims(tokens.claims());
        if (claims.email !== undefined) return told(claims);
        // Many providers tell the address only to who asks for it.
        const { userinfo_endpoint } = configuration.serverMetadata();
        if (userinfo_endpoint === undefined) return told(claims);
        return told(
          readClaims(await fetchUserInfo(configuration, tokens.access_token, claims.sub)),
        );
      } catch (error) {
        throw openIdFailureOf(error);
      }
    },
  };
}

function bodyOf(body: FetchBody): string | Uint8Array | undefined {
  if (body === null || body === undefined) return undefined;
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError("openid-client sends nothing else");
}

async function requireKeys(
  address: string,
  fetchIt: (address: string, sent: CustomFetchOptions) => Promise<Response>,
): Promise<void> {
  const answer = await fetchIt(address, {
    method: "GET",
    headers: { accept: "application/json" },
    body: undefined,
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000),
  });
  if (!answer.ok) throw new OpenIdFailure("not_a_provider", "keys");
}

/** Whoever is being set up, and answers something else, is no provider. */
function failureOfCheck(error: unknown): OpenIdFailure {
  const failure = openIdFailureOf(error);
  const hasAnswered = failure.detail.startsWith("OAUTH_") && failure.detail !== "OAUTH_TIMEOUT";
  const isOther = failure.reason === "refused" || hasAnswered;
  return isOther ? new OpenIdFailure("not_a_provider", failure.detail) : failure;
}

/** What a provider is asked for. It may do otherwise: what counts is what it says it did. */
function askedFor({ acrValues, maxAgeSeconds }: ExpectedSignIn): Record<string, string> {
  return {
    ...(acrValues.length > 0 && { acr_values: acrValues.join(" ") }),
    ...(maxAgeSeconds !== null && { max_age: String(maxAgeSeconds) }),
  };
}

const HowClaims = z.object({
  acr: z.string().optional().catch(undefined),
  amr: z.array(z.string()).catch([]),
});

/** Of a token whose signature was checked: what was asked for in an address, the browser could have left out. */
function requireExpected(claims: unknown, { acrValues, amrValues }: ExpectedSignIn): void {
  const { acr, amr } = HowClaims.parse(claims);
  if (acrValues.length > 0 && (acr === undefined || !acrValues.includes(acr))) {
    throw new OpenIdFailure("refused", "acr");
  }
  if (amrValues.length > 0 && !amrValues.some((value) => amr.includes(value))) {
    throw new OpenIdFailure("refused", "amr");
  }
}

function readClaims(claims: unknown): z.infer<typeof Claims> {
  const read = Claims.safeParse(claims);
  if (!read.success) throw new OpenIdFailure("refused", "claims");
  return read.data;
}

function told({ sub, email, email_verified, name }: z.infer<typeof Claims>): OpenIdClaims {
  return { subject: sub, verifiedEmail: email_verified === true ? email : undefined, name };
}
