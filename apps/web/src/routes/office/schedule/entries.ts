import type { RouterOutputs } from "@lectern/client";
import { dateOf } from "../../../format/dates.ts";
import { addDays, daysBetween } from "./days.ts";

export type Calendar = RouterOutputs["runs"]["calendar"];
export type Run = Calendar["runs"][number];

/** What stands in a calendar on one day: a session of a run, or a day of one whose sessions nobody knows. */
export interface Entry {
  readonly key: string;
  readonly run: Run;
  readonly day: string;
  readonly localStart: string;
  readonly localEnd: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
  /** Which of the run's days it is, from 1 on, and of how many. */
  readonly position: number;
  readonly count: number;
  readonly roomId: string | null;
  readonly instructorIds: readonly string[];
}

/** @returns what stands on the days from one to another, by their times */
export function entriesOf({ runs }: Pick<Calendar, "runs">, from: string, to: string): Entry[] {
  return runs
    .flatMap((run) => (run.sessionCount > 0 ? sessionEntries(run) : wholeEntries(run)))
    .filter(({ day }) => day >= from && day <= to)
    .toSorted(
      (a, b) =>
        compare(a.localStart, b.localStart) ||
        compare(a.run.course.title, b.run.course.title) ||
        compare(a.key, b.key),
    );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function sessionEntries(run: Run): Entry[] {
  return run.sessions.map((session) => ({
    key: session.id,
    run,
    day: dateOf(session.localStart),
    localStart: session.localStart,
    localEnd: session.localEnd,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    timeZone: run.timeZone,
    position: session.position,
    count: run.sessionCount,
    roomId: session.roomId,
    instructorIds: session.instructorIds,
  }));
}

/** A run whose sessions nobody knows, and that lasts longer, is shown beside the days: it is open on all of them. */
const DAYS_MAX = 7;

/** @returns whether a run is open for long, at any time, as what people work through by themselves is */
function isOngoing({ sessionCount, localStart, localEnd }: Run): boolean {
  return sessionCount === 0 && daysBetween(dateOf(localStart), dateOf(localEnd)) >= DAYS_MAX;
}

/** @returns the runs that are open on the days that are shown, without sessions on any of them */
export function ongoingOf({ runs }: Pick<Calendar, "runs">): Run[] {
  return runs.filter(isOngoing);
}

const DAY_MS = 86_400_000;

/** The days of a run whose sessions nobody knows: each has the hours of the first and of the last, as far as anybody knows. */
function wholeEntries(run: Run): Entry[] {
  if (isOngoing(run)) return [];
  const first = dateOf(run.localStart);
  const count = daysBetween(first, dateOf(run.localEnd)) + 1;
  return Array.from({ length: count }, (_, index): Entry => {
    const day = addDays(first, index);
    return {
      key: `${run.id} ${day}`,
      run,
      day,
      localStart: day + run.localStart.slice(10),
      localEnd: day + run.localEnd.slice(10),
      startsAt: movedBy(run.startsAt, index),
      endsAt: movedBy(run.endsAt, index + 1 - count),
      timeZone: run.timeZone,
      position: index + 1,
      count,
      roomId: null,
      instructorIds: [],
    };
  });
}

function movedBy(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * DAY_MS).toISOString();
}
