import { isLecternError } from "@lectern/client";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { LinkKind, OpenedLink } from "./link-key.ts";
import { LinkForm } from "./link-form.tsx";
import { OpeningPage } from "./opening-page.tsx";
import { useLinkKey } from "./use-link-key.ts";

interface LinkWords {
  readonly kind: LinkKind;
  /** What is said to who has no link, or one that opens nothing. */
  readonly title: string;
  readonly words: string;
  /** What is said while it is being opened. */
  readonly opening: string;
  /** What is said to who has one that opens nothing, where more can be said of that. */
  readonly wrong?: { readonly title: string; readonly words: string };
}

interface LinkPageProps extends LinkWords {
  /** @param onLink called with another link that the visitor gave */
  readonly children: (link: OpenedLink, onLink: (link: OpenedLink) => void) => ReactNode;
}

/** A page that a link with a key opens: asks for the link where this tab does not know it. */
export function LinkPage({ children, ...words }: LinkPageProps) {
  const { link, give } = useLinkKey(words.kind);
  if (link === null) return <LinkForm {...words} isWrong={false} onLink={give} />;
  if (link === undefined) return <NotOpened {...words} failure={null} onLink={give} />;
  return children(link, give);
}

interface NotOpenedProps extends LinkWords {
  /** Why it could not be opened; `null` while that is on its way. */
  readonly failure: unknown;
  readonly onRetry?: () => void;
  readonly onLink: (link: OpenedLink) => void;
}

/** What stands on such a page until what the link opens is there, or why it is not. */
export function NotOpened({ failure, onRetry = noop, onLink, ...words }: NotOpenedProps) {
  const t = useTranslations("links");
  const isWrong = isLecternError(failure, "NotFound") || isLecternError(failure, "Invalid");
  if (isWrong) {
    return (
      <LinkForm {...words} {...words.wrong} isWrong={words.wrong === undefined} onLink={onLink} />
    );
  }
  return (
    <OpeningPage
      words={words.opening}
      noScript={t("noScript")}
      failure={failure}
      onRetry={onRetry}
    />
  );
}

function noop(): void {}
