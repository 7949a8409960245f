import { isLecternError } from "@lectern/client";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { forgetLinkKey } from "../browser/link-keys.ts";
import type { LinkKind, OpenedLink } from "../link-keys/link-key.ts";
import { LinkPage } from "../link-keys/link-page.tsx";
import { EntryFrame } from "./entry-frame.tsx";

interface ProofPageProps {
  readonly kind: LinkKind;
  /** What is said to who has no link. */
  readonly words: { readonly title: string; readonly words: string };
  /** Where to get another link, for who has one that is good for nothing any more. */
  readonly again: ReactNode;
  readonly children: (proof: OpenedLink, end: ProofEnd) => ReactNode;
}

/** What becomes of a link. */
export interface ProofEnd {
  /** Has to be told of every failure: of a link that is good for nothing, the page says so. */
  readonly onFailure: (failure: unknown) => void;
  /** The link has done what it was for. */
  readonly onUsed: () => void;
}

/** A page that a link from a mail opens, which is good once. Opening it changes nothing. */
export function ProofPage({ kind, words, again, children }: ProofPageProps) {
  const t = useTranslations("account");
  return (
    <LinkPage kind={kind} {...words} opening={t("opening")}>
      {(link) => (
        <OneProof key={`${link.id} ${link.key}`} kind={kind} link={link} again={again}>
          {children}
        </OneProof>
      )}
    </LinkPage>
  );
}

interface OneProofProps extends Pick<ProofPageProps, "kind" | "again" | "children"> {
  readonly link: OpenedLink;
}

function OneProof({ kind, link, again, children }: OneProofProps) {
  const t = useTranslations("account");
  const [isWorthless, setIsWorthless] = useState(false);
  const { id, key } = link;
  useEffect(() => {
    if (isWorthless) forgetLinkKey(kind, id);
  }, [isWorthless, kind, id]);
  if (isWorthless) {
    return (
      <EntryFrame title={t("worthlessTitle")} lede={t("worthlessWords")}>
        <p>{again}</p>
        <p>
          <Link to="/sign-in">{t("worthlessSignIn")}</Link>
        </p>
      </EntryFrame>
    );
  }
  // Without what this tab keeps beside it.
  return children(
    { id, key },
    {
      onFailure(failure) {
        if (isLecternError(failure, "LinkNotUsable")) setIsWorthless(true);
      },
      onUsed: () => forgetLinkKey(kind, id),
    },
  );
}
