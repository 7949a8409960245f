import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Said } from "../../../account/said.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { useApi } from "../../../data/api.ts";
import { fieldText } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";

/** Asks for another address: nothing changes before the link in the mail to it is used. */
export function EmailPart({ email }: { email: string }) {
  const t = useTranslations("security");
  const [isOpen, setIsOpen] = useState(false);
  const [sentTo, setSentTo] = useState<string>();
  const closed = useFocusOnChange<HTMLDivElement>(isOpen);
  return (
    <AccountPart id="email" title={t("email")} words={t("emailWords")}>
      <p>{email}</p>
      {isOpen ? (
        <EmailForm
          onSent={(address) => {
            setSentTo(address);
            setIsOpen(false);
          }}
          onCancel={() => setIsOpen(false)}
        />
      ) : (
        <>
          <Said>{sentTo === undefined ? "" : t("emailSent", { email: sentTo })}</Said>
          <div ref={closed} tabIndex={-1}>
            <Button variant="outline" onClick={() => setIsOpen(true)}>
              {t("changeEmail")}
            </Button>
          </div>
        </>
      )}
    </AccountPart>
  );
}

async function loadShape() {
  const { EmailInput } = await import("@lectern/contract/accounts");
  return EmailInput;
}

interface EmailFormProps {
  readonly onSent: (email: string) => void;
  readonly onCancel: () => void;
}

function EmailForm({ onSent, onCancel }: EmailFormProps) {
  const t = useTranslations("security");
  const tAccount = useTranslations("account");
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().account.changeEmail.mutationOptions(),
    inputOf: (data) => ({ email: fieldText(data, "email") }),
    onDone: (_, { email }) => onSent(email),
  });
  return (
    <Form {...formProps}>
      <CallFailure call={sending} />
      <ProblemCount problems={problems} />
      <TextField
        name="email"
        type="email"
        label={t("newEmail")}
        autoComplete="email"
        problems={problems}
      />
      <p className="security-ways">
        <Button type="submit" isBusy={sending.isPending}>
          {t(sending.isPending ? "saving" : "saveEmail")}
        </Button>
        <Button variant="outline" onClick={onCancel}>
          {tAccount("cancel")}
        </Button>
      </p>
    </Form>
  );
}
