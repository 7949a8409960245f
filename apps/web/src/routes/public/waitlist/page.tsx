import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import type { OpenedLink } from "../../../link-keys/link-key.ts";
import { LinkPage, NotOpened } from "../../../link-keys/link-page.tsx";
import { BookingWords } from "../../../messages/booking-words.tsx";
import { Entry } from "./entry.tsx";
import "./page.css";

/** A place in a waiting list: where it stands, what is offered to it. Nothing happens by opening it. */
export function WaitlistPage() {
  return (
    <BookingWords>
      <Waitlist />
    </BookingWords>
  );
}

function useWords() {
  const t = useTranslations("waitlist");
  const kind = "waitlist" as const;
  return { kind, title: t("linkTitle"), words: t("linkWords"), opening: t("opening") };
}

function Waitlist() {
  return (
    <LinkPage {...useWords()}>
      {(link, onLink) => <OneEntry key={link.id} link={link} onLink={onLink} />}
    </LinkPage>
  );
}

function OneEntry({ link, onLink }: { link: OpenedLink; onLink: (link: OpenedLink) => void }) {
  const words = useWords();
  const entry = useQuery(
    useApi().waitlist.byKey.queryOptions(
      { entryId: link.id, accessKey: link.key },
      { staleTime: 0, refetchOnWindowFocus: "always" },
    ),
  );
  if (entry.data !== undefined) {
    return <Entry entry={entry.data} accessKey={link.key} readAt={entry.dataUpdatedAt} />;
  }
  return (
    <NotOpened
      {...words}
      failure={entry.error}
      onRetry={() => void entry.refetch()}
      onLink={onLink}
    />
  );
}
