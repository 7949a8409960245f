import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import type { OpenedLink } from "../../../link-keys/link-key.ts";
import { LinkPage, NotOpened } from "../../../link-keys/link-page.tsx";
import { BookingWords } from "../../../messages/booking-words.tsx";
import { Approval } from "./approval.tsx";
import "./page.css";

/** A booking that somebody's company has to approve. Nothing happens by opening it. */
export function ApprovePage() {
  return (
    <BookingWords>
      <Approve />
    </BookingWords>
  );
}

function useWords() {
  const t = useTranslations("approval");
  const kind = "approval" as const;
  return { kind, title: t("linkTitle"), words: t("linkWords"), opening: t("opening") };
}

function Approve() {
  return (
    <LinkPage {...useWords()}>
      {(link, onLink) => <OneApproval key={link.id} link={link} onLink={onLink} />}
    </LinkPage>
  );
}

function OneApproval({ link, onLink }: { link: OpenedLink; onLink: (link: OpenedLink) => void }) {
  const words = useWords();
  const proof = { reference: link.id, approvalKey: link.key };
  const approval = useQuery(
    useApi().bookings.approval.queryOptions(proof, {
      staleTime: 0,
      refetchOnWindowFocus: "always",
    }),
  );
  if (approval.data !== undefined) {
    return <Approval approval={approval.data} proof={proof} readAt={approval.dataUpdatedAt} />;
  }
  return (
    <NotOpened
      {...words}
      failure={approval.error}
      onRetry={() => void approval.refetch()}
      onLink={onLink}
    />
  );
}
