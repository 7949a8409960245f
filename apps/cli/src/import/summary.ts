import type { Finding } from "./findings.ts";
import type { MergeProposal } from "./similar-names.ts";
import type { InputFormat } from "./input/detect-format.ts";

/** What became of an import. */

export interface Counts {
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
}

export function noCounts(): Counts {
  return { created: 0, updated: 0, unchanged: 0, refused: 0 };
}

export interface ImportSummary {
  readonly source: string;
  readonly format: InputFormat;
  readonly isDryRun: boolean;
  /** Records of the input: courses, runs, and what could not be told. */
  readonly records: number;
  readonly courses: Counts;
  readonly runs: Counts;
  /** Of the input, refused before it was clear whether they are courses or runs. */
  readonly other: { refused: number };
  /** Courses that `--merge` put into another. */
  readonly merged: number;
  /** Nodes of other types that a document holds, such as its publisher. */
  readonly skipped: Readonly<Record<string, number>>;
  /** What was found, in the order of the input; at most so many as are kept. */
  readonly findings: readonly Finding[];
  /** How many findings there were beyond those kept. */
  readonly findingsLeftOut: number;
  readonly proposals: readonly MergeProposal[];
}

/** More than a person reads; `--report` writes down all. */
const FINDINGS_MAX = 10_000;

/** Keeps findings in the order of the input, as many as there is room for. */
export class FindingsLog {
  readonly #kept: { readonly position: number; readonly finding: Finding }[] = [];
  leftOut = 0;

  /** @param position of the record in the input */
  add(position: number, finding: Finding): void {
    if (this.#kept.length < FINDINGS_MAX) this.#kept.push({ position, finding });
    else this.leftOut += 1;
  }

  inOrder(): Finding[] {
    return this.#kept
      .toSorted((left, right) => left.position - right.position)
      .map(({ finding }) => finding);
  }
}

/** @returns whether anything of the input was refused */
export function hasRefusals({ courses, runs, other }: ImportSummary): boolean {
  return courses.refused + runs.refused + other.refused > 0;
}
