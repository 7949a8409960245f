import { parseArgs } from "node:util";

/**
 * A trial: a program that puts the engine under a load that tests have no time for, and proves what must
 * hold. It tells on the way what it does, and ends with one line of JSON: its figures.
 */

export type Figures = Readonly<Record<string, unknown>>;

/** A trial has shown that something does not hold. The message says what, for people. */
export class TrialFailed extends Error {
  override readonly name = "TrialFailed";
  /** What was counted until then. */
  readonly figures: Figures;

  constructor(message: string, figures: Figures = {}) {
    super(message);
    this.figures = figures;
  }
}

/** Tells people what a trial does. */
export function report(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Reads the options of a trial, all of them whole numbers.
 *
 * @param defaults by name; an option that is not among them is refused
 * @example pnpm test:race --attempts 10000
 */
export function numbersFrom<Name extends string>(
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number>;
export function numbersFrom(defaults: Readonly<Record<string, number>>): Record<string, number> {
  const options = Object.fromEntries(
    Object.keys(defaults).map((name) => [name, { type: "string" as const }]),
  );
  // pnpm hands on the `--` that npm wants.
  const args = process.argv.slice(2).filter((argument) => argument !== "--");
  const { values } = parseArgs({ args, options, strict: true });
  const numbers: Record<string, number> = { ...defaults };
  for (const [name, value] of Object.entries(values)) {
    const number = Number(value);
    if (!Number.isSafeInteger(number) || number < 0) {
      throw new TypeError(`--${name} takes a whole number`);
    }
    numbers[name] = number;
  }
  return numbers;
}

/**
 * Runs a trial, and ends the process with 1 when it failed. The last line that it prints is its figures.
 *
 * @param run gives the figures; what it finds wrong it throws as TrialFailed
 */
export async function runTrial(name: string, run: () => Promise<Figures>): Promise<void> {
  const start = performance.now();
  let figures: Figures;
  try {
    figures = { ok: true, ...(await run()) };
  } catch (error) {
    process.exitCode = 1;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    report(error instanceof TrialFailed ? `FAILED: ${error.message}` : text);
    figures = {
      ...(error instanceof TrialFailed && error.figures),
      ok: false,
      reason: error instanceof Error ? error.message : String(error),
    };
  }
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  report(JSON.stringify({ trial: name, ...figures, seconds }));
}

/** @throws TrialFailed saying what does not hold */
export function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new TrialFailed(otherwise);
}
