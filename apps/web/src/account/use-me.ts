import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useApi } from "../data/api.ts";
import { keepSignedInHint } from "./signed-in-hint.ts";
import { forgetTypedAddress } from "./typed-address.ts";

/** Somebody may sign out in another tab: whoever comes back to this one should see that. */
const FRESH_MS = 5000;

/** @returns who is signed in. Asked by browsers alone: what servers write is the same for everybody */
export function useMe() {
  const me = useQuery(useApi().account.me.queryOptions(undefined, { staleTime: FRESH_MS }));
  const { data } = me;
  useEffect(() => {
    if (data === undefined) return;
    keepSignedInHint(data.me !== null);
    if (data.me !== null) forgetTypedAddress();
  }, [data]);
  return me;
}
