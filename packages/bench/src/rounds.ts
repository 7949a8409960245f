import type { Patience } from "./machine/patience.ts";
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
  /** For rounds that others disturb. */
  readonly patience: Patience;
  /** Aborts between two measurements. */
  readonly signal: AbortSignal;
  /** Called before each round, counted from 1. */
  readonly onRound?: (round: number) => void;
}

/** A round in which others took more than this of the server's processor is measured again, if there is patience for it. */
const DISTURBING_SHARE = 0.1;

/**
 * Measures all contenders once a round, right after one another, beginning with another one each time: what drifts over
 * minutes meets all of them alike.
 */
export async function measureRounds(
  contenders: readonly Contender[],
  options: RoundsOptions,
): Promise<ContenderResult[]> {
  for (const contender of contenders) {
    options.signal.throwIfAborted();
    await contender.warmUp();
  }
  const rounds: ReadonlyMap<Contender, Sample>[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    options.onRound?.(round);
    const first = (round - 1) % contenders.length;
    const order = [...contenders.slice(first), ...contenders.slice(0, first)];
    rounds.push(await measureRound(order, options));
  }
  return contenders.map((contender) => {
    const samples = rounds
      .map((round) => round.get(contender))
      .filter((sample) => sample !== undefined);
    return { name: contender.name, samples, value: summarise(samples.map(({ value }) => value)) };
  });
}

async function measureRound(
  order: readonly Contender[],
  { patience, signal }: RoundsOptions,
): Promise<ReadonlyMap<Contender, Sample>> {
  for (;;) {
    await patience.untilQuiet(signal);
    const begun = performance.now();
    const samples = new Map<Contender, Sample>();
    for (const contender of order) {
      signal.throwIfAborted();
      samples.set(contender, await contender.measure());
    }
    if (!isDisturbed(samples.values()) || !patience.take(performance.now() - begun)) return samples;
  }
}

function isDisturbed(samples: Iterable<Sample>): boolean {
  return [...samples].some(({ othersShare }) => (othersShare ?? 0) > DISTURBING_SHARE);
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
