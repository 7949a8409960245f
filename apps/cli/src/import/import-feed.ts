import type { LecternClient } from "@lectern/client";
import type { CourseRecord, ImportOutcome } from "@lectern/contract/courses";
import type { RunRecord } from "@lectern/contract/runs";
import { Batches } from "./batches.ts";
import type { ImportDefaults } from "./facts.ts";
import type { Feed } from "./feed.ts";
import type { Finding, RecordFindings } from "./findings.ts";
import { resolveMerges } from "./merges.ts";
import { type MergeProposal, proposeMerges } from "./similar-names.ts";
import { type Counts, FindingsLog, type ImportSummary, noCounts } from "./summary.ts";
import { type Interpreted, Survey } from "./survey.ts";

/**
 * Imports a feed in passes over it, so that a record may speak of one that comes later and no more
 * than a batch is in memory: once to see which courses there are, once for the courses, and once
 * for the runs.
 */

export interface ImportOptions {
  readonly client: LecternClient;
  readonly defaults: ImportDefaults;
  readonly dryRun: boolean;
  /** `A=B` each, or `@file`. */
  readonly merges: readonly string[];
  readonly signal: AbortSignal;
  /** Told of each finding as it comes, also of those that the summary has no room for. */
  readonly onFinding: (finding: Finding) => void;
  readonly onProgress: (step: "reading" | "courses" | "runs", done: number, total: number) => void;
}

/** A record of the input, its place in the order of the input, and what was found about it. */
interface Told {
  readonly position: number;
  readonly findings: RecordFindings;
}

/** The course that this part of the input stands for, of its own or as a run describes it. */
function courseIn(item: Interpreted): CourseRecord | undefined {
  if (item.kind === "course") return item.record;
  return item.kind === "run" ? item.course : undefined;
}

class FeedImport {
  readonly #feed: Feed;
  readonly #options: ImportOptions;
  readonly #survey: Survey;
  readonly #log = new FindingsLog();
  readonly #courses = noCounts();
  readonly #runs = noCounts();
  readonly #other = { refused: 0 };
  readonly #skipped: Record<string, number> = {};
  #merged = 0;
  #proposals: readonly MergeProposal[] = [];
  /** Courses of this input that the academy would have to make first, in a dry run. */
  readonly #created = new Set<string>();
  readonly #refused = new Map<string, string>();

  constructor(feed: Feed, options: ImportOptions) {
    this.#feed = feed;
    this.#options = options;
    this.#survey = new Survey(options.defaults);
  }

  async run(): Promise<ImportSummary> {
    await this.#look();
    await this.#sendCourses();
    await this.#sendRuns();
    return {
      source: this.#feed.name,
      format: this.#feed.format,
      isDryRun: this.#options.dryRun,
      records: this.#survey.records,
      courses: this.#courses,
      runs: this.#runs,
      other: this.#other,
      merged: this.#merged,
      skipped: this.#skipped,
      findings: this.#log.inOrder(),
      findingsLeftOut: this.#log.leftOut,
      proposals: this.#proposals,
    };
  }

  /** First pass: which courses there are. */
  async #look(): Promise<void> {
    for await (const reading of this.#feed.readings()) {
      this.#options.signal.throwIfAborted();
      this.#survey.add(reading);
      if (reading.kind === "skipped") {
        this.#skipped[reading.type] = (this.#skipped[reading.type] ?? 0) + 1;
      }
      this.#options.onProgress("reading", this.#survey.records, 0);
    }
    this.#survey.mergeBy(await resolveMerges(this.#options.merges, this.#survey.courses));
    this.#proposals = proposeMerges(this.#survey.courses);
  }

  /** A further pass: the records of the input, from its beginning. */
  async *#interpreted(
    step: "courses" | "runs",
  ): AsyncGenerator<{ item: Interpreted; told: Told }, void, undefined> {
    this.#survey.begin();
    let position = 0;
    for await (const reading of this.#feed.readings()) {
      this.#options.signal.throwIfAborted();
      if (reading.kind === "skipped") continue;
      position += 1;
      if (step === "runs" || this.#survey.mayBringCourse(reading)) {
        const item = this.#survey.interpret(reading);
        yield { item, told: { position, findings: item.findings } };
      }
      this.#options.onProgress(step, position, this.#survey.records);
    }
  }

  #tell({ position, findings }: Told): void {
    for (const finding of findings.all) {
      this.#log.add(position, finding);
      this.#options.onFinding(finding);
    }
  }

  /** Counts an outcome, and tells why if it is a refusal. */
  #settle(counts: Counts, outcome: ImportOutcome, told: Told): void {
    counts[outcome.result] += 1;
    if (outcome.result === "refused") {
      for (const reason of outcome.reasons) told.findings.refuse("refused_by_academy", reason);
    }
    this.#tell(told);
  }

  #courseBatches() {
    const { client, dryRun, signal } = this.#options;
    return new Batches<CourseRecord, Told | undefined>({
      signal,
      send: (records) => client.courses.import.mutate({ records, dryRun }, { signal }),
      onOutcome: (outcome, record, told) => {
        const { externalId } = record;
        if (outcome.result === "created") this.#created.add(externalId);
        if (outcome.result === "refused") this.#refused.set(externalId, outcome.reasons.join("; "));
        // A course that a run describes is told of with that run.
        if (told === undefined) this.#courses[outcome.result] += 1;
        else this.#settle(this.#courses, outcome, told);
      },
    });
  }

  async #sendCourses(): Promise<void> {
    const sent = new Set<string>();
    const batches = this.#courseBatches();
    for await (const { item, told } of this.#interpreted("courses")) {
      const course = told.findings.isRefused ? undefined : courseIn(item);
      if (course === undefined) {
        if (item.kind !== "course") continue;
        this.#courses.refused += 1;
        const reason = told.findings.all.find(({ severity }) => severity === "refused")?.message;
        if (!sent.has(item.externalId)) this.#refused.set(item.externalId, reason ?? "");
        this.#tell(told);
        continue;
      }
      sent.add(course.externalId);
      await batches.add(course, item.kind === "course" ? told : undefined);
    }
    await batches.flush();
  }

  async #sendRuns(): Promise<void> {
    const { client, dryRun, signal } = this.#options;
    const batches = new Batches<RunRecord, Told>({
      signal,
      send: (records) => client.runs.import.mutate({ records, dryRun }, { signal }),
      onOutcome: (outcome, _record, told) => {
        this.#settle(this.#runs, outcome, told);
      },
    });
    for await (const { item, told } of this.#interpreted("runs")) {
      if (item.kind === "course") continue;
      if (item.kind === "run" && item.record !== undefined && !told.findings.isRefused) {
        await this.#sendRun(item.record, told, batches);
        continue;
      }
      if (item.kind === "merged") this.#merged += 1;
      else if (item.kind === "run") this.#runs.refused += 1;
      else if (told.findings.isRefused) this.#other.refused += 1;
      this.#tell(told);
    }
    await batches.flush();
  }

  async #sendRun(record: RunRecord, told: Told, batches: Batches<RunRecord, Told>): Promise<void> {
    const refusal = this.#refused.get(record.courseExternalId);
    if (refusal !== undefined) {
      told.findings.refuse("course_refused", `its course was refused: ${refusal}`);
      this.#runs.refused += 1;
      this.#tell(told);
    } else if (this.#options.dryRun && this.#created.has(record.courseExternalId)) {
      // The academy can't say what it would do with a run of a course that it does not have yet.
      this.#runs.created += 1;
      this.#tell(told);
    } else {
      await batches.add(record, told);
    }
  }
}

/** @returns what became of the records of a feed; each was taken whole, or refused with reasons */
export function importFeed(feed: Feed, options: ImportOptions): Promise<ImportSummary> {
  return new FeedImport(feed, options).run();
}
