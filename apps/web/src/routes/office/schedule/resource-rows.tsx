import type { RouterOutputs } from "@lectern/client";
import { compareNames } from "../../../format/names.ts";
import type { Entry } from "./entries.ts";
import type { GridRow } from "./grid-rows.ts";
import type { ShownCalendar } from "./use-calendar.ts";

export type SchedulingOptions = RouterOutputs["runs"]["options"];

/** The row of what has no room, or nobody who teaches it. */
export const NOTHING = "none";

interface Resource {
  readonly id: string;
  readonly name: string;
  readonly note: string;
}

interface RowsOf {
  readonly shown: ShownCalendar;
  readonly options: SchedulingOptions | undefined;
  readonly days: readonly string[];
  /** Venues, or instructors, that were chosen; `undefined`: all. */
  readonly chosen: readonly string[] | undefined;
  readonly noneWords: string;
}

/** @returns a row for each room that can be used, or is, and one for what has none */
export function roomRows({ shown, options, days, chosen, noneWords }: RowsOf): GridRow[] {
  const rooms = new Map<string, Resource>();
  for (const { id, name } of shown.rooms) rooms.set(id, { id, name, note: "" });
  for (const venue of options?.venues ?? []) {
    if (chosen !== undefined && !chosen.includes(venue.id)) continue;
    for (const { id, name } of venue.rooms) {
      rooms.set(id, { id, name, note: `${venue.name}, ${venue.city}` });
    }
  }
  if (chosen === undefined) {
    for (const { id, name } of options?.virtualRooms ?? []) rooms.set(id, { id, name, note: "" });
  }
  return rowsOf([...rooms.values()], shown.entries, days, noneWords, ({ roomId }) =>
    roomId === null ? [] : [roomId],
  );
}

/** The same of instructors. */
export function peopleRows({ shown, options, days, chosen, noneWords }: RowsOf): GridRow[] {
  const people = new Map<string, Resource>();
  for (const { id, name } of [...shown.instructors, ...(options?.instructors ?? [])]) {
    if (chosen === undefined || chosen.includes(id)) people.set(id, { id, name, note: "" });
  }
  return rowsOf(
    [...people.values()],
    shown.entries,
    days,
    noneWords,
    ({ instructorIds }) => instructorIds,
  );
}

function rowsOf(
  resources: readonly Resource[],
  entries: readonly Entry[],
  days: readonly string[],
  noneWords: string,
  idsOf: (entry: Entry) => readonly string[],
): GridRow[] {
  const rows = resources
    .toSorted(
      (a, b) =>
        // What is in no venue comes last.
        Number(a.note === "") - Number(b.note === "") ||
        compareNames(a.note, b.note) ||
        compareNames(a.name, b.name),
    )
    .map(({ id, name, note }): GridRow => ({
      key: id,
      words: note === "" ? name : `${name}, ${note}`,
      head: (
        <>
          {name}
          {note === "" ? null : <small>{note}</small>}
        </>
      ),
      days,
      entries: entries.filter((entry) => idsOf(entry).includes(id)),
    }));
  const others = entries.filter((entry) => idsOf(entry).length === 0);
  if (others.length > 0 || rows.length === 0) {
    rows.push({ key: NOTHING, words: noneWords, head: noneWords, days, entries: others });
  }
  return rows;
}
