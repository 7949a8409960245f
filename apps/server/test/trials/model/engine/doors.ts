import { appRouter } from "@lectern/api/app-router";
import { createLiveStates } from "@lectern/api/shared/live/live";
import { TEST_AUTH, TEST_FIELDS } from "@lectern/api/testing/factories";
import { NO_BROWSER, type RequestContext } from "@lectern/api/trpc/context";
import type { AccessKeys } from "@lectern/auth/access-key";
import { type Actor, PUBLIC_ACTOR, operatorActor } from "@lectern/auth/actor";
import { type LecternClient, createClient } from "@lectern/client";
import type { Database } from "@lectern/database/connect";
import { unstable_localLink } from "@trpc/client";

/** A machine with much else to do is no reason to give up. */
const TIMEOUT_MS = 60_000;

/** The product's doors, in this process: clients of its procedures, and what its worker calls. */
export interface Doors {
  readonly visitor: LecternClient;
  readonly staff: LecternClient;
  /** What a job of the worker gets to know. */
  readonly worker: RequestContext;
}

/**
 * @param heard.changed hears which runs those who watch them are told about
 * @param heard.failed hears what has gone wrong behind a door, of which who asks is told nothing
 */
export function openDoors(
  db: Database,
  accessKeys: AccessKeys,
  heard: { readonly changed: (runId: string) => void; readonly failed: (error: Error) => void },
): Doors {
  const live = createLiveStates(db);
  const origin = { address: null, client: "model" };
  function contextOf(actor: Actor): RequestContext {
    return {
      db,
      live,
      actor,
      origin,
      language: null,
      requestId: "model",
      accessKeys,
      fields: TEST_FIELDS,
      changed: heard.changed,
      auth: TEST_AUTH,
      browser: NO_BROWSER,
    };
  }
  function clientOf(actor: Actor): LecternClient {
    const context = contextOf(actor);
    const link = unstable_localLink({
      router: appRouter,
      createContext: () => Promise.resolve(context),
      onError: ({ error }) => heard.failed(error),
    });
    return createClient({ link, maxRetries: 0, timeoutMs: TIMEOUT_MS });
  }
  return {
    visitor: clientOf(PUBLIC_ACTOR),
    staff: clientOf(operatorActor("model")),
    worker: contextOf({ kind: "system", id: "worker" }),
  };
}
