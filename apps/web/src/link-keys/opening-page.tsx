import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { useFailureWords } from "../components/use-failure-words.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";

interface OpeningPageProps {
  readonly words: string;
  readonly noScript: string;
  /** Why it could not be opened; `null` while that is on its way. */
  readonly failure: unknown;
  readonly onRetry: () => void;
}

/** What stands on a page until what its key opens is there, or why it is not. */
export function OpeningPage({ words, noScript, failure, onRetry }: OpeningPageProps) {
  const t = useTranslations("failures");
  const failureWords = useFailureWords();
  return (
    <div className="page section">
      {failure === null ? (
        <p role="status">{words}</p>
      ) : (
        <FailureNotice title={t("failedTitle")}>
          <p>{failureWords(failure)}</p>
          <Button variant="outline" onClick={onRetry}>
            {t("retry")}
          </Button>
        </FailureNotice>
      )}
      <noscript>
        <p>{noScript}</p>
      </noscript>
    </div>
  );
}
