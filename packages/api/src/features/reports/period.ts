import {
  REPORT_DAYS_MAX,
  REPORT_STEPS_MAX,
  type ReportPeriod,
  type ReportPreset,
  type ReportStep,
} from "@lectern/contract/reports";
import { invalid } from "../../domain-error.ts";

/** What is asked for: two dates, or a preset where there are none. */
export interface PeriodInput {
  readonly preset: ReportPreset;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly step?: ReportStep | null | undefined;
}

interface Dates {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

/**
 * What a report says about days that are yet to come: `nothing` where it tells what happened, so that as much of the
 * period before is compared with as has gone by; `plans` where it tells of runs.
 */
export type Ahead = "nothing" | "plans";

/**
 * @param today in the academy's calendar
 * @returns the period with its steps, and the one before it, which is as long: as many months if it is made of whole
 *   months, else as many days
 * @throws Invalid for one date without the other, dates the wrong way round, and more days or steps than there may be
 */
export function periodOf(
  input: PeriodInput,
  { today, timeZone }: { today: Temporal.PlainDate; timeZone: string },
  ahead: Ahead,
): ReportPeriod {
  const dates = datesOf(input, today);
  const days = daysIn(dates);
  const step = input.step ?? fittingStep(days);
  const steps = cut(dates, step);
  const months = wholeMonthsOf(dates);
  const shift = (date: Temporal.PlainDate): Temporal.PlainDate =>
    months === undefined ? date.subtract({ days }) : date.subtract({ months });
  const before = { from: shift(dates.from), to: beforeEnd() };
  return {
    ...written(dates),
    timeZone,
    today: today.toString(),
    step,
    steps: steps.map(written),
    before: { ...written(before), steps: stepsBefore().map(written) },
  };

  function beforeEnd(): Temporal.PlainDate {
    const end = dates.from.subtract({ days: 1 });
    if (ahead === "plans" || isBefore(dates.to, today) || isBefore(today, dates.from)) return end;
    const soFar = shift(dates.from).add({ days: dates.from.until(today).days });
    return isBefore(soFar, end) ? soFar : end;
  }

  /** As far along as the steps are, so that each has its counterpart. */
  function stepsBefore(): Dates[] {
    const isByMonth = months !== undefined && step !== "day" && step !== "week";
    const begins = (at: Temporal.PlainDate) =>
      isByMonth ? shift(at) : before.from.add({ days: dates.from.until(at).days });
    const counterparts: Dates[] = [];
    for (const [index, { from }] of steps.entries()) {
      const begin = begins(from);
      const next = steps[index + 1];
      const end = next === undefined ? before.to : begins(next.from).subtract({ days: 1 });
      if (isBefore(before.to, begin)) break;
      counterparts.push({ from: begin, to: isBefore(before.to, end) ? before.to : end });
    }
    return counterparts;
  }
}

function datesOf(input: PeriodInput, today: Temporal.PlainDate): Dates {
  const { from, to } = input;
  if (from == null && to == null) return presetDates(input.preset, today);
  if (from == null) throw invalid("from", "A period that ends on a date begins on one, too.");
  if (to == null) throw invalid("to", "A period that begins on a date ends on one, too.");
  const dates = { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
  if (isBefore(dates.to, dates.from)) throw invalid("to", `${to} is before ${from}.`);
  if (daysIn(dates) > REPORT_DAYS_MAX) {
    throw invalid("to", `A period has ${REPORT_DAYS_MAX} days at most.`);
  }
  return dates;
}

function presetDates(preset: ReportPreset, today: Temporal.PlainDate): Dates {
  const month = today.with({ day: 1 });
  const quarter = month.subtract({ months: (month.month - 1) % 3 });
  const year = month.with({ month: 1 });
  switch (preset) {
    case "last_30_days":
      return { from: today.subtract({ days: 29 }), to: today };
    case "this_month":
      return months(month, 1);
    case "last_month":
      return months(month.subtract({ months: 1 }), 1);
    case "this_quarter":
      return months(quarter, 3);
    case "last_quarter":
      return months(quarter.subtract({ months: 3 }), 3);
    case "this_year":
      return months(year, 12);
    case "last_year":
      return months(year.subtract({ years: 1 }), 12);
    case "last_12_months":
      return months(month.subtract({ months: 11 }), 12);
    case "next_30_days":
      return { from: today, to: today.add({ days: 29 }) };
    case "next_12_months":
      return months(month, 12);
  }
}

function months(from: Temporal.PlainDate, count: number): Dates {
  return { from, to: from.add({ months: count }).subtract({ days: 1 }) };
}

function daysIn({ from, to }: Dates): number {
  return from.until(to).days + 1;
}

/** @returns how many months a period is, if it is so many and no day more */
function wholeMonthsOf({ from, to }: Dates): number | undefined {
  if (from.day !== 1 || to.add({ days: 1 }).day !== 1) return undefined;
  return from.until(to.add({ days: 1 }), { largestUnit: "months" }).months;
}

function fittingStep(days: number): ReportStep {
  if (days <= 31) return "day";
  if (days <= 184) return "week";
  if (days <= 1_100) return "month";
  return days <= 2_200 ? "quarter" : "year";
}

/** @throws Invalid for too many steps */
function cut({ from, to }: Dates, step: ReportStep): Dates[] {
  const steps: Dates[] = [];
  for (let begin = from; !isBefore(to, begin);) {
    if (steps.length === REPORT_STEPS_MAX) {
      throw invalid(
        "step",
        `This period has more than ${REPORT_STEPS_MAX} steps: take longer ones.`,
      );
    }
    const next = nextStep(begin, step);
    const end = next.subtract({ days: 1 });
    steps.push({ from: begin, to: isBefore(to, end) ? to : end });
    begin = next;
  }
  return steps;
}

/** @returns the day on which the calendar's next day, week, month … begins */
function nextStep(date: Temporal.PlainDate, step: ReportStep): Temporal.PlainDate {
  switch (step) {
    case "day":
      return date.add({ days: 1 });
    case "week":
      return date.add({ days: 8 - date.dayOfWeek });
    case "month":
      return date.with({ day: 1 }).add({ months: 1 });
    case "quarter":
      return date.with({ day: 1 }).add({ months: 3 - ((date.month - 1) % 3) });
    case "year":
      return date.with({ day: 1, month: 1 }).add({ years: 1 });
  }
}

function isBefore(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) < 0;
}

function written({ from, to }: Dates): { from: string; to: string } {
  return { from: from.toString(), to: to.toString() };
}
