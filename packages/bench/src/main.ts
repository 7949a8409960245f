import { readFile, writeFile } from "node:fs/promises";
import { drawChart } from "./chart/draw.ts";
import { ChartedReport } from "./chart/figures.ts";
import { explain } from "./explain.ts";
import { type BenchOptions, helpText, parseOptions } from "./options.ts";
import { mention, say } from "./output.ts";
import { formatReport } from "./report/report.ts";
import { Baseline } from "./report/results.ts";
import { ROWS } from "./rows/index.ts";
import { runBench } from "./run-bench.ts";

/** `pnpm bench`. */

const INTERRUPTED = 130;
const SIGNIFICANT_DIGITS = 4;

async function main(options: BenchOptions): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      mention("Stopping …");
      process.exitCode = INTERRUPTED;
      stop.abort(new Error(`Stopped by ${signal}`));
    });
  }
  const baseline =
    options.baseline === undefined
      ? undefined
      : Baseline.parse(JSON.parse(await readFile(options.baseline, "utf8")));
  const report = await runBench({
    options,
    rows: ROWS.filter(({ name }) => options.rows.includes(name)),
    signal: stop.signal,
    onProgress: mention,
  });
  if (report.rows.length > 0) say(formatReport(report, baseline));
  for (const { name, reason } of report.failures) {
    mention(`\n${name} failed: ${reason}`);
    process.exitCode = 1;
  }
  if (options.json !== undefined)
    await writeFile(options.json, `${JSON.stringify(report, shorten, 2)}\n`);
  if (options.chart !== undefined) await writeFile(options.chart, drawChart(report));
}

async function draw(chart: string, from: string): Promise<void> {
  const report = ChartedReport.parse(JSON.parse(await readFile(from, "utf8")));
  await writeFile(chart, drawChart(report));
}

/** Digits that no measurement here is good for only make a file longer. */
function shorten(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value)
    ? Number(value.toPrecision(SIGNIFICANT_DIGITS))
    : value;
}

const parsed = parseOptions(process.argv.slice(2), {
  all: ROWS.map(({ name }) => name),
  ofPeers: ROWS.filter(({ needsPeers }) => needsPeers === true).map(({ name }) => name),
  long: ROWS.filter(({ isLong }) => isLong === true).map(({ name }) => name),
});
switch (parsed.kind) {
  case "help":
    say(helpText(ROWS));
    break;
  case "wrong":
    mention(`${parsed.message}\nSee pnpm bench --help.`);
    process.exitCode = 2;
    break;
  case "draw":
    await orExplain(() => draw(parsed.chart, parsed.from));
    break;
  case "run":
    await orExplain(() => main(parsed.options));
}

async function orExplain(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    process.exitCode ??= 1;
    if (process.exitCode !== INTERRUPTED) mention(explain(error));
  }
}
