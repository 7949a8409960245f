import type { RunForStaff } from "@lectern/contract/run-office";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { useApi } from "../../../data/api.ts";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { groupHistory } from "./history-words.ts";
import { MoreButton } from "./more-button.tsx";

/** What happened to a date, in sentences. */
export function HistoryTab({ run }: { run: RunForStaff }) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const list = useInfiniteQuery(
    api.runs.history.infiniteQueryOptions(
      { id: run.id, limit: 50 },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  return (
    <RecordSection title={t("tabHistory")}>
      <Loaded query={list}>
        {({ pages }) => {
          const groups = groupHistory(pages.flatMap((page) => page.items));
          const [first] = pages;
          return (
            <>
              {first?.includesBookings === false ? <p>{t("historyOwn")}</p> : null}
              {groups.length === 0 ? <p>{t("historyEmpty")}</p> : null}
              <ol className="run-history">
                {groups.map(({ newest, sentence }) => (
                  <li key={newest.id}>
                    <OfficeInstant instant={newest.at} timeZone={run.timeZone} />
                    <p>
                      {t("did", {
                        who: newest.actor.name ?? t(`actor_${newest.actor.kind}`),
                        what: t(sentence.message, sentence.values),
                      })}
                    </p>
                  </li>
                ))}
              </ol>
              <MoreButton list={list} />
            </>
          );
        }}
      </Loaded>
    </RecordSection>
  );
}
