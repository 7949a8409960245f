import { newIdempotencyKey } from "@lectern/client";
import type { PasskeyAssertion, PasskeyRequest } from "@lectern/contract/factors";
import type { OneTimeProof } from "@lectern/contract/accounts";
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { CallFailure } from "./call-failure.tsx";
import { preloadPasskeys, showPasskey } from "./passkeys.ts";

/** What is sent with a passkey that was shown. */
export interface ShownPasskey {
  readonly proof: OneTimeProof;
  readonly assertion: PasskeyAssertion;
  readonly idempotencyKey: string;
}

interface PasskeyButtonProps<Answer> {
  readonly label: string;
  readonly variant?: "filled" | "outline";
  /** Gets what the browser is asked for. */
  readonly begin: (input: { readonly idempotencyKey: string }) => Promise<PasskeyRequest>;
  readonly finish: (shown: ShownPasskey) => Promise<Answer>;
  readonly onDone: (answer: Answer) => unknown;
  readonly onFailure?: (failure: unknown) => void;
}

/** Shows a passkey, in one click. */
export function PasskeyButton<Answer>(props: PasskeyButtonProps<Answer>) {
  const { label, variant = "filled", begin, finish, onDone, onFailure } = props;
  const t = useTranslations("signIn");
  useEffect(preloadPasskeys, []);
  const showing = useMutation({
    mutationFn: async () => {
      const { proof, options } = await begin({ idempotencyKey: newIdempotencyKey() });
      const assertion = await showPasskey(options);
      return finish({ proof, assertion, idempotencyKey: newIdempotencyKey() });
    },
    onSuccess: (answer) => onDone(answer),
    onError: (error) => onFailure?.(error),
  });
  return (
    <>
      <CallFailure call={showing} />
      <p>
        <Button variant={variant} isBusy={showing.isPending} onClick={() => showing.mutate()}>
          {showing.isPending ? t("passkeyBusy") : label}
        </Button>
      </p>
    </>
  );
}
