import type { ReportPeriod } from "@lectern/contract/reports";

/** A row of a step: numbered from 0, in the period before from -1 downwards. */
interface Numbered {
  readonly number: number;
}

/** Figures of a period and its steps, and of the one before. */
export interface StepFigures<Figures> {
  readonly total: Figures;
  readonly totalBefore: Figures;
  readonly series: Figures[];
  readonly seriesBefore: Figures[];
}

/**
 * @param found rows of steps, of which there may be any number for each
 * @param toFigures what rows come to together; of none, nothing
 */
export function figuresOfSteps<Row extends Numbered, Figures>(
  period: ReportPeriod,
  found: readonly Row[],
  toFigures: (rows: readonly Row[]) => Figures,
): StepFigures<Figures> {
  const byNumber = Map.groupBy(found, ({ number }) => number);
  return {
    ...figuresOfHalves(found, toFigures, "total", "totalBefore"),
    series: period.steps.map((_, index) => toFigures(byNumber.get(index) ?? [])),
    seriesBefore: period.before.steps.map((_, index) => toFigures(byNumber.get(-1 - index) ?? [])),
  };
}

/** @returns the figures of the period and of the one before, under two names */
export function figuresOfHalves<
  Row extends Numbered,
  Figures,
  Now extends string,
  Before extends string,
>(
  found: readonly Row[],
  toFigures: (rows: readonly Row[]) => Figures,
  now: Now,
  before: Before,
): Record<Now | Before, Figures>;
export function figuresOfHalves<Row extends Numbered, Figures>(
  found: readonly Row[],
  toFigures: (rows: readonly Row[]) => Figures,
  now: string,
  before: string,
): Record<string, Figures> {
  return {
    [now]: toFigures(found.filter(({ number }) => number >= 0)),
    [before]: toFigures(found.filter(({ number }) => number < 0)),
  };
}

/** @returns the sum of one measure */
export function sumOf<Row>(rows: readonly Row[], measure: (row: Row) => number): number {
  return rows.reduce((total, row) => total + measure(row), 0);
}

/** @returns each currency with its rows, by code; what has no price is in none */
export function byCurrency<Row extends { readonly currency: string }>(
  rows: readonly Row[],
): [currency: string, rows: readonly Row[]][] {
  const groups = Map.groupBy(
    rows.filter(({ currency }) => currency !== ""),
    ({ currency }) => currency,
  );
  return [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1));
}
