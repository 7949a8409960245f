import { z } from "zod";

/** The shape of a `--json` file, as far as it is read again. */

const Summary = z.object({ median: z.number(), low: z.number(), high: z.number() });

export const Baseline = z.object({
  rows: z.array(
    z.object({
      name: z.string(),
      comparisons: z.array(z.object({ of: z.string(), to: z.string(), ratio: Summary })),
    }),
  ),
});
export type Baseline = z.infer<typeof Baseline>;

/** @returns the median of a ratio in an earlier run */
export function baselineRatio(
  baseline: Baseline,
  row: string,
  { of, to }: { readonly of: string; readonly to: string },
): number | undefined {
  return baseline.rows
    .find(({ name }) => name === row)
    ?.comparisons.find((comparison) => comparison.of === of && comparison.to === to)?.ratio.median;
}
