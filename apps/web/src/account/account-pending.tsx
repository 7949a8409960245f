import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { PagePending } from "../components/page-pending.tsx";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { useAccountWords } from "./use-account-words.ts";

interface AccountPendingProps {
  /** Why it could not be had; `null` while it is on its way. */
  readonly failure: unknown;
  readonly onRetry: () => void;
}

/** What stands on a page until it is known whose it is. It is all that a server writes of it. */
export function AccountPending({ failure, onRetry }: AccountPendingProps) {
  const t = useTranslations();
  const words = useAccountWords();
  if (failure === null) {
    return (
      <>
        <noscript>
          <p className="page section">{t("account.noScript")}</p>
        </noscript>
        <PagePending />
      </>
    );
  }
  return (
    <div className="page section">
      <FailureNotice title={t("failures.failedTitle")}>
        <p>{words(failure)}</p>
        <Button variant="outline" onClick={onRetry}>
          {t("failures.retry")}
        </Button>
      </FailureNotice>
    </div>
  );
}
