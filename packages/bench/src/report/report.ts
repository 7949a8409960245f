import type { MachineDescription } from "../machine/describe.ts";
import type { Timing } from "../options.ts";
import type { Aim, ComparisonResult, ContenderResult, RowFailure, RowResult } from "../sample.ts";
import { median } from "../statistics.ts";
import { type Baseline, baselineRatio } from "./results.ts";
import { type Column, formatCount, formatRatio, formatShare, markdownTable } from "./table.ts";

/** Everything that a run of the benchmark found out: what `--json` writes. */
export interface Report {
  readonly startedAt: string;
  readonly seconds: number;
  readonly isQuick: boolean;
  readonly timing: Timing;
  readonly machine: MachineDescription;
  readonly rows: readonly RowResult[];
  /** Empty when all went well. */
  readonly failures: readonly RowFailure[];
}

const FIGURES: readonly Column[] = [
  { title: "Row", align: "left" },
  { title: "Contender", align: "left" },
  { title: "Median", align: "right" },
  { title: "Half within", align: "right" },
  { title: "CPU µs", align: "right" },
  { title: "p50 ms", align: "right" },
  { title: "p99 ms", align: "right" },
  { title: "p99.9 ms", align: "right" },
];

const RATIOS: readonly Column[] = [
  { title: "Row", align: "left" },
  { title: "Ratio", align: "left" },
  { title: "Median", align: "right" },
  { title: "Half within", align: "right" },
  { title: "By CPU", align: "right" },
  { title: "Aim", align: "right" },
  { title: "Met", align: "left" },
];

/** From this share of others on, what a server gets of its processor is mostly luck. */
const TOO_BUSY = 0.1;

/** @returns the report for people, as Markdown */
export function formatReport(report: Report, baseline?: Baseline): string {
  const { rows } = report;
  const titles = rows.map(({ name, title, unit }) => `- **${name}**: ${title} (${unit})`);
  const notes = rows.flatMap(({ name, notes: said }) => said.map((note) => `- ${name}: ${note}`));
  return [
    formatMachine(report),
    titles.join("\n"),
    markdownTable(FIGURES, rows.flatMap(figureCells)),
    markdownTable(
      baseline === undefined ? RATIOS : [...RATIOS, { title: "Baseline", align: "right" }],
      rows.flatMap((row) =>
        row.comparisons.map((comparison) => ratioCells(row, comparison, baseline)),
      ),
    ),
    ...(notes.length > 0 ? [notes.join("\n")] : []),
    formatNoise(rows),
  ].join("\n\n");
}

function formatMachine({ machine, timing, seconds }: Report): string {
  const { processors, versions } = machine;
  return [
    `${machine.model}, ${machine.processorCount} processors, ${machine.memoryGiB} GiB, ${machine.system}; ` +
      (processors === null
        ? "nothing is pinned to a processor"
        : `server on processor ${processors.server}, database and load on ${processors.rest}`) +
      `; writing 8 KiB through to the disk takes ${formatCount(machine.flushMicros)} µs.`,
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ") + ".",
    `${timing.rounds} rounds of ${timing.slotMs} ms a contender, in ${Math.round(seconds)} s; ` +
      `load average ${machine.loadAverage.toFixed(1)} at the start.`,
  ].join("\n");
}

function figureCells({ name, contenders }: RowResult): string[][] {
  return contenders.map((contender, index) => [
    index === 0 ? name : "",
    contender.name,
    formatCount(contender.value.median),
    `${formatCount(contender.value.low)}–${formatCount(contender.value.high)}`,
    formatMedian(contender, (sample) => sample.processorMicros),
    formatMedian(contender, (sample) => sample.p50Ms),
    formatMedian(contender, (sample) => sample.p99Ms),
    formatMedian(contender, (sample) => sample.p999Ms ?? null),
  ]);
}

function formatMedian(
  { samples }: ContenderResult,
  pick: (sample: ContenderResult["samples"][number]) => number | null,
): string {
  const values = samples.map(pick).filter((value) => value !== null);
  return values.length === 0 ? "–" : formatCount(median(values));
}

function ratioCells(row: RowResult, result: ComparisonResult, baseline?: Baseline): string[] {
  const before = baseline && baselineRatio(baseline, row.name, result);
  const isTooNoisy = (usualShareOfOthers([row]) ?? 0) > TOO_BUSY;
  return [
    row.name,
    `${result.of} ÷ ${result.to}`,
    formatRatio(result.ratio.median),
    `${formatRatio(result.ratio.low)}–${formatRatio(result.ratio.high)}`,
    result.processorRatio === null ? "–" : formatRatio(result.processorRatio.median),
    result.aim === undefined ? "" : formatAim(result.aim),
    result.note ?? formatMet(result.isAimMet, isTooNoisy),
    ...(baseline === undefined ? [] : [before === undefined ? "–" : formatRatio(before)]),
  ];
}

function formatAim(aim: Aim): string {
  return "atLeast" in aim ? `≥ ${formatRatio(aim.atLeast)}` : `≤ ${formatRatio(aim.atMost)}`;
}

function formatMet(isMet: boolean | null, isTooNoisy: boolean): string {
  if (isMet === null) return "";
  if (isTooNoisy) return "too noisy";
  return isMet ? "yes" : "not yet";
}

function sharesOfOthers(rows: readonly RowResult[]): number[] {
  return rows.flatMap(({ contenders }) =>
    contenders.flatMap(({ samples }) =>
      samples.map(({ othersShare }) => othersShare).filter((share) => share !== null),
    ),
  );
}

/** @returns the median, or undefined where it is not known */
function usualShareOfOthers(rows: readonly RowResult[]): number | undefined {
  const shares = sharesOfOthers(rows);
  return shares.length === 0 ? undefined : median(shares);
}

function formatNoise(rows: readonly RowResult[]): string {
  const usual = usualShareOfOthers(rows);
  if (usual === undefined) return "How much other programs disturbed is not known here.";
  return (
    `Noise: other programs took ${formatShare(usual)} of the server's processor in the median measurement, ` +
    `${formatShare(Math.max(...sharesOfOthers(rows)))} in the worst.` +
    (usual > TOO_BUSY ? " That is too much for throughput to mean anything: go by CPU." : "")
  );
}
