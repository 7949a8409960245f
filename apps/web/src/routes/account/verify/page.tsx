import { isLecternError } from "@lectern/client";
import type { SignInAnswer } from "@lectern/contract/accounts";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { EntryFrame } from "../../../account/entry-frame.tsx";
import { PasswordField } from "../../../account/password-field.tsx";
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

export function VerifyPage() {
  return (
    <AccountWords>
      <Verify />
    </AccountWords>
  );
}

function Verify() {
  const t = useTranslations("signUp");
  return (
    <ProofPage
      kind="verify_email"
      words={{ title: t("linkTitle"), words: t("linkWords") }}
      again={<Link to="/sign-up">{t("again")}</Link>}
    >
      {(proof, end) => (
        <SignInFlow next="/account">
          {(onAnswer) => (
            <EntryFrame title={t("finishHeading")} lede={t("finishWords")}>
              <FinishForm proof={proof} end={end} onAnswer={onAnswer} />
            </EntryFrame>
          )}
        </SignInFlow>
      )}
    </ProofPage>
  );
}

async function loadShape() {
  const { FinishSignUpInput } = await import("@lectern/contract/accounts");
  return FinishSignUpInput;
}

interface FinishFormProps {
  readonly proof: OpenedLink;
  readonly end: ProofEnd;
  readonly onAnswer: (answer: SignInAnswer) => Promise<void>;
}

function FinishForm({ proof, end, onAnswer }: FinishFormProps) {
  const t = useTranslations("signUp");
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().account.finishSignUp.mutationOptions({ onError: end.onFailure }),
    inputOf: (data) => ({
      proof,
      password: secretText(data, "password"),
    }),
    onDone: (answer) => {
      end.onUsed();
      return onAnswer(answer);
    },
  });
  return (
    <Form {...formProps}>
      <CallFailure
        call={sending}
        words={(error) => (isLecternError(error, "SignInFailed") ? t("wrongPassword") : undefined)}
      />
      <ProblemCount problems={problems} />
      <PasswordField
        name="password"
        label={t("chosenPassword")}
        autoComplete="current-password"
        problems={problems}
      />
      <p>
        <Button type="submit" size="large" isBusy={sending.isPending}>
          {t(sending.isPending ? "finishing" : "finish")}
        </Button>
      </p>
    </Form>
  );
}
