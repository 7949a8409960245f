import type { ReportPeriod } from "@lectern/contract/reports";

/** A stretch of which sums are kept: a day, a week that begins on Monday, or a month. */
export interface Span {
  readonly grain: Grain;
  readonly first: Temporal.PlainDate;
}

type Grain = "day" | "week" | "month";

/** A span of a step. Steps are numbered from 0 in their order; those of the period before from -1 downwards. */
export interface NumberedSpan extends Span {
  readonly number: number;
}

/** @returns the spans that the steps of a period are made of, as few as there can be */
export function spansOf(period: ReportPeriod): NumberedSpan[] {
  const steps = [
    ...period.steps.map((step, index) => ({ ...step, number: index })),
    ...period.before.steps.map((step, index) => ({ ...step, number: -1 - index })),
  ];
  return steps.flatMap(({ from, to, number }) =>
    spansBetween(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)).map((span) => ({
      ...span,
      number,
    })),
  );
}

/** @returns whole months, where there are any, then weeks, then days, in their order */
export function spansBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): Span[] {
  const spans: Span[] = [];
  for (let first = from; Temporal.PlainDate.compare(first, to) <= 0;) {
    const grain = largestGrain(first, to);
    spans.push({ grain, first });
    first = first.add(LENGTH[grain]);
  }
  return spans;
}

const LENGTH = { day: { days: 1 }, week: { days: 7 }, month: { months: 1 } } as const;

/** A week is not taken where a month could begin within it: that has more days. */
function largestGrain(first: Temporal.PlainDate, to: Temporal.PlainDate): Grain {
  const fits = (grain: Grain, from = first) =>
    Temporal.PlainDate.compare(from.add(LENGTH[grain]).subtract({ days: 1 }), to) <= 0;
  if (first.day === 1 && fits("month")) return "month";
  if (first.dayOfWeek !== 1 || !fits("week")) return "day";
  const nextMonth = first.with({ day: 1 }).add({ months: 1 });
  const isWithin = first.until(nextMonth).days < LENGTH.week.days;
  return isWithin && fits("month", nextMonth) ? "day" : "week";
}
