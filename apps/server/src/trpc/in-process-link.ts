import { type AppRouter, appRouter } from "@lectern/api/app-router";
import { type TRPCLink, unstable_localLink } from "@trpc/client";
import { type ContextParts, publicContext } from "./create-context.ts";

/**
 * The last link of a client whose procedures run in this process: what the site's pages are rendered
 * with. Always the public's view, whoever asked for the page, so that a page can be cached.
 *
 * @param requestId the page's request, so that its queries can be found in the log
 */
export function inProcessLink(parts: ContextParts, requestId: string): TRPCLink<AppRouter> {
  return unstable_localLink({
    router: appRouter,
    createContext: () => Promise.resolve(publicContext(parts, "site", requestId)),
  });
}
