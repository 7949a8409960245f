import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { FurtherItems } from "../account/further-items.tsx";
import { Loaded } from "../account/loaded.tsx";
import { useApi } from "../data/api.ts";
import { OrganisationPart } from "./organisation-surroundings.tsx";
import type { Period } from "./period.ts";
import { SaveCsv } from "./save-csv.tsx";
import { StatementTable } from "./statement-table.tsx";
import { StatementTotals } from "./statement-totals.tsx";
import "./organisation-spending.css";

interface StatementProps {
  readonly organisationId: string;
  readonly period: Period;
}

/** What a company booked in some time, what it paid and still owes. */
export function Statement({ organisationId, period }: StatementProps) {
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
      <OrganisationPart id="totals" title={t("totals")}>
        <Loaded query={statement}>
          {({ pages: [first] }) =>
            first === undefined || first.total === 0 ? (
              <p>{t("statementNone")}</p>
            ) : (
              <StatementTotals totals={first.totals} withoutPrice={first.withoutPrice} />
            )
          }
        </Loaded>
      </OrganisationPart>
      <OrganisationPart id="statement" title={t("statement")} words={t("statementWords")}>
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
      </OrganisationPart>
    </>
  );
}
