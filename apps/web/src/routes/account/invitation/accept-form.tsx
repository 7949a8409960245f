import type { Invitation, SignInAnswer } from "@lectern/contract/accounts";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { NewPasswordField } from "../../../account/new-account-fields.tsx";
import { PasswordField, UsernameField } from "../../../account/password-field.tsx";
import type { ProofEnd } from "../../../account/proof-page.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { readersLanguage, readersTimeZone } from "../../../browser/reader.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { fieldText, secretText } from "../../../forms/contract-shape.ts";
import { ConsentField, TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import type { OpenedLink } from "../../../link-keys/link-key.ts";

async function loadShape() {
  const { AcceptInvitationInput } = await import("@lectern/contract/accounts");
  return AcceptInvitationInput;
}

interface AcceptFormProps {
  readonly invitation: Invitation;
  readonly proof: OpenedLink;
  readonly end: ProofEnd;
  readonly onAnswer: (answer: SignInAnswer) => Promise<void>;
}

/** Makes an account, or shows the password of the one that is there. */
export function AcceptForm({ invitation, proof, end, onAnswer }: AcceptFormProps) {
  const t = useTranslations("invitation");
  const tAccount = useTranslations("account");
  const tSignUp = useTranslations("signUp");
  const tForms = useTranslations("forms");
  const { hasAccount, email, name } = invitation;
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().account.acceptInvitation.mutationOptions({ onError: end.onFailure }),
    inputOf: (data) => ({
      proof,
      ...(!hasAccount && { name: fieldText(data, "name") ?? "" }),
      password: secretText(data, "password"),
      acceptsTerms: data.has("acceptsTerms"),
      language: readersLanguage(),
      timeZone: readersTimeZone(),
    }),
    judgedByServer: ["password"],
    onDone: (answer) => {
      end.onUsed();
      return onAnswer(answer);
    },
  });
  return (
    <Form {...formProps}>
      <CallFailure call={sending} />
      <ProblemCount problems={problems} />
      <p>{t(hasAccount ? "forAccount" : "forNew", { email })}</p>
      <UsernameField email={email} />
      {hasAccount ? null : (
        <TextField
          name="name"
          label={tForms("name")}
          value={name}
          autoComplete="name"
          problems={problems}
        />
      )}
      {hasAccount ? (
        <PasswordField
          name="password"
          label={tAccount("password")}
          autoComplete="current-password"
          problems={problems}
        />
      ) : (
        <NewPasswordField label="password" problems={problems} />
      )}
      <ConsentField
        name="acceptsTerms"
        problems={problems}
        label={
          <>
            {tSignUp("terms")} <Link to="/privacy">{tSignUp("termsMore")}</Link>
          </>
        }
      />
      <p>
        <Button type="submit" size="large" isBusy={sending.isPending}>
          {t(sending.isPending ? "accepting" : "accept")}
        </Button>
      </p>
    </Form>
  );
}
