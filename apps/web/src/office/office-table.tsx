import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAccountWords } from "../account/use-account-words.ts";
import { Button } from "../components/button.tsx";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { OfficeTableRows } from "./office-table-rows.tsx";
import type { Selection } from "./use-selection.ts";
import "./office-table.css";

/** A column of a table. */
export interface OfficeColumn<Item> {
  readonly id: string;
  readonly head: string;
  readonly cell: (item: Item) => ReactNode;
  /** How wide, as a track of a grid: `8rem`, `minmax(10rem, 2fr)`. */
  readonly width?: string;
  readonly isNumber?: boolean;
  /** What the API sorts by, where it does. */
  readonly sort?: string;
}

/** What a list is sorted by. */
export interface OfficeSort {
  readonly by: string;
  readonly isDescending: boolean;
}

/** An infinite query of pages with `items`, `total` and `nextCursor`, as `useInfiniteQuery` gives it. */
export interface OfficeList<Item> {
  readonly data:
    | {
        readonly pages: readonly {
          readonly items: readonly Item[];
          readonly total: number;
        }[];
      }
    | undefined;
  readonly error: unknown;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly isPlaceholderData: boolean;
  fetchNextPage(this: void): Promise<unknown>;
  refetch(): Promise<unknown>;
}

export interface OfficeTableProps<Item> {
  /** What it lists, for those who listen. */
  readonly label: string;
  readonly list: OfficeList<Item>;
  /** The first names the item, and leads to it. */
  readonly columns: readonly OfficeColumn<Item>[];
  readonly keyOf: (item: Item) => string;
  /** What an item is called where it is chosen: `LC-7K3F-92QD`. */
  readonly nameOf: (item: Item) => string;
  /** Where an item leads: its first cell is a link there, Enter on its row goes there. */
  readonly hrefOf?: (item: Item) => string;
  /** Instead of a page, for lists that open a panel. */
  readonly onOpen?: (item: Item) => void;
  readonly selection?: Selection<Item>;
  readonly sort?: OfficeSort;
  readonly onSort?: (sort: OfficeSort) => void;
  /** What stands there when nothing is listed. */
  readonly empty: ReactNode;
}

/** A list of records; all of it can be reached, only what is seen is drawn. */
export function OfficeTable<Item>(props: OfficeTableProps<Item>) {
  const t = useTranslations();
  const words = useAccountWords();
  const { list, empty } = props;
  if (list.data === undefined && list.error !== null) {
    return (
      <FailureNotice title={t("failures.failedTitle")}>
        <p>{words(list.error)}</p>
        <Button variant="outline" onClick={() => void list.refetch()}>
          {t("failures.retry")}
        </Button>
      </FailureNotice>
    );
  }
  if (list.data === undefined) {
    return (
      <div className="office-table-pending" aria-busy="true">
        <p className="visually-hidden" role="status">
          {t("site.loading")}
        </p>
        {Array.from({ length: 8 }, (_, row) => (
          <div key={row} />
        ))}
      </div>
    );
  }
  const items = list.data.pages.flatMap((page) => page.items);
  const total = list.data.pages[0]?.total ?? items.length;
  return (
    <div className="office-table-frame" aria-busy={list.isPlaceholderData}>
      <p role="status" className="office-table-count figures">
        {t("office.listCount", { count: total })}
      </p>
      {items.length === 0 ? empty : <OfficeTableRows {...props} items={items} total={total} />}
      {list.isFetchNextPageError ? (
        <p className="office-table-more" role="alert">
          {t("failures.reloadFailed")}{" "}
          <Button variant="outline" size="small" onClick={() => void list.fetchNextPage()}>
            {t("failures.retry")}
          </Button>
        </p>
      ) : null}
    </div>
  );
}
