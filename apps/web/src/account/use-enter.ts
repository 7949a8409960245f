import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useApi } from "../data/api.ts";
import { pathIn } from "../language/addresses.ts";
import { language } from "../language/language.ts";
import { knows } from "../routes/knows.ts";
import { keepSignedInHint } from "./signed-in-hint.ts";
import { forgetTypedAddress } from "./typed-address.ts";

/** @returns a function to go on with as who has just signed in, to a page of this site */
export function useEnter() {
  const api = useApi();
  const queryClient = useQueryClient();
  const router = useRouter();
  return async function enter(next: string): Promise<void> {
    // Nothing stays of who was here before.
    queryClient.removeQueries({ type: "inactive" });
    const { me } = await queryClient.fetchQuery(
      api.account.me.queryOptions(undefined, { staleTime: 0 }),
    );
    keepSignedInHint(me !== null);
    const { pathname } = new URL(next, globalThis.location.origin);
    // Where the first pages do not lead, a page begins anew: it brings its routes along.
    const reloadDocument = !knows(router, pathname);
    const href = reloadDocument ? pathIn(language(), next) : next;
    await router.navigate({ href, replace: true, reloadDocument });
    forgetTypedAddress();
  };
}
