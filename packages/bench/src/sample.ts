import type { Summary } from "./statistics.ts";

/** One measurement of one contender. */
export interface Sample {
  /** In the row's unit. */
  readonly value: number;
  /** Microseconds of processor time that the contender spent on one answer. */
  readonly processorMicros: number | null;
  /** Milliseconds from a question to its answer. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  /** Where questions came often enough to tell. */
  readonly p999Ms?: number | null;
  /** Share of the server's processor that other programs took meanwhile. */
  readonly othersShare: number | null;
  /** How often each outcome came, those during the ramp included. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Somebody who is measured. */
export interface Contender {
  readonly name: string;
  warmUp(): Promise<void>;
  measure(): Promise<Sample>;
}

export type Aim = { readonly atLeast: number } | { readonly atMost: number };

/** A ratio of two contenders of a row that the table shows. */
export interface Comparison {
  readonly of: string;
  readonly to: string;
  /** What PERFORMANCE aims at, where it does. */
  readonly aim?: Aim;
  /** What the ratio says, where the names alone do not. */
  readonly note?: string;
}

/** What stands ready to be measured; disposing of it ends its processes. */
export interface PreparedRow extends AsyncDisposable {
  readonly contenders: readonly Contender[];
  /** Ratios with a contender that is not here (no pgbench, say) are left out. */
  readonly comparisons: readonly Comparison[];
  /** What a reader has to know about this run of the row. */
  readonly notes: readonly string[];
}

export type Unit = "answers/s" | "bookings/s" | "s" | "ms" | "MiB";

export interface ContenderResult {
  readonly name: string;
  readonly samples: readonly Sample[];
  readonly value: Summary;
}

export interface ComparisonResult extends Comparison {
  /** One a round. */
  readonly ratios: readonly number[];
  readonly ratio: Summary;
  /** The same of processor time an answer, inverted: more is better here, too. */
  readonly processorRatio: Summary | null;
  /** `null` where there is no aim. */
  readonly isAimMet: boolean | null;
}

export interface RowResult {
  readonly name: string;
  readonly title: string;
  readonly unit: Unit;
  readonly contenders: readonly ContenderResult[];
  readonly comparisons: readonly ComparisonResult[];
  readonly notes: readonly string[];
}

/** A row that could not be measured, or whose ledger did not add up. */
export interface RowFailure {
  readonly name: string;
  readonly reason: string;
}
