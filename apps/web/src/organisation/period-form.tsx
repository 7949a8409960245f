import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { type Period, periodOf, yearOf } from "./period.ts";
import "./organisation-spending.css";

interface PeriodFormProps {
  readonly period: Period;
  /** Goes where a period is shown: it stands in the address. */
  readonly onChoose: (period: Period) => void;
  /** A link there. */
  readonly link: (period: Period, words: string) => ReactNode;
}

/** Chooses the time that spending is shown of. */
export function PeriodForm({ period, onChoose, link }: PeriodFormProps) {
  const t = useTranslations("organisation");
  const [year] = useState(() => new Date().getUTCFullYear());
  return (
    <>
      <form
        // What is chosen elsewhere stands in its fields, too.
        key={`${period.from} ${period.until}`}
        className="organisation-period"
        onSubmit={(event) => {
          event.preventDefault();
          onChoose(periodOf(Object.fromEntries(new FormData(event.currentTarget))));
        }}
      >
        <label>
          {t("from")}
          <input type="date" name="from" className="field" defaultValue={period.from ?? ""} />
        </label>
        <label>
          {t("until")}
          <input type="date" name="until" className="field" defaultValue={period.until ?? ""} />
        </label>
        <Button type="submit" variant="outline">
          {t("periodShow")}
        </Button>
      </form>
      <ul className="organisation-period-ready">
        <li>{link(yearOf(year), t("periodThisYear"))}</li>
        <li>{link(yearOf(year - 1), t("periodLastYear"))}</li>
        <li>{link({}, t("periodAll"))}</li>
      </ul>
    </>
  );
}
