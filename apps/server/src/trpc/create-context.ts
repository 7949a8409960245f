import type { AccessKeys } from "@lectern/auth/access-key";
import { type Actor, PUBLIC_ACTOR } from "@lectern/auth/actor";
import type { LiveStates } from "@lectern/api/shared/live/live";
import type { RequestContext } from "@lectern/api/trpc/context";
import type { Database } from "@lectern/database/connect";

/** What requests need that does not change from one to the next. */
export interface ContextParts {
  readonly db: Database;
  readonly accessKeys: AccessKeys;
  /** Gives the actor for an operator token, or `undefined` for a wrong one. */
  readonly verifyOperator: (token: string) => Actor | undefined;
  /** Tells whoever watches a run that its places or its queue have changed. */
  readonly changed: (runId: string) => void;
  /** What can be watched on this instance. */
  readonly live: LiveStates;
}

/** So much of what a program calls itself is kept. */
const CLIENT_LENGTH = 100;

const BEARER = /^Bearer +(\S+)$/iu;

/**
 * Who makes the request. A wrong token makes nobody more than the public: the procedures that need
 * staff say so themselves.
 */
function actorOf(authorization: string | undefined, parts: ContextParts): Actor {
  const token = authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
  return (token === undefined ? undefined : parts.verifyOperator(token)) ?? PUBLIC_ACTOR;
}

/** @returns the context of one request */
export function createRequestContext(
  parts: ContextParts,
  request: {
    requestId: string;
    authorization: string | undefined;
    address: string;
    client: string | undefined;
  },
): RequestContext {
  return {
    db: parts.db,
    accessKeys: parts.accessKeys,
    changed: parts.changed,
    live: parts.live,
    requestId: request.requestId,
    actor: actorOf(request.authorization, parts),
    origin: { address: request.address, client: request.client?.slice(0, CLIENT_LENGTH) ?? null },
  };
}
