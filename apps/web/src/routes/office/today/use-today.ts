import type { RouterOutputs } from "@lectern/client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useApi } from "../../../data/api.ts";
import { useMay } from "../../../office/office-me.ts";
import type { OfficeList } from "../../../office/office-table.tsx";

/** So many of each stand there at first. */
const SHOWN = 5;

/** How often it is asked what there is now, while somebody looks. */
const LIVE_MS = 30_000;
/** What stands in the way of dates takes longer to find, and changes less often. */
const SLOW_MS = 120_000;

function nextOf({ nextCursor }: { readonly nextCursor: string | null }): string | null {
  return nextCursor;
}

/** A list of what waits for a decision. */
interface TodayList<Item> extends OfficeList<Item> {
  readonly isLoading: boolean;
}

export interface Today {
  readonly latePayments: TodayList<RouterOutputs["bookings"]["latePayments"]["items"][number]>;
  readonly undecided: TodayList<RouterOutputs["runs"]["undecided"]["items"][number]>;
  readonly offers: TodayList<RouterOutputs["waitlist"]["offers"]["items"][number]>;
  readonly conflicts: TodayList<RouterOutputs["runs"]["conflicts"]["items"][number]>;
  readonly jobs: TodayList<RouterOutputs["jobs"]["dead"]["items"][number]>;
  readonly enquiries: TodayList<RouterOutputs["enquiries"]["list"]["items"][number]>;
  readonly demand: TodayList<RouterOutputs["waitlist"]["demand"]["items"][number]>;
}

export type TodayPart = keyof Today;

/** All that may wait for a decision of whoever is signed in, as it is now. */
export function useToday(): Today {
  const api = useApi();
  const may = useMay();
  const first = { limit: SHOWN };
  const live = { getNextPageParam: nextOf, staleTime: 0, refetchInterval: LIVE_MS };
  return {
    latePayments: useInfiniteQuery(
      api.bookings.latePayments.infiniteQueryOptions(first, {
        ...live,
        enabled: may("bookings.read.any"),
      }),
    ),
    undecided: useInfiniteQuery(
      api.runs.undecided.infiniteQueryOptions(first, { ...live, enabled: may("runs.read") }),
    ),
    offers: useInfiniteQuery(
      api.waitlist.offers.infiniteQueryOptions(first, {
        ...live,
        enabled: may("bookings.read.any"),
      }),
    ),
    conflicts: useInfiniteQuery(
      api.runs.conflicts.infiniteQueryOptions(first, {
        ...live,
        refetchInterval: SLOW_MS,
        enabled: may("runs.read"),
      }),
    ),
    jobs: useInfiniteQuery(
      api.jobs.dead.infiniteQueryOptions(first, { ...live, enabled: may("jobs.read") }),
    ),
    enquiries: useInfiniteQuery(
      api.enquiries.list.infiniteQueryOptions(
        { ...first, statuses: ["new"] },
        { ...live, enabled: may("enquiries.read") },
      ),
    ),
    demand: useInfiniteQuery(
      api.waitlist.demand.infiniteQueryOptions(first, {
        ...live,
        enabled: may("bookings.read.any"),
      }),
    ),
  };
}

/** By what is lost first when nothing is decided: money and its places, dates, offers, and so on. */
export const TODAY_PARTS = [
  "latePayments",
  "undecided",
  "offers",
  "conflicts",
  "jobs",
  "enquiries",
  "demand",
] as const satisfies readonly TodayPart[];

/** @returns how many there are, as far as that is known */
export function totalOf({ data }: OfficeList<unknown>): number {
  return data?.pages[0]?.total ?? 0;
}
