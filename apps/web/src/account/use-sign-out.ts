import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { isLecternError, newIdempotencyKey } from "@lectern/client";
import { useApi } from "../data/api.ts";
import { isUnreachable } from "../data/failure-words.ts";
import { pathHere } from "../language/addresses.ts";
import { setCutOff } from "./cut-off.ts";
import { forgetPerson, forgetPersonHere, noteSettings } from "./forget-person.ts";

/**
 * Leaves nothing of somebody in this tab: the first page is loaded anew. Until it is there, nothing here looks as if
 * one could go on: what would be begun in its place, such as signing in, would be lost.
 */
export function leave(): void {
  forgetPerson();
  globalThis.location.assign(pathHere("/"));
}

/** For a call that ends the session here. */
export const LEAVING = { onMutate: noteSettings, onSuccess: leave };

/** On its way before it is needed: then nothing can be loaded. */
function preloadCutOff(): void {
  void import("./cut-off-page.tsx");
}

/** @returns a way to sign out of this browser, and the call when it failed */
export function useSignOut() {
  const queryClient = useQueryClient();
  useEffect(preloadCutOff, []);
  const { mutate, isPending, isSuccess, error, failureCount } = useMutation(
    useApi().account.signOut.mutationOptions({
      ...LEAVING,
      onError: (failure) => {
        // Who is signed out already has what they wanted.
        if (isLecternError(failure, "Unauthenticated")) leave();
        if (!isUnreachable(failure)) return;
        forgetPersonHere();
        setCutOff(true);
        queryClient.clear();
      },
    }),
  );
  const isOut = isSuccess || isLecternError(error, "Unauthenticated");
  const isBusy = isPending || isOut;
  function signOut(): void {
    if (!isBusy) mutate({ idempotencyKey: newIdempotencyKey() });
  }
  return {
    signOut,
    isPending: isBusy,
    failure: error === null || isOut ? null : { error, failureCount },
  };
}
