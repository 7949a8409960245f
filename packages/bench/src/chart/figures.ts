import { z } from "zod";
import { type Summary, pairedRatios, summarise } from "../statistics.ts";

/** What a chart shows of a run: shares, one for each contender of each row. */

/** A `--json` file, and a report that was just made, as far as a chart reads it. */
export const ChartedReport = z.object({
  startedAt: z.string(),
  isQuick: z.boolean(),
  timing: z.object({ rounds: z.number(), slotMs: z.number() }),
  machine: z.object({
    model: z.string(),
    processorCount: z.number(),
    memoryGiB: z.number(),
    system: z.string(),
    versions: z.record(z.string(), z.string()),
  }),
  rows: z
    .object({
      name: z.string(),
      title: z.string(),
      unit: z.string(),
      contenders: z
        .object({
          name: z.string(),
          samples: z.object({ value: z.number() }).array().readonly(),
          value: z.object({ median: z.number() }),
        })
        .array()
        .readonly(),
      comparisons: z
        .object({
          of: z.string(),
          to: z.string(),
          aim: z
            .union([z.object({ atLeast: z.number() }), z.object({ atMost: z.number() })])
            .optional(),
        })
        .array()
        .readonly(),
    })
    .array()
    .readonly(),
});
export type ChartedReport = z.infer<typeof ChartedReport>;
type ChartedRow = ChartedReport["rows"][number];
type ChartedContender = ChartedRow["contenders"][number];

export type Role = "lectern" | "other" | "control";

/** One bar. */
export interface Figure {
  readonly name: string;
  readonly role: Role;
  /** Round by round, of whom everybody is measured by. */
  readonly share: Summary;
  /** The median, in the row's unit. */
  readonly value: number;
  readonly aim: number | undefined;
}

export interface Group {
  readonly row: string;
  readonly title: string;
  readonly unit: string;
  readonly figures: readonly Figure[];
}

export interface Panel {
  readonly title: string;
  readonly explanation: string;
  /** What stands at 100 %. */
  readonly whole: string;
  readonly groups: readonly Group[];
}

const BARE = "bare";
const CONTROL = "bare, again";
const LECTERN = "lectern";
const CMS = /^cms-/u;
/** Of these, more is better. */
const RATE = /\/s$/u;

/** @returns the panels that there is something to show in */
export function panelsOf({ rows }: ChartedReport): Panel[] {
  const rates = rows.filter(({ unit }) => RATE.test(unit));
  const cms = rates.filter(({ name }) => CMS.test(name));
  const servers = rates.filter(
    ({ name, contenders }) => !CMS.test(name) && contenders.some((one) => one.name === BARE),
  );
  return [
    {
      title: "Share of a bare server that does the same work",
      explanation: "Bare: node:http, prepared SQL and JSON.stringify. Longer is better.",
      whole: BARE,
      groups: servers.map((row) =>
        groupOf(
          row,
          row.contenders.find(({ name }) => name === BARE),
          row.contenders.filter(({ name }) => name !== BARE),
        ),
      ),
    },
    {
      title: "Beside content management systems",
      explanation: "Share of whoever answers most, on the same database. Longer is better.",
      whole: "the best",
      groups: cms.map((row) =>
        groupOf(
          row,
          row.contenders.toSorted((a, b) => b.value.median - a.value.median)[0],
          row.contenders,
        ),
      ),
    },
  ].filter(({ groups }) => groups.length > 0);
}

/** @param whole who is at 100 % */
function groupOf(
  { name, title, unit, comparisons }: ChartedRow,
  whole: ChartedContender | undefined,
  shown: readonly ChartedContender[],
): Group {
  const figures = shown.map((contender): Figure => {
    const aim = comparisons.find(
      ({ of, to }) => of === contender.name && to === whole?.name && to !== of,
    )?.aim;
    return {
      name: contender.name,
      role: roleOf(contender.name),
      share: summarise(pairedRatios(valuesOf(contender), valuesOf(whole ?? contender))),
      value: contender.value.median,
      aim: aim !== undefined && "atLeast" in aim ? aim.atLeast : undefined,
    };
  });
  return {
    row: name,
    title,
    unit,
    // The greatest first; a control is not one of those who are compared.
    figures: figures.toSorted(
      (a, b) =>
        Number(a.role === "control") - Number(b.role === "control") ||
        b.share.median - a.share.median,
    ),
  };
}

function roleOf(name: string): Role {
  if (name === LECTERN) return "lectern";
  return name === CONTROL ? "control" : "other";
}

function valuesOf({ samples }: ChartedContender): number[] {
  return samples.map(({ value }) => value);
}
