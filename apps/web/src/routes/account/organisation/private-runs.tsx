import type { Me } from "@lectern/contract/accounts";
import type { RunSummary } from "@lectern/contract/runs";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { Said } from "../../../account/said.tsx";
import { Button, LinkButton } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatDays } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";
import { DatedRow } from "../../../organisation/dated-row.tsx";
import { type OwnOrganisation, mayBook } from "../../../organisation/organisation-role.ts";
import { FurtherItems } from "../trainings/further-items.tsx";
import { BookDialog } from "./book-dialog.tsx";

interface PrivateRunsProps {
  readonly organisation: OwnOrganisation;
  readonly me: Me;
}

/** The dates that are kept for a company, for all its people to see and for some to book. */
export function PrivateRuns({ organisation, me }: PrivateRunsProps) {
  const t = useTranslations("organisation");
  const api = useApi();
  const queryClient = useQueryClient();
  const [run, setRun] = useState<RunSummary>();
  const [said, setSaid] = useState("");
  const { id: organisationId } = organisation;
  const runs = useInfiniteQuery(
    api.organisations.privateRuns.infiniteQueryOptions(
      { organisationId },
      { getNextPageParam: ({ nextCursor }) => nextCursor, staleTime: 0 },
    ),
  );
  return (
    <AccountPart id="private" title={t("privateRuns")} words={t("privateRunsWords")}>
      <Said>{said}</Said>
      <Loaded query={runs}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <>
                <p>{t("privateNone")}</p>
                {mayBook(organisation) ? (
                  <p>
                    <LinkButton to="/contact" variant="outline">
                      {t("privateAsk")}
                    </LinkButton>
                  </p>
                ) : null}
              </>
            );
          }
          return (
            <>
              <ul className="organisation-list">
                {items.map((item) => (
                  <OneRun
                    key={item.id}
                    run={item}
                    onBook={mayBook(organisation) ? () => setRun(item) : null}
                  />
                ))}
              </ul>
              <FurtherItems list={runs} shown={items.length} total={pages[0]?.total ?? 0} />
            </>
          );
        }}
      </Loaded>
      {run === undefined ? null : (
        <BookDialog
          run={run}
          organisationId={organisationId}
          booker={{ name: me.name, email: me.email }}
          onBooked={(reference) => {
            setSaid(t("bookDone", { reference }));
            void queryClient.invalidateQueries(api.organisations.pathFilter());
          }}
          onClose={() => setRun(undefined)}
        />
      )}
    </AccountPart>
  );
}

interface OneRunProps {
  readonly run: RunSummary;
  /** `null`: they may not. */
  readonly onBook: (() => void) | null;
}

function OneRun({ run, onBook }: OneRunProps) {
  const t = useTranslations("organisation");
  const { course, price, placesLeft, localStart, localEnd, bookability } = run;
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
      {onBook === null || bookability !== "open" ? null : (
        <p>
          <Button size="small" onClick={onBook}>
            <span aria-hidden="true">{t("book")}</span>
            <span className="visually-hidden">
              {t("bookOf", { course: course.title, days: formatDays(localStart, localEnd) })}
            </span>
          </Button>
        </p>
      )}
    </DatedRow>
  );
}
