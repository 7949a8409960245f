import type { EnquiryListItem } from "@lectern/contract/enquiries";
import type { EnquiryStatus } from "@lectern/contract/vocabulary";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useApi } from "../../../data/api.ts";
import type { OfficeList } from "../../../office/office-table.tsx";
import { type EnquiryFilters, searchOf, shownStatuses } from "./filters.ts";

/** A list of enquiries, page by page. */
export interface EnquiryList extends OfficeList<EnquiryListItem> {
  readonly data:
    | {
        readonly pages: readonly {
          readonly items: readonly EnquiryListItem[];
          readonly total: number;
          readonly isTotalExact: boolean;
        }[];
      }
    | undefined;
}

/** So many stand in a column at first, and are added to it each time. */
const COLUMN = 25;
const PAGE = 50;
/** What others do shows up by itself, unless very much is loaded. */
const AGAIN_MS = 5000;
const PAGES_LIVE = 3;

function useList(
  statuses: readonly EnquiryStatus[],
  filters: EnquiryFilters,
  limit: number,
  isAsked: boolean,
): EnquiryList {
  const api = useApi();
  return useInfiniteQuery(
    api.enquiries.list.infiniteQueryOptions(
      { ...searchOf(filters), statuses: [...statuses], limit },
      {
        enabled: isAsked,
        getNextPageParam: ({ nextCursor }) => nextCursor,
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) =>
          (state.data?.pages.length ?? 0) > PAGES_LIVE ? false : AGAIN_MS,
      },
    ),
  );
}

/** @returns all enquiries that the filters find, in one list */
export function useEnquiries(filters: EnquiryFilters): EnquiryList {
  const statuses = shownStatuses(filters);
  return useList(statuses, filters, PAGE, statuses.length > 0);
}

/** A column of the board. */
export interface Column {
  readonly status: EnquiryStatus;
  readonly list: EnquiryList;
}

/** @returns the enquiries that the filters find, a list for each state that is shown */
export function useColumns(filters: EnquiryFilters): readonly Column[] {
  const shown = shownStatuses(filters);
  const ask = (status: EnquiryStatus) =>
    [[status], filters, COLUMN, shown.includes(status)] as const;
  const lists = {
    new: useList(...ask("new")),
    in_progress: useList(...ask("in_progress")),
    quoted: useList(...ask("quoted")),
    won: useList(...ask("won")),
    lost: useList(...ask("lost")),
    spam: useList(...ask("spam")),
  } as const satisfies Record<EnquiryStatus, EnquiryList>;
  return shown.map((status) => ({ status, list: lists[status] }));
}

/** @returns what is loaded of a list */
export function itemsOf({ data }: EnquiryList): readonly EnquiryListItem[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}
