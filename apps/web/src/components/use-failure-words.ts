import { useTranslations } from "use-intl";
import { failureWords } from "../data/failure-words.ts";

/** @returns a function that says in words what went wrong */
export function useFailureWords(): (failure: unknown) => string {
  const t = useTranslations("failures");
  return (failure) => failureWords(failure, t);
}
