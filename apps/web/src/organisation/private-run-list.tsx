import type { RunSummary } from "@lectern/contract/runs";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FurtherItems } from "../account/further-items.tsx";
import { Loaded } from "../account/loaded.tsx";
import { Localized } from "../components/localized.tsx";
import { useApi } from "../data/api.ts";
import { formatMoney } from "../format/money.ts";
import { DatedRow } from "./dated-row.tsx";
import { useOrganisationSurroundings } from "./organisation-surroundings.tsx";

interface PrivateRunListProps {
  readonly organisationId: string;
  /** What stands there where there is none. */
  readonly none: ReactNode;
  /** What can be done about one. */
  readonly waysOf: (run: RunSummary) => ReactNode;
}

/** The dates that are kept for a company. */
export function PrivateRunList({ organisationId, none, waysOf }: PrivateRunListProps) {
  const { againMs } = useOrganisationSurroundings();
  const runs = useInfiniteQuery(
    useApi().organisations.privateRuns.infiniteQueryOptions(
      { organisationId },
      { getNextPageParam: ({ nextCursor }) => nextCursor, staleTime: 0, refetchInterval: againMs },
    ),
  );
  return (
    <Loaded query={runs}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return none;
        return (
          <>
            <ul className="organisation-list">
              {items.map((run) => (
                <OneRun key={run.id} run={run}>
                  {waysOf(run)}
                </OneRun>
              ))}
            </ul>
            <FurtherItems list={runs} shown={items.length} total={pages[0]?.total ?? 0} />
          </>
        );
      }}
    </Loaded>
  );
}

function OneRun({ run, children }: { run: RunSummary; children: ReactNode }) {
  const t = useTranslations("organisation");
  const { price, placesLeft } = run;
  return (
    <DatedRow
      run={run}
      facts={
        <>
          <span>{t("placesLeft", { count: placesLeft })}</span>
          <span>
            {price === null ? t("onRequest") : <Localized>{formatMoney(price)}</Localized>}
          </span>
        </>
      }
    >
      {children}
    </DatedRow>
  );
}
