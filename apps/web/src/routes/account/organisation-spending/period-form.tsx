import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { type Period, periodOf, yearOf } from "./period.ts";

interface PeriodFormProps {
  readonly organisationId: string;
  readonly period: Period;
}

/** Chooses the time that spending is shown of. It stands in the address. */
export function PeriodForm({ organisationId, period }: PeriodFormProps) {
  const t = useTranslations("organisation");
  const navigate = useNavigate();
  const [year] = useState(() => new Date().getUTCFullYear());
  const to = "/account/organisation/$id/spending" as const;
  const params = { id: organisationId };
  return (
    <>
      <form
        className="organisation-period"
        onSubmit={(event) => {
          event.preventDefault();
          const search = periodOf(Object.fromEntries(new FormData(event.currentTarget)));
          void navigate({ to, params, search });
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
        <li>
          <Link to={to} params={params} search={yearOf(year)}>
            {t("periodThisYear")}
          </Link>
        </li>
        <li>
          <Link to={to} params={params} search={yearOf(year - 1)}>
            {t("periodLastYear")}
          </Link>
        </li>
        <li>
          <Link to={to} params={params} search={{}}>
            {t("periodAll")}
          </Link>
        </li>
      </ul>
    </>
  );
}
