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
}

export type Parsed =
  | { readonly kind: "run"; readonly options: BenchOptions }
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
 * @param known names of all rows
 * @param ofPeers those among them that there are with `--peers` alone
 */
export function parseOptions(
  args: readonly string[],
  known: readonly string[],
  ofPeers: readonly string[] = [],
): Parsed {
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
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return { kind: "help" };
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
        rows: rowsOf(values.rows, known, values.peers ? [] : ofPeers),
        json: values.json,
        baseline: values.baseline,
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

/** @param missing names of rows that can't be measured */
function rowsOf(
  text: string | undefined,
  known: readonly string[],
  missing: readonly string[],
): readonly string[] {
  if (text === undefined) return known.filter((name) => !missing.includes(name));
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

/** @param rows name and title of each row */
export function helpText(
  rows: readonly { readonly name: string; readonly title: string }[],
): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return `Measures Lectern against a bare server and a stock one, round by round on the same machine.

Usage: pnpm bench [options]

  --quick          all rows within two minutes: coarse, to see that nothing broke
  --rows A,B       only these rows
  --peers          others as well: oRPC, Hono, Express + tRPC, NestJS; Strapi and Directus in the rows cms-*. npm installs
                   them on first use, 1.5 GB into lectern-bench in ~/.cache (or XDG_CACHE_HOME)
  --rounds N       so many rounds instead of ${THOROUGH.rounds} (${QUICK.rounds} with --quick)
  --patience S     seconds for waiting until other programs are quiet, and for measuring again what they disturbed,
                   instead of ${THOROUGH.patienceMs / 1000} (${QUICK.patienceMs / 1000} with --quick)
  --json FILE      write everything that was measured to a file
  --baseline FILE  show the ratios of an earlier --json file beside the new ones
  -h, --help       this text

Rows:
${rows.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`).join("\n")}

Ends with 0 when everything was measured, whatever came out; with 1 when a contender failed or the ledger of places
did not add up; with 2 when the command line is not right.

Examples:
  pnpm bench --quick
  pnpm bench --rows one-row,list --json before.json
  pnpm bench --rows one-row,list --baseline before.json`;
}
