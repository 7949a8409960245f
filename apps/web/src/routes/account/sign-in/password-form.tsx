import { isLecternError } from "@lectern/client";
import type { SignInAnswer } from "@lectern/contract/accounts";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { AddressField } from "../../../account/address-field.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { PasswordField } from "../../../account/password-field.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useIsHydrated } from "../../../components/use-is-hydrated.ts";
import { useApi } from "../../../data/api.ts";
import { fieldText, secretText } from "../../../forms/contract-shape.ts";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { useOfferedPasskey } from "./use-offered-passkey.ts";

async function loadShape() {
  const { SignInInput } = await import("@lectern/contract/accounts");
  return SignInInput;
}

interface PasswordFormProps {
  /** Called with the address once it is typed. */
  readonly onEmail?: (email: string | undefined) => void;
  readonly onAnswer: (answer: SignInAnswer) => Promise<void>;
}

/** Address and password. Where the browser can, it offers passkeys where the address is typed. */
export function PasswordForm({ onEmail, onAnswer }: PasswordFormProps) {
  const t = useTranslations("signIn");
  const tAccount = useTranslations("account");
  const isHydrated = useIsHydrated();
  const offer = useOfferedPasskey(onAnswer);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().account.signIn.mutationOptions(),
    inputOf: (data) => ({
      email: fieldText(data, "email"),
      password: secretText(data, "password"),
    }),
    onDone: onAnswer,
  });
  return (
    <Form
      {...formProps}
      onFocus={({ target }) => {
        if (target instanceof HTMLInputElement && target.name === "email") offer();
      }}
      onBlur={({ target }) => {
        if (target instanceof HTMLInputElement && target.name === "email") {
          onEmail?.(target.validity.valid && target.value !== "" ? target.value : undefined);
        }
      }}
    >
      <noscript>
        <p>{tAccount("noScript")}</p>
      </noscript>
      <CallFailure
        call={sending}
        words={(error) =>
          isLecternError(error, "SignInFailed") && error.data.reason === "wrong"
            ? t("wrong")
            : undefined
        }
      />
      <ProblemCount problems={problems} />
      <AddressField autoComplete="username webauthn" problems={problems} />
      <PasswordField
        name="password"
        label={tAccount("password")}
        autoComplete="current-password"
        problems={problems}
      />
      <p className="sign-row">
        <Button type="submit" size="large" isBusy={sending.isPending} isDisabled={!isHydrated}>
          {t(sending.isPending ? "sending" : "send")}
        </Button>
        <Link to="/forgotten-password">{t("forgotten")}</Link>
      </p>
    </Form>
  );
}
