import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AddressField } from "../../../account/address-field.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { EntryFrame } from "../../../account/entry-frame.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useIsHydrated } from "../../../components/use-is-hydrated.ts";
import { useApi } from "../../../data/api.ts";
import { fieldText } from "../../../forms/contract-shape.ts";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { AccountWords } from "../../../messages/account-words.tsx";

export function ForgottenPasswordPage() {
  return (
    <AccountWords>
      <ForgottenPassword />
    </AccountWords>
  );
}

/** Sends a link. Says the same of an address that has no account. */
function ForgottenPassword() {
  const t = useTranslations("passwordReset");
  const [sentTo, setSentTo] = useState<string>();
  if (sentTo !== undefined) {
    return (
      <EntryFrame title={t("sentHeading")} lede={t("sentWords", { email: sentTo })}>
        <p>{t("sentNext")}</p>
        <p>
          <Link to="/sign-in">{t("back")}</Link>
        </p>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={t("forgottenHeading")} lede={t("forgottenWords")}>
      <AskForm onSent={setSentTo} />
    </EntryFrame>
  );
}

async function loadShape() {
  const { EmailInput } = await import("@lectern/contract/accounts");
  return EmailInput;
}

function AskForm({ onSent }: { onSent: (email: string) => void }) {
  const t = useTranslations("passwordReset");
  const tAccount = useTranslations("account");
  const isHydrated = useIsHydrated();
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().account.forgotPassword.mutationOptions(),
    inputOf: (data) => ({ email: fieldText(data, "email") }),
    onDone: (_, { email }) => onSent(email),
  });
  return (
    <Form {...formProps}>
      <noscript>
        <p>{tAccount("noScript")}</p>
      </noscript>
      <CallFailure call={sending} />
      <ProblemCount problems={problems} />
      <AddressField problems={problems} />
      <p>
        <Button type="submit" size="large" isBusy={sending.isPending} isDisabled={!isHydrated}>
          {t(sending.isPending ? "asking" : "ask")}
        </Button>
      </p>
    </Form>
  );
}
