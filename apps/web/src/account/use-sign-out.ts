import { useMutation } from "@tanstack/react-query";
import { isLecternError, newIdempotencyKey } from "@lectern/client";
import { useApi } from "../data/api.ts";
import { keepSignedInHint } from "./signed-in-hint.ts";

/** Leaves nothing of somebody in this tab: the first page is loaded anew. */
export function leave(): void {
  keepSignedInHint(false);
  globalThis.location.assign("/");
}

/** @returns a way to sign out of this browser, and the call when it failed */
export function useSignOut() {
  const { mutate, isPending, error, failureCount } = useMutation(
    useApi().account.signOut.mutationOptions({
      onSuccess: leave,
      // Who is signed out already has what they wanted.
      onError: (failure) => {
        if (isLecternError(failure, "Unauthenticated")) leave();
      },
    }),
  );
  function signOut(): void {
    if (!isPending) mutate({ idempotencyKey: newIdempotencyKey() });
  }
  return { signOut, isPending, failure: error === null ? null : { error, failureCount } };
}
