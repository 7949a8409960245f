import type { RouterOutputs } from "@lectern/client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { SaveCalendar } from "../../../calendar/save-calendar.tsx";
import { useApi } from "../../../data/api.ts";
import { NextSession } from "./next-session.tsx";
import { FurtherItems } from "../../../account/further-items.tsx";
import { TrainingRow } from "./training-row.tsx";

type OwnPlace = RouterOutputs["registrations"]["mine"]["items"][number];

interface OwnPlacesProps {
  readonly when: "upcoming" | "past";
  /** What stands there where there is no place. */
  readonly none: ReactNode;
}

/** One's own places: those ahead, or those behind. */
export function OwnPlaces({ when, none }: OwnPlacesProps) {
  const places = useInfiniteQuery(
    useApi().registrations.mine.infiniteQueryOptions(
      { when },
      { getNextPageParam: ({ nextCursor }) => nextCursor, staleTime: 0 },
    ),
  );
  return (
    <Loaded query={places}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return none;
        return (
          <>
            <ul className="trainings">
              {items.map((place) => (
                <OnePlace key={place.id} place={place} isAhead={when === "upcoming"} />
              ))}
            </ul>
            <FurtherItems list={places} shown={items.length} total={pages[0]?.total ?? 0} />
          </>
        );
      }}
    </Loaded>
  );
}

function OnePlace({ place, isAhead }: { place: OwnPlace; isAhead: boolean }) {
  const t = useTranslations("trainings");
  const { run, status, booker } = place;
  return (
    <TrainingRow
      run={run}
      facts={
        <>
          <span>{run.status === "cancelled" ? t("runCancelled") : t(`status_${status}`)}</span>
          {booker === null ? null : (
            <span>
              {booker.company === null
                ? t("bookedBy", { name: booker.name })
                : t("bookedByCompany", { name: booker.name, company: booker.company })}
            </span>
          )}
        </>
      }
    >
      {isAhead && run.status !== "cancelled" ? (
        <>
          <NextSession runId={run.id} />
          <SaveCalendar
            entry={{ id: place.id, run, since: place.createdAt }}
            description={run.course.title}
            isQuiet
          />
        </>
      ) : null}
    </TrainingRow>
  );
}
