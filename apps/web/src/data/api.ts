import type { LecternClient } from "@lectern/client";
import { trpcClientOf } from "@lectern/client/trpc";
import type { QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { createContext, use } from "react";

/**
 * The options of queries and mutations, a procedure each: `api.courses.bySlug.queryOptions({ slug })`.
 *
 * @param client whose calls they make
 * @param queryClient where the answers are kept
 */
export function createApi(client: LecternClient, queryClient: QueryClient) {
  return createTRPCOptionsProxy({ client: trpcClientOf(client), queryClient });
}

export type Api = ReturnType<typeof createApi>;

const ApiContext = createContext<Api | undefined>(undefined);

export const ApiProvider = ApiContext.Provider;

/** The API, inside of components. Loaders take it from the router's context. */
export function useApi(): Api {
  const api = use(ApiContext);
  if (api === undefined) throw new Error("useApi is used outside of ApiProvider");
  return api;
}

const ClientContext = createContext<LecternClient | undefined>(undefined);

export const ClientProvider = ClientContext.Provider;

/** The client behind the API, for what is watched rather than asked. */
export function useClient(): LecternClient {
  const client = use(ClientContext);
  if (client === undefined) throw new Error("useClient is used outside of ClientProvider");
  return client;
}
