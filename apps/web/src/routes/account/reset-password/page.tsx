import type { SignInAnswer } from "@lectern/contract/accounts";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { EntryFrame } from "../../../account/entry-frame.tsx";
import { NewPasswordField } from "../../../account/new-account-fields.tsx";
import { type ProofEnd, ProofPage } from "../../../account/proof-page.tsx";
import { SignInFlow } from "../../../account/sign-in-flow.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { secretText } from "../../../forms/contract-shape.ts";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import type { OpenedLink } from "../../../link-keys/link-key.ts";
import { AccountWords } from "../../../messages/account-words.tsx";

export function ResetPasswordPage() {
  return (
    <AccountWords>
      <ResetPassword />
    </AccountWords>
  );
}

function ResetPassword() {
  const t = useTranslations("passwordReset");
  return (
    <ProofPage
      kind="reset_password"
      words={{ title: t("linkTitle"), words: t("linkWords") }}
      again={<Link to="/forgotten-password">{t("again")}</Link>}
    >
      {(proof, end) => (
        <SignInFlow next="/account">
          {(onAnswer) => (
            <EntryFrame title={t("resetHeading")} lede={t("resetWords")}>
              <ResetForm proof={proof} end={end} onAnswer={onAnswer} />
            </EntryFrame>
          )}
        </SignInFlow>
      )}
    </ProofPage>
  );
}

async function loadShape() {
  const { ResetPasswordInput } = await import("@lectern/contract/accounts");
  return ResetPasswordInput;
}

interface ResetFormProps {
  readonly proof: OpenedLink;
  readonly end: ProofEnd;
  readonly onAnswer: (answer: SignInAnswer) => Promise<void>;
}

function ResetForm({ proof, end, onAnswer }: ResetFormProps) {
  const t = useTranslations("passwordReset");
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().account.resetPassword.mutationOptions({ onError: end.onFailure }),
    inputOf: (data) => ({
      proof,
      password: secretText(data, "password"),
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
      <NewPasswordField label="newPassword" problems={problems} />
      <p>
        <Button type="submit" size="large" isBusy={sending.isPending}>
          {t(sending.isPending ? "resetting" : "reset")}
        </Button>
      </p>
    </Form>
  );
}
