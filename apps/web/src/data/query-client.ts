import { QueryClient } from "@tanstack/react-query";

/** How long an answer is shown without asking again: as long as a page may be cached as HTML. */
const FRESH_MS = 60_000;

/**
 * Makes the store of answers: one for each rendered page on a server, one for the life of the page in
 * a browser. Retries are the client's business; offline, a question fails instead of waiting.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: FRESH_MS, retry: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
