import type { PlaceClaimed } from "@lectern/contract/registrations";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import { type OpenedLink, claimOf } from "../../../link-keys/link-key.ts";
import { LinkPage, NotOpened } from "../../../link-keys/link-page.tsx";
import { BookingWords } from "../../../messages/booking-words.tsx";
import { ClaimFrame } from "./claim-frame.tsx";
import { ClaimForm } from "./claim-form.tsx";
import { Claimed } from "./claimed.tsx";
import "./page.css";

/** A place that somebody booked for whoever has the link. */
export function ClaimPage() {
  return (
    <BookingWords>
      <Claim />
    </BookingWords>
  );
}

function useWords() {
  const t = useTranslations("claim");
  const kind = "claim" as const;
  return {
    kind,
    title: t("linkTitle"),
    words: t("linkWords"),
    opening: t("opening"),
    wrong: { title: t("wrongTitle"), words: t("wrongWords") },
  };
}

function Claim() {
  return (
    <LinkPage {...useWords()}>
      {(link, onLink) => <OneClaim key={`${link.id} ${link.key}`} link={link} onLink={onLink} />}
    </LinkPage>
  );
}

function OneClaim({ link, onLink }: { link: OpenedLink; onLink: (link: OpenedLink) => void }) {
  const t = useTranslations("claim");
  const tRefusals = useTranslations("refusals");
  const words = useWords();
  const [claimed, setClaimed] = useState<PlaceClaimed>();
  const proof = claimOf(link);
  const details = useQuery(
    useApi().registrations.claimDetails.queryOptions(proof, { staleTime: 0 }),
  );
  const { data } = details;
  if (data === undefined) {
    return (
      <NotOpened
        {...words}
        failure={details.error}
        onRetry={() => void details.refetch()}
        onLink={onLink}
      />
    );
  }
  const { run, booker, isTaken, obstacle } = data;
  if (claimed !== undefined) return <Claimed claimed={claimed} booker={booker.name} />;
  if (isTaken) {
    return (
      <ClaimFrame
        run={run}
        title={t("takenTitle")}
        words={t("takenWords", { booker: booker.name })}
      />
    );
  }
  if (obstacle === "not_confirmed") {
    return (
      <ClaimFrame
        run={run}
        title={t("notYetTitle")}
        words={t("notYetWords", { booker: booker.name })}
      />
    );
  }
  if (obstacle !== null) {
    const reason = tRefusals(`obstacle_${obstacle}`);
    return (
      <ClaimFrame
        run={run}
        title={t("obstacleTitle")}
        words={`${reason} ${t("obstacleWords", { booker: booker.name })}`}
      />
    );
  }
  const lede =
    booker.company === null
      ? t("lede", { booker: booker.name })
      : t("ledeCompany", { booker: booker.name, company: booker.company });
  return (
    <ClaimFrame run={run} title={t("heading")} words={lede}>
      <ClaimForm proof={proof} onClaimed={setClaimed} onGone={() => void details.refetch()} />
    </ClaimFrame>
  );
}
