import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { formatLongDay } from "../../../format/dates.ts";
import type { Entry } from "./entries.ts";
import {
  type Cell,
  type GridRow,
  atEnd,
  cellOf,
  elementOf,
  entriesIn,
  isSameCell,
  isShown,
  stepped,
} from "./grid-rows.ts";

interface Lifted {
  readonly entry: Entry;
  readonly from: Cell;
  readonly to: Cell;
}

export interface GridKeys {
  readonly grid: RefObject<HTMLElement | null>;
  readonly rows: readonly GridRow[];
  readonly cursor: Cell;
  readonly onCursor: (cell: Cell) => void;
  /** Goes on to a day that is not shown. */
  readonly onLeave: (cell: Cell) => void;
  readonly onTurn: (by: 1 | -1) => void;
  readonly onOpen: (entry: Entry) => void;
  readonly canMove: (entry: Entry) => boolean;
  readonly onMove: (entry: Entry, from: Cell, to: Cell) => void;
}

/**
 * The keyboard of the calendar: arrows go from cell to cell, Enter opens what is there, and on a session Shift and an
 * arrow pick it up, which arrows then carry to another cell.
 */
export function useGridKeys(keys: GridKeys) {
  const { grid, rows, cursor } = keys;
  const t = useTranslations("officeSchedule");
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [said, setSaid] = useState("");
  const wantsFocus = useRef(false);
  useEffect(() => {
    const cell = wantsFocus.current ? elementOf(grid.current, cursor) : null;
    if (cell === null) return;
    wantsFocus.current = false;
    cell.focus();
  });

  function goTo(cell: Cell): void {
    wantsFocus.current = true;
    if (isShown(rows, cell)) keys.onCursor(cell);
    else keys.onLeave(cell);
  }

  function putDown({ entry, from, to }: Lifted, isDropped: boolean): void {
    setLifted(null);
    setSaid(isDropped ? "" : t("putBack", { course: entry.run.course.title }));
    goTo(isDropped ? to : from);
    if (isDropped && !isSameCell(from, to)) keys.onMove(entry, from, to);
  }

  function carry(held: Lifted, key: string): boolean {
    if (key === "Escape" || key === "Enter" || key === " ") {
      putDown(held, key !== "Escape");
      return true;
    }
    const to = stepped(rows, held.to, key);
    if (to === undefined) return false;
    setLifted({ ...held, to });
    const row = rows.find((one) => one.key === to.row)?.words;
    setSaid(t("liftedTo", { day: formatLongDay(to.day), row: row ?? "none" }));
    goTo(to);
    return true;
  }

  function onChip(chip: HTMLElement, cell: Cell, event: KeyboardEvent): boolean {
    const { key, shiftKey, ctrlKey } = event;
    const entry = entriesIn(rows, cell).find((one) => one.key === chip.dataset["chip"]);
    if (shiftKey && key.startsWith("Arrow") && entry !== undefined && keys.canMove(entry)) {
      const to = stepped(rows, cell, key) ?? cell;
      setLifted({ entry, from: cell, to });
      setSaid(t("lifted", { course: entry.run.course.title }));
      goTo(to);
      return true;
    }
    if (shiftKey || ctrlKey) return false;
    switch (key) {
      case "Escape":
        goTo(cell);
        return true;
      case "ArrowLeft":
      case "ArrowRight":
        goTo(stepped(rows, cell, key) ?? cell);
        return true;
      case "ArrowUp":
      case "ArrowDown":
        goToChip(chip, cell, key === "ArrowDown" ? 1 : -1);
        return true;
      default:
        return false;
    }
  }

  function goToChip(chip: HTMLElement, cell: Cell, by: 1 | -1): void {
    const links = elementOf(grid.current, cell)?.querySelectorAll<HTMLElement>(".chip-open") ?? [];
    const all = [...links];
    const next = all[all.findIndex((link) => chip.contains(link)) + by];
    if (next !== undefined) next.focus();
    else if (by < 0) goTo(cell);
  }

  function onCell(cell: Cell, { key, ctrlKey, shiftKey }: KeyboardEvent): boolean {
    if (shiftKey) return false;
    if (key === "PageUp" || key === "PageDown") {
      wantsFocus.current = true;
      keys.onTurn(key === "PageDown" ? 1 : -1);
      return true;
    }
    if (key === "Enter") {
      const [first, second] = entriesIn(rows, cell);
      if (first === undefined) return false;
      if (second === undefined) keys.onOpen(first);
      else elementOf(grid.current, cell)?.querySelector<HTMLElement>(".chip-open")?.focus();
      return true;
    }
    const to = ctrlKey ? atEnd(rows, key) : stepped(rows, cell, key);
    if (to === undefined) return false;
    goTo(to);
    return true;
  }

  return {
    /** What is carried, and where it would be put down. */
    lifted,
    /** What is said of it. */
    said,
    onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
      const { target, altKey, metaKey } = event;
      if (altKey || metaKey || !(target instanceof HTMLElement)) return;
      const cell = cellOf(target);
      if (cell === null) return;
      const chip = target.closest<HTMLElement>("[data-chip]");
      const isCell = target.getAttribute("role") === "gridcell";
      const isDone =
        lifted !== null
          ? carry(lifted, event.key)
          : chip !== null
            ? onChip(chip, cell, event)
            : isCell && onCell(cell, event);
      if (isDone) event.preventDefault();
    },
  };
}
