import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatMoney } from "../../../format/money.ts";
import { OrganisationFrame } from "../../../organisation/organisation-frame.tsx";
import { mayBook } from "../../../organisation/organisation-role.ts";
import { FurtherItems } from "../trainings/further-items.tsx";
import type { Period } from "./period.ts";
import { PeriodForm } from "./period-form.tsx";
import { SaveCsv } from "./save-csv.tsx";
import { StatementTable } from "./statement-table.tsx";
import "./page.css";

const route = getRouteApi("/account/organisation/$id/spending");

/** What a company booked in some time, what it paid and still owes: for who books for it. */
export function OrganisationSpendingPage() {
  const { id } = route.useParams();
  const period = route.useSearch();
  return (
    <OrganisationFrame id={id} isFor={mayBook}>
      {() => <Spending organisationId={id} period={period} />}
    </OrganisationFrame>
  );
}

interface SpendingProps {
  readonly organisationId: string;
  readonly period: Period;
}

function Spending({ organisationId, period }: SpendingProps) {
  const t = useTranslations("organisation");
  const wanted = { organisationId, from: period.from ?? null, until: period.until ?? null };
  const statement = useInfiniteQuery(
    useApi().organisations.statement.infiniteQueryOptions(wanted, {
      getNextPageParam: ({ nextCursor }) => nextCursor,
      staleTime: 0,
    }),
  );
  return (
    <>
      <AccountPart id="period" title={t("period")}>
        <PeriodForm
          key={`${period.from} ${period.until}`}
          organisationId={organisationId}
          period={period}
        />
      </AccountPart>
      <AccountPart id="totals" title={t("totals")}>
        <Loaded query={statement}>
          {({ pages: [first] }) => {
            if (first === undefined || first.total === 0) return <p>{t("statementNone")}</p>;
            return (
              <>
                <div
                  className="organisation-scroll"
                  tabIndex={0}
                  role="group"
                  aria-labelledby="totals"
                >
                  <table className="organisation-table">
                    <thead>
                      <tr>
                        <th scope="col">{t("currency")}</th>
                        <th scope="col" className="organisation-amount">
                          {t("total")}
                        </th>
                        <th scope="col" className="organisation-amount">
                          {t("paid")}
                        </th>
                        <th scope="col" className="organisation-amount">
                          {t("openAmount")}
                        </th>
                      </tr>
                    </thead>
                    <tbody>
                      {first.totals.map(({ currency, total, paid, open }) => (
                        <tr key={currency}>
                          <th scope="row">{currency}</th>
                          {[total, paid, open].map((amount, column) => (
                            <td key={column} className="organisation-amount">
                              <Localized>{formatMoney({ amount, currency })}</Localized>
                            </td>
                          ))}
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
                {first.withoutPrice > 0 ? (
                  <p className="aside-note">{t("withoutPrice", { count: first.withoutPrice })}</p>
                ) : null}
              </>
            );
          }}
        </Loaded>
      </AccountPart>
      <AccountPart id="statement" title={t("statement")} words={t("statementWords")}>
        <Loaded query={statement}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <p>{t("statementNone")}</p>;
            return (
              <>
                <StatementTable items={items} />
                <FurtherItems list={statement} shown={items.length} total={pages[0]?.total ?? 0} />
                <SaveCsv wanted={wanted} />
              </>
            );
          }}
        </Loaded>
      </AccountPart>
    </>
  );
}
