import * as fc from "fast-check";
import { askDoctor } from "../support/doctor.ts";
import type { TrialDatabase, TrialServer } from "../support/trial-database.ts";
import { histories } from "./histories.ts";
import { Disagreement, type Finding, type Heard, type History, live } from "./history.ts";

/** Steps after which a new database is taken, so that a night's worth of histories does not fill one. */
const STEPS_PER_DATABASE = 25_000;

/** Smaller histories are looked for so long. */
const SHRINKING_MS = 120_000;

/** A machine with much else to do is no reason for a refusal. */
const PATIENT = { statementTimeoutMs: 60_000, transactionTimeoutMs: 60_000 };

export interface LanesOptions {
  readonly server: TrialServer;
  readonly seed: number;
  readonly steps: number;
  /** So many histories happen at a time, each lane of them in a database of its own. */
  readonly parallel: number;
  readonly onProgress: (progress: Progress) => void;
}

export interface Progress {
  readonly steps: number;
  readonly histories: number;
}

export interface Counted extends Progress {
  readonly operations: Readonly<Record<string, number>>;
  readonly refusals: Readonly<Record<string, number>>;
  readonly finding: Finding | undefined;
  /** What the doctor finds wrong in the databases that were left behind. */
  readonly complaints: readonly string[];
}

/** Lets histories happen until they have so many steps, or one of them shows that rules and engine disagree. */
export async function letHistoriesHappen(options: LanesOptions): Promise<Counted> {
  const lanes = new Lanes(options);
  await Promise.all(Array.from({ length: options.parallel }, () => lanes.runOne()));
  return lanes.counted();
}

class Lanes {
  readonly #options: LanesOptions;
  readonly #operations = new Map<string, number>();
  readonly #refusals = new Map<string, number>();
  readonly #complaints: string[] = [];
  #steps = 0;
  #histories = 0;
  #finding: Finding | undefined;

  constructor(options: LanesOptions) {
    this.#options = options;
  }

  get #isOver(): boolean {
    return this.#finding !== undefined || this.#steps >= this.#options.steps;
  }

  async runOne(): Promise<void> {
    while (!this.#isOver) await this.#fillDatabase();
  }

  async #fillDatabase(): Promise<void> {
    await using database = await this.#options.server.createDatabase(PATIENT);
    for (let steps = 0; steps < STEPS_PER_DATABASE && !this.#isOver;) {
      steps += await this.#tryHistory(database);
    }
    // Of a history that broke off in the middle, what it left says nothing.
    if (this.#finding !== undefined) return;
    const { troubles } = await askDoctor(database.url);
    this.#complaints.push(...troubles);
  }

  /** @returns how many steps were taken */
  async #tryHistory({ db }: TrialDatabase): Promise<number> {
    const seed = this.#options.seed + this.#histories;
    this.#histories += 1;
    let steps = 0;
    let disagreement: Disagreement | undefined;
    let shrinkUntil = Infinity;
    let broken: { readonly error: unknown } | undefined;
    const property = fc.asyncProperty(histories(), async (history) => {
      if (performance.now() > shrinkUntil) return;
      try {
        await live(db, history, ({ name }, heard) => {
          // What is repeated to find a smaller history does not count.
          if (disagreement !== undefined) return;
          steps += 1;
          this.#count(name, heard);
        });
      } catch (error) {
        if (!(error instanceof Disagreement)) {
          // A smaller history would tell nothing of what has nothing to do with it.
          broken ??= { error };
          return;
        }
        if (disagreement === undefined) shrinkUntil = performance.now() + SHRINKING_MS;
        disagreement = error;
        throw error;
      }
    });
    const result = await fc.check(property, { seed: mixed(seed), numRuns: 1 });
    if (broken !== undefined) throw broken.error;
    if (result.failed) this.#found(seed, result);
    return steps;
  }

  #found(seed: number, { counterexample, errorInstance }: fc.RunDetails<[History]>): void {
    const [history] = counterexample ?? [];
    if (history === undefined || !(errorInstance instanceof Disagreement)) return;
    this.#finding ??= { seed, history, disagreement: errorInstance };
  }

  #count(name: string, heard: Heard): void {
    this.#steps += 1;
    countIn(this.#operations, name);
    if ("refused" in heard) countIn(this.#refusals, heard.refused.code);
    this.#options.onProgress({ steps: this.#steps, histories: this.#histories });
  }

  counted(): Counted {
    return {
      steps: this.#steps,
      histories: this.#histories,
      operations: mostFirst(this.#operations),
      refusals: mostFirst(this.#refusals),
      finding: this.#finding,
      complaints: this.#complaints,
    };
  }
}

function countIn(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function mostFirst(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
}

/** Seeds that follow each other make histories that have nothing in common (finalizer of MurmurHash3, Austin Appleby). */
function mixed(seed: number): number {
  let hash = seed | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
