import { isLecternError } from "@lectern/client";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { useApi, useClient } from "../data/api.ts";
import { secretText } from "../forms/contract-shape.ts";
import { Form } from "../forms/form.tsx";
import { CallFailure } from "./call-failure.tsx";
import { CodeForm } from "./code-form.tsx";
import { PasskeyButton } from "./passkey-button.tsx";
import { PasswordField, UsernameField } from "./password-field.tsx";
import { useCallForm } from "./use-call-form.ts";

/** How somebody who is signed in can show again who they are. */
export type ConfirmingWay = "password" | "totp" | "passkey";

async function loadTotpShape() {
  const { TotpConfirmInput } = await import("@lectern/contract/factors");
  return TotpConfirmInput;
}

async function loadPasswordShape() {
  const { ConfirmInput } = await import("@lectern/contract/accounts");
  return ConfirmInput;
}

interface ConfirmWayProps {
  readonly way: ConfirmingWay;
  readonly email: string;
  readonly onDone: () => unknown;
}

/** Shows again who one is, in one of the ways. */
export function ConfirmWay({ way, email, onDone }: ConfirmWayProps) {
  const t = useTranslations("signIn");
  const { factors } = useApi();
  const client = useClient();
  switch (way) {
    case "password":
      return <PasswordForm email={email} onDone={onDone} />;
    case "totp":
      return (
        <CodeForm
          kind="totp"
          loadShape={loadTotpShape}
          call={factors.confirmWithTotp.mutationOptions()}
          action={t("confirm")}
          onDone={onDone}
        />
      );
    case "passkey":
      return (
        <PasskeyButton
          label={t("showPasskey")}
          begin={(input) => client.factors.confirmOptions.mutate(input)}
          finish={(shown) => client.factors.confirmWithPasskey.mutate(shown)}
          onDone={onDone}
        />
      );
  }
}

function PasswordForm({ email, onDone }: { email: string; onDone: () => unknown }) {
  const t = useTranslations("signIn");
  const tAccount = useTranslations("account");
  const { problems, formProps, sending } = useCallForm({
    loadShape: loadPasswordShape,
    call: useApi().account.confirm.mutationOptions(),
    inputOf: (data) => ({ password: secretText(data, "password") }),
    onDone,
  });
  return (
    <Form {...formProps}>
      <CallFailure
        call={sending}
        words={(error) =>
          isLecternError(error, "SignInFailed") ? tAccount("notYourPassword") : undefined
        }
      />
      <UsernameField email={email} />
      <PasswordField
        name="password"
        label={tAccount("password")}
        autoComplete="current-password"
        problems={problems}
      />
      <p>
        <Button type="submit" isBusy={sending.isPending}>
          {t(sending.isPending ? "checking" : "confirm")}
        </Button>
      </p>
    </Form>
  );
}
