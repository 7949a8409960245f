import { type AppRouter, appRouter } from "@lectern/api/app-router";
import { NO_BROWSER } from "@lectern/api/trpc/context";
import { PUBLIC_ACTOR } from "@lectern/auth/actor";
import { type TRPCLink, unstable_localLink } from "@trpc/client";
import type { ContextParts } from "./create-context.ts";

/**
 * The last link of a client whose procedures run in this process: what the site's pages are rendered
 * with. Always the public's view, whoever asked for the page, so that a page can be cached.
 *
 * @param requestId the page's request, so that its queries can be found in the log
 */
export function inProcessLink(parts: ContextParts, requestId: string): TRPCLink<AppRouter> {
  return unstable_localLink({
    router: appRouter,
    createContext: () =>
      Promise.resolve({
        db: parts.db,
        accessKeys: parts.accessKeys,
        fields: parts.fields,
        changed: parts.changed,
        live: parts.live,
        auth: parts.auth,
        browser: NO_BROWSER,
        origin: { address: null, client: "site" },
        requestId,
        actor: PUBLIC_ACTOR,
      }),
  });
}
