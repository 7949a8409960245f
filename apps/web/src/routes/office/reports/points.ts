import type { ReportPeriod } from "@lectern/contract/reports";
import type { ChartPoint } from "./report-chart.tsx";
import type { useStepWords } from "./report-words.ts";

interface Series<Figures> {
  readonly period: ReportPeriod;
  readonly series: readonly Figures[];
  readonly seriesBefore: readonly Figures[];
}

/** @returns a measure of a report, step by step */
export function pointsOf<Figures>(
  { period, series, seriesBefore }: Series<Figures>,
  words: ReturnType<typeof useStepWords>,
  measure: (figures: Figures) => number,
): ChartPoint[] {
  return period.steps.map((step, index) => {
    const [now, before] = [series[index], seriesBefore[index]];
    return {
      label: words.short(period.step, step),
      name: words.long(period.step, step),
      value: now === undefined ? 0 : measure(now),
      before: before === undefined ? undefined : measure(before),
    };
  });
}

/** A row for each step. */
export interface StepRow<Figures> {
  readonly name: string;
  /** As the file for spreadsheets has it. */
  readonly from: string;
  readonly figures: Figures;
}

/** @returns the rows of the table below a chart */
export function stepRows<Figures>(
  { period, series }: Pick<Series<Figures>, "period" | "series">,
  words: ReturnType<typeof useStepWords>,
): StepRow<Figures>[] {
  return period.steps.flatMap((step, index) => {
    const figures = series[index];
    if (figures === undefined) return [];
    return [{ name: words.long(period.step, step), from: step.from, figures }];
  });
}

/** @returns what a file of this period is called */
export function fileNameOf(report: string, { from, to }: ReportPeriod, part: string): string {
  return `${report}-${from}-${to}-${part}`;
}
