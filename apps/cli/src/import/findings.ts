/** What was found wrong, or worth knowing, in what is being imported. */

/** Sorts of dirt; the table in docs/importing.md explains each. A test holds the two together. */
export const FINDING_CODES = [
  "not_readable",
  "wrong_encoding",
  "not_a_record",
  "kind_guessed",
  "no_title",
  "no_identifier",
  "duplicate_identifier",
  "no_time_zone",
  "time_zone",
  "no_dates",
  "bad_date",
  "end_before_start",
  "whole_days",
  "schedule_ignored",
  "no_delivery_mode",
  "delivery_mode",
  "no_location",
  "incomplete_location",
  "country",
  "no_language",
  "language",
  "capacity",
  "price",
  "odd_quotes",
  "html",
  "text_changed",
  "too_long",
  "value_ignored",
  "unknown_column",
  "course_refused",
  "not_valid",
  "refused_by_academy",
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export interface Finding {
  /** Where it stands: a JSON path such as `$[3].startDate`, or `line 12, Start`. */
  readonly place: string;
  /** What the record calls itself, as far as known. */
  readonly record: string | null;
  /** `refused`: the record is left out. `note`: it is taken, as the message says. */
  readonly severity: "refused" | "note";
  readonly code: FindingCode;
  readonly message: string;
}

/** Says where a field of a record stands in the input; without a field, where the record does. */
export type Locate = (field?: string) => string;

/** Collects the findings of one record. */
export class RecordFindings {
  readonly all: Finding[] = [];
  readonly #locate: Locate;
  #record: string | null = null;

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  /** Where the record stands. */
  get place(): string {
    return this.#locate();
  }

  /** Names the record in findings from now on. */
  name(title: string): void {
    this.#record = title;
  }

  get isRefused(): boolean {
    return this.all.some((finding) => finding.severity === "refused");
  }

  /** The record is taken in, and its reader should know this. */
  note(code: FindingCode, message: string, field?: string): void {
    this.#add("note", code, message, field);
  }

  /** The record is left out for this reason, perhaps among others. */
  refuse(code: FindingCode, message: string, field?: string): void {
    this.#add("refused", code, message, field);
  }

  #add(severity: Finding["severity"], code: FindingCode, message: string, field?: string): void {
    this.all.push({ place: this.#locate(field), record: this.#record, severity, code, message });
  }
}

/** @returns a value as a message quotes it: short, on one line */
export function quoted(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return `“${line.length > 60 ? `${line.slice(0, 59)}…` : line}”`;
}
