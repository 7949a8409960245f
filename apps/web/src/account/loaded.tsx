import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { useAccountWords } from "./use-account-words.ts";
import "./loaded.css";

interface Asked<Answer> {
  readonly data: Answer | undefined;
  readonly error: unknown;
  refetch(): Promise<unknown>;
}

interface LoadedProps<Answer> {
  readonly query: Asked<Answer>;
  readonly children: (answer: Answer) => ReactNode;
}

/** A part of a page that has to be asked for: what stands there before, and if that fails. */
export function Loaded<Answer>({ query, children }: LoadedProps<Answer>) {
  const t = useTranslations();
  const words = useAccountWords();
  const { data, error } = query;
  if (data !== undefined) return children(data);
  if (error === null) {
    return (
      <div className="loaded-pending" aria-busy="true">
        <p className="visually-hidden" role="status">
          {t("site.loading")}
        </p>
      </div>
    );
  }
  return (
    <FailureNotice title={t("failures.failedTitle")}>
      <p>{words(error)}</p>
      <Button variant="outline" onClick={() => void query.refetch()}>
        {t("failures.retry")}
      </Button>
    </FailureNotice>
  );
}
