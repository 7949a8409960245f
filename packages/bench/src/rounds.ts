import type {
  Aim,
  Comparison,
  ComparisonResult,
  Contender,
  ContenderResult,
  Sample,
} from "./sample.ts";
import { pairedRatios, summarise } from "./statistics.ts";

export interface RoundsOptions {
  readonly rounds: number;
  /** Aborts between two measurements. */
  readonly signal: AbortSignal;
  /** Called before each round, counted from 1. */
  readonly onRound?: (round: number) => void;
}

/**
 * Measures all contenders once a round, right after one another, beginning with another one each time: what drifts over
 * minutes meets all of them alike.
 */
export async function measureRounds(
  contenders: readonly Contender[],
  options: RoundsOptions,
): Promise<ContenderResult[]> {
  const measured = contenders.map((contender): { contender: Contender; samples: Sample[] } => ({
    contender,
    samples: [],
  }));
  for (const { contender } of measured) {
    options.signal.throwIfAborted();
    await contender.warmUp();
  }
  for (let round = 1; round <= options.rounds; round += 1) {
    options.onRound?.(round);
    const first = (round - 1) % measured.length;
    for (const { contender, samples } of [...measured.slice(first), ...measured.slice(0, first)]) {
      options.signal.throwIfAborted();
      samples.push(await contender.measure());
    }
  }
  return measured.map(({ contender, samples }) => ({
    name: contender.name,
    samples,
    value: summarise(samples.map(({ value }) => value)),
  }));
}

/** Pairs the rounds of the contenders that a row compares. Contenders that did not take part are left out. */
export function compare(
  results: readonly ContenderResult[],
  comparisons: readonly Comparison[],
): ComparisonResult[] {
  return comparisons.flatMap((comparison) => {
    const of = results.find(({ name }) => name === comparison.of);
    const to = results.find(({ name }) => name === comparison.to);
    if (of === undefined || to === undefined) return [];
    const ratios = pairedRatios(valuesOf(of), valuesOf(to));
    const ratio = summarise(ratios);
    return [
      {
        ...comparison,
        ratios,
        ratio,
        processorRatio: processorRatio(of, to),
        isAimMet: comparison.aim === undefined ? null : isMet(comparison.aim, ratio.median),
      },
    ];
  });
}

function valuesOf({ samples }: ContenderResult): number[] {
  return samples.map(({ value }) => value);
}

function processorRatio(of: ContenderResult, to: ContenderResult) {
  const spent = (result: ContenderResult) =>
    result.samples
      .map(({ processorMicros }) => processorMicros)
      .filter((micros) => micros !== null);
  const [ofMicros, toMicros] = [spent(of), spent(to)];
  const isComplete =
    ofMicros.length === of.samples.length &&
    toMicros.length === to.samples.length &&
    ofMicros.every((micros) => micros > 0);
  return isComplete ? summarise(pairedRatios(toMicros, ofMicros)) : null;
}

function isMet(aim: Aim, ratio: number): boolean {
  return "atLeast" in aim ? ratio >= aim.atLeast : ratio <= aim.atMost;
}
