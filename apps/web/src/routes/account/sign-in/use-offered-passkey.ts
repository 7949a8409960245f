import { newIdempotencyKey } from "@lectern/client";
import type { SignInAnswer } from "@lectern/contract/accounts";
import { useEffect, useRef } from "react";
import { canOfferPasskeys, showPasskey, stopPasskeys } from "../../../account/passkeys.ts";
import { useClient } from "../../../data/api.ts";

/**
 * Lets the browser offer passkeys in the field of the address, among what it fills in.
 *
 * @returns to be called when that field is about to be filled in
 */
export function useOfferedPasskey(onAnswer: (answer: SignInAnswer) => Promise<void>): () => void {
  const { factors } = useClient();
  const isOffered = useRef(false);
  useEffect(
    () => () => {
      if (isOffered.current) stopPasskeys();
    },
    [],
  );

  async function offer(): Promise<void> {
    if (isOffered.current || !(await canOfferPasskeys())) return;
    isOffered.current = true;
    try {
      const idempotencyKey = newIdempotencyKey();
      const { proof, options } = await factors.passkeySignInOptions.mutate({ idempotencyKey });
      const assertion = await showPasskey(options, true);
      const shown = { proof, assertion, idempotencyKey: newIdempotencyKey() };
      await onAnswer(await factors.signInWithPasskey.mutate(shown));
    } catch {
      // Nobody asked for it: there is nothing to say. The next time that the field is entered, it is offered anew.
    } finally {
      isOffered.current = false;
    }
  }
  return () => void offer();
}
