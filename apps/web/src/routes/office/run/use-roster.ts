import type { RunNeeds } from "@lectern/contract/run-office";
import type { RunRoster } from "@lectern/contract/runs";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useApi } from "../../../data/api.ts";

export type RosterItem = RunRoster["items"][number];
export type Needs = RunNeeds["items"][number];

/** More people than any room holds: beyond, the API's list has them. */
const PAGES_MAX = 20;

/** All who come to a date: it is searched and marked as a whole. */
export function useRoster(runId: string) {
  const api = useApi();
  const list = useInfiniteQuery(
    api.runs.roster.infiniteQueryOptions(
      { id: runId, limit: 100 },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  const isMore = hasNextPage && (data?.pages.length ?? 0) < PAGES_MAX;
  useEffect(() => {
    if (isMore && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [isMore, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  return { ...list, items };
}

/** What those who come say that they need, by their registration. */
export function useNeeds(runId: string, isAllowed: boolean): ReadonlyMap<string, Needs> {
  const api = useApi();
  const { data } = useQuery(api.runs.needs.queryOptions({ id: runId }, { enabled: isAllowed }));
  return useMemo(() => new Map(data?.items.map((item) => [item.registrationId, item])), [data]);
}

/** Letters without their marks: who types `ase` finds Åse. */
function plain(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** @returns those in whose name, company, address or reference all of the words stand */
export function findInRoster(items: readonly RosterItem[], search: string): readonly RosterItem[] {
  const words = plain(search).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return items;
  return items.filter(({ learner, booker, reference }) => {
    const text = plain(
      [learner?.name, learner?.email, booker?.name, booker?.company, booker?.email, reference]
        .filter(Boolean)
        .join(" "),
    );
    return words.every((word) => text.includes(word));
  });
}
