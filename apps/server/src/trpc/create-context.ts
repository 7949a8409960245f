import type { AccessKeys } from "@lectern/auth/access-key";
import { type Actor, PUBLIC_ACTOR } from "@lectern/auth/actor";
import { findTokenActor, isApiToken } from "@lectern/auth/api-token";
import type { FieldCipher } from "@lectern/auth/encryption/field-cipher";
import type { LiveStates } from "@lectern/api/shared/live/live";
import {
  type Auth,
  type Browser,
  NO_BROWSER,
  type RequestContext,
} from "@lectern/api/trpc/context";
import type { Database } from "@lectern/database/connect";

/** What requests need that does not change from one to the next. */
export interface ContextParts {
  readonly db: Database;
  readonly accessKeys: AccessKeys;
  readonly fields: FieldCipher;
  /** Gives the actor for an operator token, or `undefined` for a wrong one. */
  readonly verifyOperator: (token: string) => Actor | undefined;
  /** Tells whoever watches a run that its places or its queue have changed. */
  readonly changed: (runId: string) => void;
  /** What can be watched on this instance. */
  readonly live: LiveStates;
  readonly auth: Auth;
}

/** So much of what a program calls itself is kept. */
const CLIENT_LENGTH = 100;

const BEARER = /^Bearer +(\S+)$/iu;

export interface ContextRequest {
  readonly requestId: string;
  readonly authorization: string | undefined;
  /** Of a browser that is signed in. */
  readonly sessionToken: string | undefined;
  readonly address: string;
  readonly client: string | undefined;
  /** What the caller reads best, as a tag of a language. */
  readonly language: string | null;
  readonly browser: Browser;
}

/**
 * Who makes the request. A wrong token makes nobody more than the public: the procedures that need
 * more say so themselves. Whoever shows a token is not taken for the browser's owner besides.
 */
async function actorOf(request: ContextRequest, parts: ContextParts): Promise<Actor> {
  const { authorization, sessionToken, address } = request;
  if (authorization !== undefined) {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) return PUBLIC_ACTOR;
    const actor = isApiToken(token)
      ? await findTokenActor(parts.db, token, address)
      : parts.verifyOperator(token);
    return actor ?? PUBLIC_ACTOR;
  }
  if (sessionToken === undefined) return PUBLIC_ACTOR;
  // The cookie of a token that is not good stays: a request that was under way when the token was changed for
  // another must not take the new one away.
  return (await parts.auth.sessions.validate(parts.db, sessionToken)) ?? PUBLIC_ACTOR;
}

/** What a context takes over as it is, and nothing else that the server may have been given besides. */
function shared({ db, accessKeys, fields, changed, live, auth }: ContextParts) {
  return { db, accessKeys, fields, changed, live, auth };
}

/**
 * @param client what asks, for the audit log
 * @param requestId of the request on whose occasion it is asked, if any
 * @returns the context of what this process asks by itself, with the public's rights: for what is kept and shown to everybody
 */
export function publicContext(
  parts: ContextParts,
  client: string,
  requestId: string,
): RequestContext {
  return {
    ...shared(parts),
    browser: NO_BROWSER,
    language: null,
    origin: { address: null, client },
    requestId,
    actor: PUBLIC_ACTOR,
  };
}

/** @returns the context of one request */
export async function createRequestContext(
  parts: ContextParts,
  request: ContextRequest,
): Promise<RequestContext> {
  return {
    ...shared(parts),
    browser: request.browser,
    language: request.language,
    requestId: request.requestId,
    actor: await actorOf(request, parts),
    origin: { address: request.address, client: request.client?.slice(0, CLIENT_LENGTH) ?? null },
  };
}
