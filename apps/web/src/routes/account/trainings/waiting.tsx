import type { RouterOutputs } from "@lectern/client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatInstant } from "../../../format/dates.ts";
import { FurtherItems } from "../../../account/further-items.tsx";
import { TrainingRow } from "./training-row.tsx";

type Entry = RouterOutputs["waitlist"]["mine"]["items"][number];

/** Where somebody waits for a place, or has one on offer. */
export function Waiting() {
  const t = useTranslations("trainings");
  const entries = useInfiniteQuery(
    useApi().waitlist.mine.infiniteQueryOptions(
      {},
      { getNextPageParam: ({ nextCursor }) => nextCursor, staleTime: 0 },
    ),
  );
  return (
    <Loaded query={entries}>
      {({ pages }) => {
        const all = pages.flatMap((page) => page.items);
        // Those that have ended stand among the places, or nowhere: nothing is to be done about them.
        const open = all.filter(({ endedAt }) => endedAt === null);
        return (
          <>
            {open.length === 0 ? <p>{t("waitingNone")}</p> : null}
            <ul className="trainings">
              {open.map((entry) => (
                <OneEntry key={entry.entryId} entry={entry} />
              ))}
            </ul>
            <FurtherItems list={entries} shown={all.length} total={pages[0]?.total ?? 0} />
          </>
        );
      }}
    </Loaded>
  );
}

function OneEntry({ entry }: { entry: Entry }) {
  const t = useTranslations("trainings");
  const { run, position, quantity, offer } = entry;
  return (
    <TrainingRow
      run={run}
      facts={
        <>
          {position === null ? null : <span>{t("inLine", { position, quantity })}</span>}
          {offer === null ? null : (
            <strong>
              <Localized>
                {t("offered", { count: offer.quantity, until: formatInstant(offer.expiresAt) })}
              </Localized>
            </strong>
          )}
        </>
      }
    />
  );
}
