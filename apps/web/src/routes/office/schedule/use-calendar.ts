import { type InfiniteData, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useApi } from "../../../data/api.ts";
import { type Calendar, type Entry, type Run, entriesOf, ongoingOf } from "./entries.ts";
import type { ScheduleFilters } from "./filters.ts";

/** Others plan as well: what they did is there within so many ms. */
const REFRESH_MS = 10_000;

/** The calendar as it is loaded, page by page. */
export type CalendarPages = InfiniteData<Calendar, string | null>;

export interface ShownCalendar {
  readonly entries: readonly Entry[];
  /** What is open on all days, without sessions. */
  readonly ongoing: readonly Run[];
  readonly rooms: Calendar["rooms"];
  readonly instructors: Calendar["instructors"];
}

/** The runs of some days, as the filters have them, kept up to date. */
export function useCalendar(days: readonly string[], filters: ScheduleFilters) {
  const api = useApi();
  const [from = "", to = ""] = [days[0], days.at(-1)];
  const { status, country, venue, instructor, course } = filters;
  return useInfiniteQuery(
    api.runs.calendar.infiniteQueryOptions(
      {
        from,
        to,
        ...(status && { statuses: status }),
        ...(country && { countries: country }),
        ...(venue && { venueIds: venue }),
        ...(instructor && { instructorIds: instructor }),
        ...(course && { courseIds: [course] }),
      },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        placeholderData: keepPreviousData,
        refetchInterval: REFRESH_MS,
      },
    ),
  );
}

/** @returns all pages together, with what stands on these days */
export function shownOf({ pages }: CalendarPages, days: readonly string[]): ShownCalendar {
  const runs = pages.flatMap((page) => page.runs);
  return {
    ongoing: ongoingOf({ runs }),
    entries: entriesOf({ runs }, days[0] ?? "", days.at(-1) ?? ""),
    rooms: unique(pages.flatMap(({ rooms }) => rooms)),
    instructors: unique(pages.flatMap(({ instructors }) => instructors)),
  };
}

function unique<Item extends { readonly id: string }>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
