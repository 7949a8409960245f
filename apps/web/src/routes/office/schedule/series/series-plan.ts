import { todayHere } from "../days.ts";
import {
  type Plan,
  type Weekday,
  emptyPlan,
  numberOf,
  saleOf,
  sittingsOf,
  teachingOf,
} from "../plan.ts";
import type { SchedulingOptions } from "../resource-rows.tsx";

/** What the wizard has in its fields, as it was typed. */
export interface SeriesPlan extends Plan {
  readonly startsKind: "weekly" | "dates";
  readonly seriesFrom: string;
  readonly everyWeeks: string;
  readonly startsOn: readonly Weekday[];
  readonly runs: string;
  /** Of a list, one a line. */
  readonly dates: string;
  readonly decisionDays: string;
  readonly closesDays: string;
}

export function emptySeriesPlan(): SeriesPlan {
  const today = todayHere();
  return {
    ...emptyPlan(today),
    startsKind: "weekly",
    seriesFrom: today,
    everyWeeks: "4",
    startsOn: ["mon"],
    runs: "6",
    dates: "",
    decisionDays: "",
    closesDays: "",
  };
}

/** @returns what is asked for to see the series */
export function previewInput(plan: SeriesPlan, options: SchedulingOptions) {
  return {
    ...teachingOf(plan),
    pattern: sittingsOf(plan, options),
    starts:
      plan.startsKind === "weekly"
        ? {
            kind: "weekly",
            from: plan.seriesFrom,
            everyWeeks: numberOf(plan.everyWeeks),
            weekdays: [...plan.startsOn],
            runs: numberOf(plan.runs),
          }
        : { kind: "dates", dates: plan.dates.split(/[\s,;]+/u).filter((date) => date !== "") },
  };
}

/** @returns what makes the series, or those of its dates that are chosen */
export function seriesInput(plan: SeriesPlan, options: SchedulingOptions, only: readonly string[]) {
  return {
    ...previewInput(plan, options),
    ...saleOf(plan),
    courseId: plan.courseId,
    decisionDaysBefore: numberOf(plan.decisionDays) ?? null,
    bookingClosesDaysBefore: numberOf(plan.closesDays) ?? null,
    only: [...only],
  };
}

export const STEPS = ["course", "place", "pattern", "preview", "done"] as const;
export type Step = (typeof STEPS)[number];

/** Paths of the input, by the step in which their fields are. */
const PATHS: Readonly<Record<Step, RegExp>> = {
  course:
    /^(?:courseId|deliveryMode|language|capacity|minPlaces|price|status|visibility|decisionDays|bookingCloses)/u,
  place: /^(?:venueId|roomId|instructorIds|timeZone)/u,
  pattern: /^(?:pattern|starts)/u,
  preview: /^only/u,
  done: /^$/u,
};

/** @returns whether what is wrong at a path is to be seen in a step */
export function isOfStep(step: Step, path: string): boolean {
  return PATHS[step].test(path);
}
