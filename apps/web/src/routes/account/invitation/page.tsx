import { isLecternError } from "@lectern/client";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { AccountPending } from "../../../account/account-pending.tsx";
import { EntryFrame } from "../../../account/entry-frame.tsx";
import { type ProofEnd, ProofPage } from "../../../account/proof-page.tsx";
import { useRoleWords } from "../../../account/role-words.ts";
import { SignInFlow } from "../../../account/sign-in-flow.tsx";
import { useApi } from "../../../data/api.ts";
import type { OpenedLink } from "../../../link-keys/link-key.ts";
import { AccountWords } from "../../../messages/account-words.tsx";
import { AcceptForm } from "./accept-form.tsx";

export function InvitationPage() {
  return (
    <AccountWords>
      <Invitation />
    </AccountWords>
  );
}

function Invitation() {
  const t = useTranslations("invitation");
  return (
    <ProofPage
      kind="invitation"
      words={{ title: t("linkTitle"), words: t("linkWords") }}
      again={t("again")}
    >
      {(proof, end) => <OneInvitation proof={proof} end={end} />}
    </ProofPage>
  );
}

/** Who invites to what. Nothing happens by opening it. */
function OneInvitation({ proof, end }: { proof: OpenedLink; end: ProofEnd }) {
  const t = useTranslations("invitation");
  const roleWords = useRoleWords();
  const { data, error, refetch } = useQuery(
    useApi().account.invitation.queryOptions(
      { proof },
      // Once it is accepted, it says nothing more: nobody asks again meanwhile.
      { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
    ),
  );
  const { onFailure } = end;
  const isWorthless = isLecternError(error, "LinkNotUsable");
  useEffect(() => {
    if (isWorthless) onFailure(error);
  }, [isWorthless, error, onFailure]);
  if (data === undefined) {
    return <AccountPending failure={isWorthless ? null : error} onRetry={() => void refetch()} />;
  }
  const { inviter, organisation, role } = data;
  const lede = t("lede", {
    inviter: inviter ?? t("somebody"),
    where: organisation ?? t("academy"),
    role: roleWords(role),
  });
  return (
    <SignInFlow next="/account">
      {(onAnswer) => (
        <EntryFrame title={t("heading")} lede={lede}>
          <AcceptForm proof={proof} end={end} invitation={data} onAnswer={onAnswer} />
        </EntryFrame>
      )}
    </SignInFlow>
  );
}
