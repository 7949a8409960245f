import { isLecternError } from "@lectern/client";
import { useTranslations } from "use-intl";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { useAccountWords } from "./use-account-words.ts";

interface CallFailureProps {
  readonly call: { readonly error: unknown; readonly failureCount: number };
  /** What is said instead of the usual. */
  readonly words?: (failure: unknown) => string | undefined;
}

/** Says why a call did not work; what is wrong with fields is said there. */
export function CallFailure({ call: { error, failureCount }, words }: CallFailureProps) {
  const t = useTranslations("failures");
  const accountWords = useAccountWords();
  if (error === null || isAboutFields(error)) return null;
  return (
    <FailureNotice key={failureCount} title={t("failedTitle")}>
      <p>{words?.(error) ?? accountWords(error)}</p>
    </FailureNotice>
  );
}

function isAboutFields(error: unknown): boolean {
  return isLecternError(error, "Invalid") && error.data.issues.every(({ path }) => path !== "");
}
