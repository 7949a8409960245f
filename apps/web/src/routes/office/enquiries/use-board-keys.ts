import type { EnquiryListItem } from "@lectern/contract/enquiries";
import { ENQUIRY_STATUSES, type EnquiryStatus } from "@lectern/contract/vocabulary";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { movesOf } from "./moves.ts";
import { type Column, itemsOf } from "./use-enquiries.ts";

interface BoardKeys {
  readonly board: RefObject<HTMLElement | null>;
  readonly columns: readonly Column[];
  readonly canMove: (enquiry: EnquiryListItem) => boolean;
  readonly onMove: (enquiry: EnquiryListItem, to: EnquiryStatus) => void;
}

/** Where a card is, and which it is. */
interface Spot {
  readonly enquiry: EnquiryListItem;
  readonly column: number;
  readonly row: number;
}

function spotOf(columns: readonly Column[], id: string | undefined): Spot | undefined {
  for (const [column, { list }] of columns.entries()) {
    const items = itemsOf(list);
    const row = items.findIndex((item) => item.id === id);
    const enquiry = items[row];
    if (enquiry !== undefined) return { enquiry, column, row };
  }
  return undefined;
}

/** @returns the state to which a step to the side leads: the next one on that side that can be gone to */
export function stateBeside(from: EnquiryStatus, by: 1 | -1): EnquiryStatus | undefined {
  const order = by === 1 ? ENQUIRY_STATUSES : ENQUIRY_STATUSES.toReversed();
  const ahead = order.slice(order.indexOf(from) + 1);
  // Nothing is spam by a slip of the finger: its menu says so, or the mouse.
  return ahead.find((status) => status !== "spam" && movesOf(from).includes(status));
}

/**
 * The keyboard of the board: arrows go from card to card, Shift and an arrow to the side moves one, and the focus goes
 * along with it.
 */
export function useBoardKeys({ board, columns, canMove, onMove }: BoardKeys) {
  const t = useTranslations("officeEnquiries");
  const [current, setCurrent] = useState<Partial<Record<EnquiryStatus, string>>>({});
  const [said, setSaid] = useState("");
  /** The card that is moved, whose focus goes along. */
  const followed = useRef<string>(undefined);

  function linkOf(id: string | undefined): HTMLElement | null {
    if (id === undefined) return null;
    return board.current?.querySelector<HTMLElement>(`[data-card="${id}"] a`) ?? null;
  }
  useEffect(() => {
    // What moves to another column is another element there, and the focus was lost with the one before.
    if (document.activeElement !== document.body) return;
    linkOf(followed.current)?.focus();
  });

  function beside(spot: Spot, by: 1 | -1): string | undefined {
    for (let at = spot.column + by; at >= 0 && at < columns.length; at += by) {
      const column = columns[at];
      const items = column === undefined ? [] : itemsOf(column.list);
      const item = items[Math.min(spot.row, items.length - 1)];
      if (item !== undefined) return item.id;
    }
    return undefined;
  }
  function carry({ enquiry }: Spot, by: 1 | -1): void {
    const to = stateBeside(enquiry.status, by);
    if (!canMove(enquiry) || to === undefined) {
      setSaid(t("noWay", { name: enquiry.name, state: t(`status_${enquiry.status}`) }));
      return;
    }
    setSaid("");
    followed.current = enquiry.id;
    onMove(enquiry, to);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const { target, key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (altKey || ctrlKey || metaKey || !(target instanceof HTMLElement)) return;
    // The menu of a card has keys of its own.
    if (target.tagName !== "A") return;
    const spot = spotOf(columns, target.closest<HTMLElement>("[data-card]")?.dataset["card"]);
    if (spot === undefined) return;
    const { column, row } = spot;
    const side = { ArrowLeft: -1, ArrowRight: 1 } as const;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      event.preventDefault();
      if (shiftKey) carry(spot, side[key]);
      else linkOf(beside(spot, side[key]))?.focus();
      return;
    }
    const list = columns[column]?.list;
    const items = list === undefined ? [] : itemsOf(list);
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: row - 1,
      ArrowDown: row + 1,
      Home: 0,
      End: items.length - 1,
    };
    const to = steps[key];
    if (to === undefined || shiftKey) return;
    event.preventDefault();
    linkOf(items[to]?.id)?.focus();
  }
  return {
    onKeyDown,
    /** What is said of it. */
    said,
    /** The card that Tab reaches in a column. */
    reachable: ({ status, list }: Column): string | undefined => {
      const items = itemsOf(list);
      return items.find(({ id }) => id === current[status])?.id ?? items[0]?.id;
    },
    onFocus: (enquiry: EnquiryListItem): void => {
      if (followed.current !== enquiry.id) followed.current = undefined;
      if (current[enquiry.status] === enquiry.id) return;
      setCurrent((before) => ({ ...before, [enquiry.status]: enquiry.id }));
    },
  };
}
