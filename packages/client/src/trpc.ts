import type { AppRouter } from "@lectern/api/app-router";
import { type TRPCRequestOptions, TRPCUntypedClient } from "@trpc/client";
import { callerOfClient } from "./create-client.ts";
import type { Caller } from "./caller.ts";
import type { LecternClient } from "./client-types.ts";

/** tRPC's view of a client: same calls, same retries, same errors. */
class TrpcView extends TRPCUntypedClient<AppRouter> {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    super({ links: [] });
    this.#caller = caller;
  }

  override async query(path: string, input?: unknown, options?: TRPCRequestOptions) {
    const { data } = await this.#caller("query", path, input, options);
    return data;
  }

  override async mutation(path: string, input?: unknown, options?: TRPCRequestOptions) {
    const { data } = await this.#caller("mutation", path, input, options);
    return data;
  }

  /** Its errors would have to be tRPC's. */
  override subscription(path: string): never {
    throw new TypeError(`${path}: watch it with subscribe() or updates() of @lectern/client`);
  }
}

/**
 * Gives a client to libraries that build on tRPC's, such as `createTRPCOptionsProxy` of
 * `@trpc/tanstack-react-query`. Its calls throw the errors of this package: `isLecternError` narrows
 * them, whatever the library's types say.
 */
export function trpcClientOf(client: LecternClient): TRPCUntypedClient<AppRouter> {
  return new TrpcView(callerOfClient(client));
}
