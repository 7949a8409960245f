import { useTranslations } from "use-intl";
import type { FieldProblems } from "./use-contract-form.ts";

/** Says how many fields need another look; each says itself what is wrong. */
export function ProblemCount({ problems }: { problems: FieldProblems }) {
  const t = useTranslations("forms");
  const count = Object.keys(problems).length;
  return (
    <p role="status" className={count === 0 ? "visually-hidden" : "problem-count"}>
      {count === 0 ? "" : t("somethingWrong", { count })}
    </p>
  );
}
