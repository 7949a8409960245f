import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import type { OpenedLink } from "../../../link-keys/link-key.ts";
import { LinkPage, NotOpened } from "../../../link-keys/link-page.tsx";
import { BookingWords } from "../../../messages/booking-words.tsx";
import { Quote } from "./quote.tsx";
import "./page.css";

/** So often an open quote is asked for again: staff may withdraw it, and places may go. */
const AGAIN_MS = 30_000;

/** The answer to an enquiry: to be seen, accepted and declined. Nothing happens by opening it. */
export function QuotePage() {
  return (
    <BookingWords>
      <Quotes />
    </BookingWords>
  );
}

function useWords() {
  const t = useTranslations("quote");
  const kind = "quote" as const;
  return { kind, title: t("linkTitle"), words: t("linkWords"), opening: t("opening") };
}

function Quotes() {
  return (
    <LinkPage {...useWords()}>
      {(link, onLink) => <OneQuote key={link.id} link={link} onLink={onLink} />}
    </LinkPage>
  );
}

function OneQuote({ link, onLink }: { link: OpenedLink; onLink: (link: OpenedLink) => void }) {
  const words = useWords();
  const proof = { quoteId: link.id, accessKey: link.key };
  const quote = useQuery(
    useApi().quotes.byKey.queryOptions(proof, {
      staleTime: 0,
      refetchOnWindowFocus: "always",
      refetchInterval: ({ state }) => (state.data?.status === "sent" ? AGAIN_MS : false),
    }),
  );
  if (quote.data !== undefined) return <Quote quote={quote.data} proof={proof} />;
  return (
    <NotOpened
      {...words}
      failure={quote.error}
      onRetry={() => void quote.refetch()}
      onLink={onLink}
    />
  );
}
