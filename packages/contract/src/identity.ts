import { z } from "zod";
import { OneTimeProof, Password, SignInAnswer } from "./accounts.ts";
import {
  Email,
  Id,
  IdempotencyKey,
  Instant,
  PageInput,
  Slug,
  WebUrl,
  line,
  page,
  Version,
} from "./primitives.ts";

/** Signing in at the provider of one's company, or of the academy's staff, by OpenID Connect. */

const ClientId = line(500);
const ClientSecret = line(2000);
/** Values of a claim, any of which will do. */
const ClaimValues = z.array(line(200)).max(10);
/** Half a year: whoever does not care says nothing. */
const MaxAge = z.int().min(0).max(15_552_000);

/** A provider, as staff see it. What Lectern shows it to be let in is never answered. */
export const IdentityProvider = z.object({
  id: Id,
  slug: Slug,
  name: line(200),
  issuer: WebUrl,
  clientId: ClientId,
  /** Whose people sign in there; `null`: the academy's staff. */
  organisation: z.object({ id: Id, name: z.string().max(200) }).nullable(),
  isEnabled: z.boolean(),
  /** Whether it asks for a second factor itself, so that the academy need not. */
  asksSecondFactor: z.boolean(),
  /** What it is asked for by `acr_values`, and has to say by `acr`, one of them; empty: nothing. */
  acrValues: ClaimValues,
  /** What it has to say by `amr`, one of them at least; empty: nothing. */
  amrValues: ClaimValues,
  /** For how long somebody may have been signed in there, by `max_age` and `auth_time`; `null`: for any time. */
  maxAgeSeconds: MaxAge.nullable(),
  /** What has to be written down there as the address to come back to. No other provider has the same. */
  redirectUri: WebUrl,
  /** How many people sign in there. */
  people: z.int().min(0),
  createdAt: Instant,
  version: Version,
});
export type IdentityProvider = z.infer<typeof IdentityProvider>;

export const IdentityProvidersInput = PageInput.extend({ organisationId: Id.nullish() });
export const IdentityProvidersOutput = page(IdentityProvider);

export const IdentityProviderCreateInput = z.object({
  slug: Slug,
  name: line(200),
  issuer: WebUrl,
  clientId: ClientId,
  clientSecret: ClientSecret,
  organisationId: Id.nullish(),
  asksSecondFactor: z.boolean().default(false),
  acrValues: ClaimValues.default([]),
  amrValues: ClaimValues.default([]),
  maxAgeSeconds: MaxAge.nullish(),
  idempotencyKey: IdempotencyKey,
});

/** Another issuer, or another company, is another provider: who people are to it would be somebody else. */
export const IdentityProviderUpdateInput = z.object({
  id: Id,
  name: line(200).optional(),
  clientId: ClientId.optional(),
  clientSecret: ClientSecret.optional(),
  asksSecondFactor: z.boolean().optional(),
  acrValues: ClaimValues.optional(),
  amrValues: ClaimValues.optional(),
  /** `null` for any time. */
  maxAgeSeconds: MaxAge.nullish(),
  version: Version,
  idempotencyKey: IdempotencyKey,
});

export const IdentityProviderChangeInput = z.object({
  id: Id,
  version: Version,
  idempotencyKey: IdempotencyKey,
});

/** By the address that somebody types, or by the name of a provider in a link. */
export const IdentityOptionsInput = z.object({ email: Email.nullish(), slug: Slug.nullish() });

const ProviderName = z.object({ slug: Slug, name: z.string().max(200) });

export const IdentityOptions = z.object({
  items: z.array(ProviderName.extend({ isForStaff: z.boolean() })).max(20),
});
export type IdentityOptions = z.infer<typeof IdentityOptions>;

export const IdentityBeginInput = z.object({
  provider: Slug,
  /** The path of the site to come back to; anything else leads to the start page. */
  returnTo: z.string().max(2048),
  idempotencyKey: IdempotencyKey,
});

export const IdentityBegun = z.object({
  /** Where to send the browser. */
  url: z.string().max(8192),
  expiresAt: Instant,
});
export type IdentityBegun = z.infer<typeof IdentityBegun>;

/** What the provider gave the browser along, as it stands in the address. */
export const IdentityFinishInput = z.object({
  /** Of which provider the address is: an answer that comes back to another's is nobody's. */
  provider: Slug,
  state: z.string().min(1).max(200),
  code: line(8192),
  iss: z.string().max(2048).nullish(),
  idempotencyKey: IdempotencyKey,
});

const [SignedIn, SecondFactor] = SignInAnswer.options;
/** A path of the site. */
const returnTo = z.string().max(2048);

export const IdentityAnswer = z.discriminatedUnion("state", [
  SignedIn.extend({ returnTo }),
  SecondFactor.extend({ returnTo }),
  /**
   * There is an account with this address, and nobody has said yet that it is the same person's: they show
   * that they have both.
   */
  z.object({
    state: z.literal("link_needed"),
    step: OneTimeProof,
    provider: ProviderName,
    email: Email,
    /** Whether the password of the account will do; otherwise they sign in as they always do first. */
    byPassword: z.boolean(),
    expiresAt: Instant,
    returnTo,
  }),
]);
export type IdentityAnswer = z.infer<typeof IdentityAnswer>;

export const IdentityLinkInput = z.object({
  step: OneTimeProof,
  password: Password,
  idempotencyKey: IdempotencyKey,
});

export const IdentityLinkOwnInput = z.object({
  step: OneTimeProof,
  idempotencyKey: IdempotencyKey,
});

/** A provider at which somebody signs in. */
export const LinkedIdentity = z.object({
  id: Id,
  provider: ProviderName.extend({ isEnabled: z.boolean() }),
  createdAt: Instant,
  lastUsedAt: Instant,
});
export const LinkedIdentities = z.object({ items: z.array(LinkedIdentity).max(100) });

export const IdentityUnlinkInput = z.object({ id: Id, idempotencyKey: IdempotencyKey });
