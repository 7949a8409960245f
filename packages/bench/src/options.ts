import { parseArgs } from "node:util";

/** How long, and how often, things are measured. */
export interface Timing {
  /** How often each contender of a row is measured. */
  readonly rounds: number;
  /** Milliseconds of one measurement. */
  readonly slotMs: number;
  /** Milliseconds of the same load right before each measurement, not counted. */
  readonly rampMs: number;
  /** Milliseconds of load before the first round: until code is compiled and statements are prepared. */
  readonly warmUpMs: number;
  /** Milliseconds altogether for waiting until other programs are quiet, and for rounds that they disturbed. */
  readonly patienceMs: number;
}

export interface BenchOptions {
  readonly timing: Timing;
  readonly isQuick: boolean;
  /** Whether others' frameworks and content management systems are measured as well. */
  readonly withPeers: boolean;
  /** Names of the rows to measure, in the order of the table. */
  readonly rows: readonly string[];
  /** Where to write everything that was measured. */
  readonly json: string | undefined;
  /** An earlier JSON to show beside. */
  readonly baseline: string | undefined;
  /** Where to draw what was measured. */
  readonly chart: string | undefined;
}

/** What rows there are. */
export interface RowNames {
  readonly all: readonly string[];
  /** Those that there are with `--peers` alone. */
  readonly ofPeers?: readonly string[];
  /** Those that `--quick` leaves out, unless they are named. */
  readonly long?: readonly string[];
}

export type Parsed =
  | { readonly kind: "run"; readonly options: BenchOptions }
  /** Draws a `--json` file. */
  | { readonly kind: "draw"; readonly chart: string; readonly from: string }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly message: string };

const THOROUGH: Timing = {
  rounds: 9,
  slotMs: 2500,
  rampMs: 300,
  warmUpMs: 3000,
  patienceMs: 600_000,
};
/** All rows within two minutes: enough to see that nothing broke, too little to tell 5 % apart. */
const QUICK: Timing = { rounds: 3, slotMs: 400, rampMs: 100, warmUpMs: 300, patienceMs: 0 };

const NUMBER_MAX = 100_000;

/**
 * @param args the command line without program and script
 * @param names of the rows that there are
 */
export function parseOptions(args: readonly string[], names: RowNames): Parsed {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: "boolean", default: false },
        rows: { type: "string" },
        peers: { type: "boolean", default: false },
        rounds: { type: "string" },
        patience: { type: "string" },
        json: { type: "string" },
        baseline: { type: "string" },
        chart: { type: "string" },
        from: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    if (values.from !== undefined) {
      const others = Object.keys(values).filter(
        (name) => !["from", "chart", "quick", "peers", "help"].includes(name),
      );
      if (values.chart === undefined || values.quick || values.peers || others.length > 0)
        throw new RangeError("--from takes a --chart to draw, and nothing else");
      return { kind: "draw", chart: values.chart, from: values.from };
    }
    const timing = values.quick ? QUICK : THOROUGH;
    return {
      kind: "run",
      options: {
        timing: {
          ...timing,
          rounds: wholeNumber("--rounds", values.rounds, 1) ?? timing.rounds,
          patienceMs:
            secondsInMs(wholeNumber("--patience", values.patience, 0)) ?? timing.patienceMs,
        },
        isQuick: values.quick,
        withPeers: values.peers,
        rows: rowsOf(values.rows, names, { withPeers: values.peers, isQuick: values.quick }),
        json: values.json,
        baseline: values.baseline,
        chart: values.chart,
      },
    };
  } catch (error) {
    return { kind: "wrong", message: error instanceof Error ? error.message : String(error) };
  }
}

function wholeNumber(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > NUMBER_MAX)
    throw new RangeError(`${option} takes a whole number from ${least} to ${NUMBER_MAX}`);
  return number;
}

function secondsInMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

function rowsOf(
  text: string | undefined,
  { all: known, ofPeers = [], long = [] }: RowNames,
  { withPeers, isQuick }: { readonly withPeers: boolean; readonly isQuick: boolean },
): readonly string[] {
  const missing = withPeers ? [] : ofPeers;
  if (text === undefined)
    return known.filter((name) => !missing.includes(name) && !(isQuick && long.includes(name)));
  const wanted = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0 || wanted.length === 0)
    throw new RangeError(
      `--rows takes names among ${known.join(", ")}${unknown.length > 0 ? `; not ${unknown.join(", ")}` : ""}`,
    );
  const unasked = wanted.filter((name) => missing.includes(name));
  if (unasked.length > 0)
    throw new RangeError(`${unasked.join(", ")} can be measured with --peers only`);
  return known.filter((name) => wanted.includes(name));
}

/** @param rows name and title of each row, and whether it is a long one */
export function helpText(
  rows: readonly { readonly name: string; readonly title: string; readonly isLong?: boolean }[],
): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return `Measures Lectern against a bare server and a stock one, round by round on the same machine.

Usage: pnpm bench [options]

  --quick          all rows but long ones, within two minutes: coarse, to see that nothing broke
  --rows A,B       only these rows
  --peers          others as well: oRPC, Hono, Express + tRPC, NestJS; Strapi and Directus in the rows cms-*. npm installs
                   them on first use, 1.5 GB into lectern-bench in ~/.cache (or XDG_CACHE_HOME)
  --rounds N       so many rounds instead of ${THOROUGH.rounds} (${QUICK.rounds} with --quick)
  --patience S     seconds for waiting until other programs are quiet, and for measuring again what they disturbed,
                   instead of ${THOROUGH.patienceMs / 1000} (${QUICK.patienceMs / 1000} with --quick)
  --json FILE      write everything that was measured to a file
  --baseline FILE  show the ratios of an earlier --json file beside the new ones
  --chart FILE     draw the shares of bare, and those of the rows cms-*, as an SVG
  --from FILE      draw --chart from an earlier --json file, and measure nothing
  -h, --help       this text

Rows:
${rows.map(({ name, title, isLong = false }) => `  ${name.padEnd(width)}  ${title}${isLong ? " (long)" : ""}`).join("\n")}

Ends with 0 when everything was measured, whatever came out; with 1 when a contender failed or the ledger of places
did not add up; with 2 when the command line is not right.

Examples:
  pnpm bench --quick
  pnpm bench --rows one-row,list --json before.json
  pnpm bench --rows one-row,list --baseline before.json
  pnpm bench --chart bench.svg --from before.json`;
}
