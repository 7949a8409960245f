import type { SignInAnswer } from "@lectern/contract/accounts";
import { useTranslations } from "use-intl";
import { PasskeyButton } from "../../../account/passkey-button.tsx";
import { useIsHydrated } from "../../../components/use-is-hydrated.ts";
import { useClient } from "../../../data/api.ts";

interface PasskeySignInProps {
  readonly onAnswer: (answer: SignInAnswer) => Promise<void>;
}

/** Signing in with a passkey alone. Shown once scripts run. */
export function PasskeySignIn({ onAnswer }: PasskeySignInProps) {
  const t = useTranslations("signIn");
  const { factors } = useClient();
  if (!useIsHydrated()) return null;
  return (
    <>
      <p className="sign-or">{t("or")}</p>
      <PasskeyButton
        label={t("passkey")}
        variant="outline"
        begin={(input) => factors.passkeySignInOptions.mutate(input)}
        finish={(shown) => factors.signInWithPasskey.mutate(shown)}
        onDone={onAnswer}
      />
    </>
  );
}
