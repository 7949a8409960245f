/** What is said about a handful of measurements. */
export interface Summary {
  readonly median: number;
  /** First and third quartile: half of the measurements lie between them. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/**
 * Quantile by linear interpolation between closest ranks (Hyndman & Fan 1996, type 7, as R and NumPy do).
 *
 * @param values in any order
 * @param share 0 for the least, 0.5 for the median, 1 for the greatest
 * @throws RangeError for no values, or a share outside of [0, 1]
 */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) throw new RangeError("Nothing was measured");
  if (!(share >= 0 && share <= 1)) throw new RangeError(`${share} is no share`);
  const rank = share * (sorted.length - 1);
  const below = Math.floor(rank);
  const least = sorted[below] ?? Number.NaN;
  const next = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return least + (rank - below) * (next - least);
}

/** @throws RangeError for no values */
export function median(values: Iterable<number>): number {
  return quantile(values, 0.5);
}

/** @throws RangeError for no values */
export function summarise(values: readonly number[]): Summary {
  return {
    median: median(values),
    low: quantile(values, 0.25),
    high: quantile(values, 0.75),
    count: values.length,
  };
}

/**
 * Divides measurement by measurement of the same round. What slows the whole machine down for a while slows down both
 * sides of such a ratio, and falls out of it.
 *
 * @throws RangeError unless both sides have a measurement for each round, and the divisor is never 0
 */
export function pairedRatios(of: readonly number[], to: readonly number[]): number[] {
  if (of.length !== to.length)
    throw new RangeError(`${of.length} measurements have no pair in ${to.length}`);
  return of.map((value, round) => {
    const divisor = to[round];
    if (divisor === undefined || divisor === 0) throw new RangeError("Nothing to divide by");
    return value / divisor;
  });
}
