import { useRouter } from "@tanstack/react-router";
import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { OfficeTableHead } from "./office-table-head.tsx";
import { OfficeTableRow } from "./office-table-row.tsx";
import type { OfficeTableProps } from "./office-table.tsx";

export interface RowsProps<Item> extends OfficeTableProps<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

/** Guesses, until a row is there to be measured. */
const ROW_PX = 49;
const CARD_PX = 150;
/** So many rows before the end, more is asked for. */
const AHEAD = 15;
const PAGE_ROWS = 10;

function isNarrow(): boolean {
  return globalThis.matchMedia("(max-width: 47.99rem)").matches;
}

/** The rows of a table: those that are seen are drawn, one has the focus, and the keyboard reaches all. */
export function OfficeTableRows<Item>(props: RowsProps<Item>) {
  const { label, columns, keyOf, selection, items, total } = props;
  const body = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const active = Math.min(current, items.length - 1);
  const virtualizer = useRows(props, body, active);
  const drawn = virtualizer.getVirtualItems();
  useMore(props, drawn.at(-1)?.index ?? 0);
  const takeFocus = useFocusOn(body, active);
  const open = useOpen(props);

  function go(to: number, isExtending: boolean): void {
    const next = Math.max(0, Math.min(to, items.length - 1));
    const [from, item] = [items[active], items[next]];
    if (isExtending && selection !== undefined && from !== undefined && item !== undefined) {
      if (!selection.has(from)) selection.toggle(from);
      selection.extend(item, items);
    }
    takeFocus();
    setCurrent(next);
    virtualizer.scrollToIndex(next, { align: "auto" });
  }
  function press(event: KeyboardEvent<HTMLElement>): void {
    const item = items[active];
    // What stands in a row has keys of its own.
    if (item === undefined || !(event.target instanceof HTMLElement)) return;
    if (event.target.role !== "row") return;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + PAGE_ROWS,
      PageUp: active - PAGE_ROWS,
      Home: 0,
      End: items.length - 1,
    };
    const to = steps[event.key];
    const isWithControl = event.ctrlKey || event.metaKey;
    if (to !== undefined) go(to, event.shiftKey);
    else if (event.key === "Enter" && open !== undefined) open(item);
    else if (selection === undefined) return;
    else if (event.key === " ") selection.toggle(item);
    else if (event.key === "a" && isWithControl) selection.all(items);
    else if (event.key === "Escape" && selection.items.length > 0) selection.clear();
    else return;
    event.preventDefault();
  }

  const tracks = columns.map(({ width = "minmax(6rem, 1fr)" }) => width);
  const template = [...(selection === undefined ? [] : ["2.75rem"]), ...tracks].join(" ");
  const start = virtualizer.options.scrollMargin;
  return (
    <div
      className="office-table"
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-multiselectable={selection !== undefined || undefined}
    >
      <OfficeTableHead {...props} template={template} />
      <div role="rowgroup" ref={body} onKeyDown={press}>
        <Space height={(drawn[0]?.start ?? start) - start} />
        {drawn.map(({ index }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <OfficeTableRow
              {...props}
              key={keyOf(item)}
              item={item}
              index={index}
              template={template}
              isActive={index === active}
              measure={virtualizer.measureElement}
              onFocus={() => setCurrent(index)}
            />
          );
        })}
        <Space height={virtualizer.getTotalSize() - ((drawn.at(-1)?.end ?? start) - start)} />
      </div>
    </div>
  );
}

/** The room of rows that are not drawn. */
function Space({ height }: { height: number }) {
  return height <= 0 ? null : <div role="none" style={{ height }} />;
}

function useRows<Item>(
  { items, keyOf }: RowsProps<Item>,
  body: { readonly current: HTMLElement | null },
  active: number,
) {
  const [scrollMargin, setScrollMargin] = useState(0);
  const isEmpty = items.length === 0;
  useLayoutEffect(() => {
    const top = body.current?.getBoundingClientRect().top ?? 0;
    setScrollMargin(Math.round(top + globalThis.scrollY));
  }, [body, isEmpty]);
  return useWindowVirtualizer({
    count: items.length,
    estimateSize: () => (isNarrow() ? CARD_PX : ROW_PX),
    overscan: 12,
    scrollMargin,
    scrollPaddingStart: 120,
    scrollPaddingEnd: 80,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    // The row with the focus stays, or the focus would be lost.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), Math.max(active, 0)])]
        .filter((index) => index < range.count)
        .toSorted((one, other) => one - other),
  });
}

/** Asks for more before the end is seen. */
function useMore<Item>({ list, items }: RowsProps<Item>, end: number): void {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  const isNear = end >= items.length - AHEAD;
  useEffect(() => {
    if (isNear && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) {
      void fetchNextPage();
    }
  }, [isNear, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
}

/** @returns asks for the focus to go to the row that is the active one by then */
function useFocusOn(body: { readonly current: HTMLElement | null }, active: number): () => void {
  // Only what somebody does moves the focus.
  const isWanted = useRef(false);
  useLayoutEffect(() => {
    if (!isWanted.current) return;
    isWanted.current = false;
    const row = body.current?.querySelector<HTMLElement>(`[data-index="${String(active)}"]`);
    row?.focus({ preventScroll: true });
  });
  return () => {
    isWanted.current = true;
  };
}

function useOpen<Item>({ hrefOf, onOpen }: OfficeTableProps<Item>) {
  const router = useRouter();
  if (onOpen !== undefined) return onOpen;
  return hrefOf && ((item: Item) => void router.navigate({ href: hrefOf(item) }));
}
