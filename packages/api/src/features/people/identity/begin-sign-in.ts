import { randomBytes } from "node:crypto";
import { OpenIdFailure } from "@lectern/auth/openid/openid-failure";
import type { IdentityBeginInput, IdentityBegun } from "@lectern/contract/identity";
import type { Database } from "@lectern/database/queryable";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { notFound } from "../../../domain-error.ts";
import type { SignInParts } from "../accounts/complete-sign-in.ts";
import { ATTEMPT_SECONDS, keepAttempt, stateOf } from "./openid-attempt.ts";
import { redirectUriOf } from "./redirect-uri.ts";
import { providerUnreachable } from "./refusals.ts";
import { returnPathOf } from "./return-path.ts";
import { findSignInProvider } from "./sign-in-provider.ts";
import { throttleOpenId } from "./throttle.ts";

/**
 * Sends somebody to a provider, to sign in there.
 *
 * @returns where to send the browser
 * @throws NotFound for a provider at which nobody can sign in, ProviderUnreachable, RateLimited
 */
export async function beginSignIn(
  db: Database,
  call: Call,
  parts: SignInParts,
  input: z.infer<typeof IdentityBeginInput>,
): Promise<IdentityBegun> {
  await throttleOpenId(db, call);
  const provider = await findSignInProvider(db, call, { slug: input.provider });
  if (provider === undefined) throw notFound("identity_provider", input.provider);
  const id = uuidv7();
  const asked = { redirectUri: redirectUriOf(parts, provider), state: stateOf(call, id) };
  const { url, ...secrets } = await parts.auth.openid
    .begin(provider.settings, asked)
    .catch((error: unknown) => {
      throw error instanceof OpenIdFailure ? providerUnreachable(provider.name) : error;
    });
  const browserToken = browserTokenOf(parts);
  await keepAttempt(db, call, {
    id,
    providerId: provider.id,
    browserToken,
    returnTo: returnPathOf(input.returnTo),
    secrets,
  });
  parts.browser.keepOpenid(browserToken);
  return { url, expiresAt: new Date(Date.now() + ATTEMPT_SECONDS * 1000).toISOString() };
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/u;

/** The one that the browser has, if it has one: somebody may have begun in two windows. */
function browserTokenOf({ browser }: SignInParts): string {
  const { openidToken } = browser;
  return openidToken !== undefined && TOKEN.test(openidToken)
    ? openidToken
    : randomBytes(32).toString("base64url");
}
