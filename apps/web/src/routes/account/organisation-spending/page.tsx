import { Link, getRouteApi } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { OrganisationFrame } from "../../../organisation/organisation-frame.tsx";
import { mayBook } from "../../../organisation/organisation-role.ts";
import type { Period } from "../../../organisation/period.ts";
import { PeriodForm } from "../../../organisation/period-form.tsx";
import { Statement } from "../../../organisation/statement.tsx";

const route = getRouteApi("/account/organisation/$id/spending");

/** What a company booked in some time, what it paid and still owes: for who books for it. */
export function OrganisationSpendingPage() {
  const { id } = route.useParams();
  const period = route.useSearch();
  return (
    <OrganisationFrame id={id} isFor={mayBook}>
      {() => (
        <>
          <ChosenPeriod organisationId={id} period={period} />
          <Statement organisationId={id} period={period} />
        </>
      )}
    </OrganisationFrame>
  );
}

interface ChosenPeriodProps {
  readonly organisationId: string;
  readonly period: Period;
}

function ChosenPeriod({ organisationId: id, period }: ChosenPeriodProps) {
  const t = useTranslations("organisation");
  const navigate = route.useNavigate();
  return (
    <AccountPart id="period" title={t("period")}>
      <PeriodForm
        period={period}
        onChoose={(chosen) => void navigate({ search: chosen })}
        link={(chosen, words) => (
          <Link to="/account/organisation/$id/spending" params={{ id }} search={chosen}>
            {words}
          </Link>
        )}
      />
    </AccountPart>
  );
}
