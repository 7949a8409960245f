import { createHash } from "node:crypto";
import type { CourseRecord } from "@lectern/contract/courses";
import type { RunRecord } from "@lectern/contract/runs";
import type { DeliveryMode } from "@lectern/contract/vocabulary";
import { buildCourse, contentLanguageOf } from "./build-course.ts";
import { buildRun } from "./build-run.ts";
import type { CourseFacts, ImportDefaults } from "./facts.ts";
import { RecordFindings } from "./findings.ts";
import type { NamedCourse } from "./similar-names.ts";
import type { CourseReading, Reading, RunReading } from "./reading.ts";

/**
 * What an import must know of its whole input before it sends the first record: which courses
 * there are, how their runs are taught, and which names look like one course. One entry a course is
 * kept in memory, and of records nothing but their identifiers.
 */

interface SurveyedCourse {
  readonly title: string;
  /** Whether the course has no record of its own: its runs describe it. */
  readonly isDerived: boolean;
  /** Records that Lectern wrote are settled: no merging is proposed for them. */
  readonly isExact: boolean;
  readonly description: string | undefined;
  readonly modes: Set<DeliveryMode>;
  readonly languages: Set<string>;
  runs: number;
}

/** A record that can be sent, or why it can't be, and what it calls itself. */
export type Interpreted =
  | {
      readonly kind: "course";
      readonly externalId: string;
      readonly record: CourseRecord | undefined;
      readonly findings: RecordFindings;
    }
  | {
      readonly kind: "run";
      readonly record: RunRecord | undefined;
      /** The course to be made first, where only this run describes it. */
      readonly course: CourseRecord | undefined;
      readonly findings: RecordFindings;
    }
  | { readonly kind: "trouble"; readonly findings: RecordFindings }
  /** A course that is merged into another. */
  | { readonly kind: "merged"; readonly findings: RecordFindings };

const WORTH_COMPARING = 100;

function digestOf(description: string | undefined): string | undefined {
  if (description === undefined || description.length < WORTH_COMPARING) return undefined;
  return createHash("sha256").update(description.trim()).digest("base64");
}

export class Survey {
  readonly #courses = new Map<string, SurveyedCourse>();
  readonly #courseRecords = new Map<string, string>();
  readonly #runRecords = new Map<string, string>();
  readonly #described = new Set<string>();
  #merges: ReadonlyMap<string, string> = new Map();
  readonly #defaults: ImportDefaults;
  /** Records in the input: courses, runs, and what could not be told. */
  records = 0;

  constructor(defaults: ImportDefaults) {
    this.#defaults = defaults;
  }

  /** First pass: takes a reading into account. */
  add(reading: Reading): void {
    if (reading.kind === "skipped") return;
    this.records += 1;
    if (reading.kind === "course") this.#addCourse(reading);
    if (reading.kind === "run") this.#addRun(reading);
  }

  #addCourse(reading: CourseReading): void {
    const isExact = "record" in reading;
    const externalId = isExact ? reading.record.externalId : reading.externalId;
    const known = this.#courses.get(externalId);
    if (known !== undefined && !known.isDerived) return;
    this.#courses.set(externalId, {
      title: isExact ? reading.record.title : reading.title,
      isDerived: false,
      isExact,
      description: isExact ? undefined : digestOf(reading.facts.description?.value),
      modes: known?.modes ?? new Set(),
      languages: known?.languages ?? new Set(),
      runs: known?.runs ?? 0,
    });
  }

  #addRun(reading: RunReading): void {
    if ("record" in reading) return;
    const { course } = reading;
    const known = this.#courses.get(course.externalId) ?? {
      title: "title" in course ? course.title : "",
      isDerived: true,
      isExact: false,
      description: "facts" in course ? digestOf(course.facts.description?.value) : undefined,
      modes: new Set(),
      languages: new Set(),
      runs: 0,
    };
    this.#courses.set(course.externalId, known);
    known.runs += 1;
    const trial = new RecordFindings(() => "");
    const record = buildRun(
      reading.facts,
      reading.externalId,
      this.#courseOfRun(reading),
      this.#defaults,
      trial,
    );
    if (record === undefined) return;
    known.modes.add(record.deliveryMode);
    known.languages.add(record.language);
  }

  /** The courses that a merge may be proposed for. */
  get courses(): NamedCourse[] {
    return [...this.#courses]
      .filter(
        ([externalId, { title, isExact }]) =>
          title !== "" && !isExact && !this.#merges.has(externalId),
      )
      .map(([externalId, { title, description, runs }]) => ({
        externalId,
        title,
        description,
        runs,
      }));
  }

  /** @param merges from the identifier of a course to that of the one which takes its runs */
  mergeBy(merges: ReadonlyMap<string, string>): void {
    this.#merges = merges;
    for (const [from, into] of merges) {
      const source = this.#courses.get(from);
      const target = this.#courses.get(into);
      if (source === undefined || target === undefined) continue;
      for (const mode of source.modes) target.modes.add(mode);
      for (const language of source.languages) target.languages.add(language);
    }
  }

  #merged(externalId: string): string {
    return this.#merges.get(externalId) ?? externalId;
  }

  #courseOfRun(reading: Extract<RunReading, { readonly facts: unknown }>): {
    externalId: string;
    language: string | undefined;
  } {
    const { course } = reading;
    const language =
      "facts" in course
        ? contentLanguageOf(
            course.facts.contentLanguage,
            this.#defaults,
            new RecordFindings(() => ""),
          )
        : undefined;
    return { externalId: this.#merged(course.externalId), language };
  }

  /** Before each further pass over the input: makes the records to send from its beginning again. */
  begin(): void {
    this.#courseRecords.clear();
    this.#runRecords.clear();
    this.#described.clear();
  }

  /**
   * @returns whether a reading can still bring a course: it is one, or a run that is the first to
   *   describe one
   */
  mayBringCourse(reading: Reading): boolean {
    if (reading.kind === "course") return true;
    if (reading.kind !== "run" || "record" in reading) return false;
    const { externalId } = reading.course;
    return (
      "facts" in reading.course &&
      this.#courses.get(externalId)?.isDerived === true &&
      !this.#described.has(externalId)
    );
  }

  /** @returns the record of a reading, or the findings that refuse it */
  interpret(reading: Exclude<Reading, { readonly kind: "skipped" }>): Interpreted {
    switch (reading.kind) {
      case "trouble":
        return reading;
      case "course":
        return this.#interpretCourse(reading);
      case "run":
        return this.#interpretRun(reading);
    }
  }

  #isRepeated(seen: Map<string, string>, externalId: string, findings: RecordFindings): boolean {
    const before = seen.get(externalId);
    if (before !== undefined) {
      findings.refuse(
        "duplicate_identifier",
        `has the same identifier as ${before}: ${externalId}`,
      );
      return true;
    }
    seen.set(externalId, findings.place);
    return false;
  }

  #interpretCourse(reading: CourseReading): Interpreted {
    const { findings } = reading;
    const externalId = "record" in reading ? reading.record.externalId : reading.externalId;
    if (this.#merges.has(externalId)) return { kind: "merged", findings };
    if (findings.isRefused || this.#isRepeated(this.#courseRecords, externalId, findings)) {
      return { kind: "course", externalId, record: undefined, findings };
    }
    const record =
      "record" in reading
        ? reading.record
        : this.#build(externalId, reading.title, reading.facts, findings);
    return { kind: "course", externalId, record, findings };
  }

  #build(
    externalId: string,
    title: string,
    facts: CourseFacts,
    findings: RecordFindings,
  ): CourseRecord | undefined {
    const known = this.#courses.get(externalId);
    return buildCourse(
      facts,
      { externalId, title },
      {
        modes: [...(known?.modes ?? [])].toSorted(),
        languages: [...(known?.languages ?? [])].toSorted(),
      },
      this.#defaults,
      findings,
    );
  }

  #interpretRun(reading: RunReading): Interpreted {
    const { findings } = reading;
    const externalId = "record" in reading ? reading.record.externalId : reading.externalId;
    if (this.#isRepeated(this.#runRecords, externalId, findings)) {
      return { kind: "run", record: undefined, course: undefined, findings };
    }
    if ("record" in reading) {
      const courseExternalId = this.#merged(reading.record.courseExternalId);
      return {
        kind: "run",
        record: { ...reading.record, courseExternalId },
        course: undefined,
        findings,
      };
    }
    const record = buildRun(
      reading.facts,
      externalId,
      this.#courseOfRun(reading),
      this.#defaults,
      findings,
    );
    const course = record === undefined ? undefined : this.#describedCourse(reading, findings);
    return { kind: "run", record, course, findings };
  }

  /** The course that this run is the first to describe, if no record of the input does. */
  #describedCourse(
    reading: Extract<RunReading, { readonly facts: unknown }>,
    findings: RecordFindings,
  ): CourseRecord | undefined {
    const { course } = reading;
    if (!("facts" in course) || this.#merges.has(course.externalId)) return undefined;
    if (this.#courses.get(course.externalId)?.isDerived !== true) return undefined;
    if (this.#described.has(course.externalId)) return undefined;
    const record = this.#build(course.externalId, course.title, course.facts, findings);
    if (record !== undefined) this.#described.add(course.externalId);
    return record;
  }
}
