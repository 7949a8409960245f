import type { ReactNode } from "react";
import { addDays } from "./days.ts";
import type { Entry } from "./entries.ts";

/** A day of the calendar, and the row of a room or an instructor where there are rows. */
export interface Cell {
  readonly day: string;
  readonly row: string | null;
}

export function isSameCell(one: Cell | null, other: Cell | null): boolean {
  return one?.day === other?.day && one?.row === other?.row;
}

/** A row: a week of the month, the week, or the week of a room or an instructor. */
export interface GridRow {
  /** Of the room or instructor; `null` where rows are weeks. */
  readonly key: string | null;
  readonly head?: ReactNode;
  /** What the head says, in plain words. */
  readonly words?: string;
  readonly days: readonly string[];
  readonly entries: readonly Entry[];
}

export function isShown(rows: readonly GridRow[], { day, row }: Cell): boolean {
  return rows.some((one) => one.key === row && one.days.includes(day));
}

/** @returns what stands in a cell */
export function entriesIn(rows: readonly GridRow[], { day, row }: Cell): readonly Entry[] {
  const found = rows.find((one) => one.key === row && one.days.includes(day));
  return found?.entries.filter((entry) => entry.day === day) ?? [];
}

const DAYS_OF_WEEK = 7;

/**
 * @returns where an arrow, Home or End leads from a cell, which may be on a day that is not shown; `undefined` for
 *   other keys, and where nothing is
 */
export function stepped(rows: readonly GridRow[], cell: Cell, key: string): Cell | undefined {
  const { day, row } = cell;
  const index = rows.findIndex((one) => one.key === row && one.days.includes(day));
  const here = rows[index];
  if (here === undefined) return undefined;
  switch (key) {
    case "ArrowLeft":
      return { day: addDays(day, -1), row };
    case "ArrowRight":
      return { day: addDays(day, 1), row };
    case "ArrowUp":
    case "ArrowDown": {
      const by = key === "ArrowDown" ? 1 : -1;
      if (row === null) return { day: addDays(day, DAYS_OF_WEEK * by), row };
      const next = rows[index + by];
      return next === undefined ? undefined : { day, row: next.key };
    }
    case "Home":
      return { day: here.days[0] ?? day, row };
    case "End":
      return { day: here.days.at(-1) ?? day, row };
    default:
      return undefined;
  }
}

/** Ctrl with Home or End: the first cell of all, or the last. */
export function atEnd(rows: readonly GridRow[], key: string): Cell | undefined {
  const row = key === "Home" ? rows[0] : key === "End" ? rows.at(-1) : undefined;
  const day = key === "Home" ? row?.days[0] : row?.days.at(-1);
  return row === undefined || day === undefined ? undefined : { day, row: row.key };
}

/** @returns the cell that an element is in */
export function cellOf(element: Element | null | undefined): Cell | null {
  const found = element?.closest<HTMLElement>("[data-day]");
  const day = found?.dataset["day"];
  return day === undefined ? null : { day, row: found?.dataset["row"] ?? null };
}

/** @returns the element of a cell */
export function elementOf(grid: HTMLElement | null, { day, row }: Cell): HTMLElement | null {
  const cells = grid?.querySelectorAll<HTMLElement>(`[data-day="${day}"]`) ?? [];
  return [...cells].find((cell) => (cell.dataset["row"] ?? null) === row) ?? null;
}
