import { useTranslations } from "use-intl";
import type { FieldProblem } from "../forms/contract-shape.ts";

/** @returns a function that says in words what is wrong with a field */
export function useProblemWords(): (problem: FieldProblem) => string {
  const t = useTranslations("forms");
  return (problem) => {
    if (typeof problem === "string") return t(problem);
    return "said" in problem ? problem.said : t("tooShort", { count: String(problem.tooShort) });
  };
}
