import { isLecternError } from "@lectern/client";
import type { SignInAnswer } from "@lectern/contract/accounts";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { EntryFrame } from "../../../account/entry-frame.tsx";
import { NewAccountFields } from "../../../account/new-account-fields.tsx";
import { type ProofEnd, ProofPage } from "../../../account/proof-page.tsx";
import { SignInFlow } from "../../../account/sign-in-flow.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { readersLanguage, readersTimeZone } from "../../../browser/reader.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { fieldText, secretText } from "../../../forms/contract-shape.ts";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import type { OpenedLink } from "../../../link-keys/link-key.ts";
import { AccountWords } from "../../../messages/account-words.tsx";

export function FirstAdministratorPage() {
  return (
    <AccountWords>
      <FirstAdministrator />
    </AccountWords>
  );
}

function FirstAdministrator() {
  const t = useTranslations("firstAdministrator");
  return (
    <ProofPage
      kind="first_administrator"
      words={{ title: t("linkTitle"), words: t("linkWords") }}
      again={t("again")}
    >
      {(proof, end) => (
        <SignInFlow next="/account/security">
          {(onAnswer) => (
            <EntryFrame title={t("heading")} lede={t("words")}>
              <BecomeForm proof={proof} end={end} onAnswer={onAnswer} />
            </EntryFrame>
          )}
        </SignInFlow>
      )}
    </ProofPage>
  );
}

async function loadShape() {
  const { BecomeAdministratorInput } = await import("@lectern/contract/accounts");
  return BecomeAdministratorInput;
}

interface BecomeFormProps {
  readonly proof: OpenedLink;
  readonly end: ProofEnd;
  readonly onAnswer: (answer: SignInAnswer) => Promise<void>;
}

function BecomeForm({ proof, end, onAnswer }: BecomeFormProps) {
  const t = useTranslations("firstAdministrator");
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().account.becomeAdministrator.mutationOptions({ onError: end.onFailure }),
    inputOf: (data) => ({
      proof,
      name: fieldText(data, "name"),
      email: fieldText(data, "email"),
      password: secretText(data, "password"),
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
      <CallFailure
        call={sending}
        words={(error) => (isLecternError(error, "Conflict") ? t("hasAccount") : undefined)}
      />
      <ProblemCount problems={problems} />
      <NewAccountFields problems={problems} />
      <p>
        <Button type="submit" size="large" isBusy={sending.isPending}>
          {t(sending.isPending ? "making" : "make")}
        </Button>
      </p>
    </Form>
  );
}
