import { Link } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { EntryFrame } from "../../../account/entry-frame.tsx";
import { type ProofEnd, ProofPage } from "../../../account/proof-page.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import type { OpenedLink } from "../../../link-keys/link-key.ts";
import { AccountWords } from "../../../messages/account-words.tsx";

export function ChangeEmailPage() {
  return (
    <AccountWords>
      <ChangeEmail />
    </AccountWords>
  );
}

function ChangeEmail() {
  const t = useTranslations("emailChange");
  const [isDone, setIsDone] = useState(false);
  if (isDone) {
    return (
      <EntryFrame title={t("doneHeading")} lede={t("doneWords")}>
        <p>
          <Link to="/account" className="onward">
            {t("doneNext")}
          </Link>
        </p>
      </EntryFrame>
    );
  }
  return (
    <ProofPage
      kind="change_email"
      words={{ title: t("linkTitle"), words: t("linkWords") }}
      again={<Link to="/account/security">{t("again")}</Link>}
    >
      {(proof, end) => (
        <EntryFrame title={t("heading")} lede={t("words")}>
          <Confirm proof={proof} end={end} onDone={() => setIsDone(true)} />
        </EntryFrame>
      )}
    </ProofPage>
  );
}

interface ConfirmProps {
  readonly proof: OpenedLink;
  readonly end: ProofEnd;
  readonly onDone: () => void;
}

function Confirm({ proof, end, onDone }: ConfirmProps) {
  const t = useTranslations("emailChange");
  const api = useApi();
  const queryClient = useQueryClient();
  const { keyOf, ...confirming } = useCall(
    api.account.confirmEmailChange.mutationOptions({
      onError: end.onFailure,
      onSuccess: () => {
        end.onUsed();
        void queryClient.invalidateQueries(api.account.pathFilter());
        onDone();
      },
    }),
  );
  const wish = { proof };
  return (
    <>
      <CallFailure call={confirming} />
      <p>
        <Button
          size="large"
          isBusy={confirming.isPending}
          onClick={() => confirming.mutate({ ...wish, idempotencyKey: keyOf(wish) })}
        >
          {t(confirming.isPending ? "confirming" : "confirm")}
        </Button>
      </p>
    </>
  );
}
