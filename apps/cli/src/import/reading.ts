import type { CourseRecord } from "@lectern/contract/courses";
import type { RunRecord } from "@lectern/contract/runs";
import type { CourseFacts, RunFacts } from "./facts.ts";
import type { RecordFindings } from "./findings.ts";

/** The records of an input, whatever its format, as they are read one by one. */

/** A course that Lectern wrote itself, or what another system says of one. */
export type CourseReading = {
  readonly kind: "course";
  readonly findings: RecordFindings;
} & (
  | { readonly record: CourseRecord }
  | { readonly facts: CourseFacts; readonly externalId: string; readonly title: string }
);

/** The course that a run is of: named by its identifier, or described by the run itself. */
export type CourseLink =
  | { readonly externalId: string }
  | { readonly externalId: string; readonly title: string; readonly facts: CourseFacts };

export type RunReading = { readonly kind: "run"; readonly findings: RecordFindings } & (
  | { readonly record: RunRecord }
  | {
      readonly facts: RunFacts;
      readonly externalId: string;
      readonly title: string | undefined;
      readonly course: CourseLink;
    }
);

/** Something that can't be taken for a record; its findings say why. */
export interface TroubleReading {
  readonly kind: "trouble";
  readonly findings: RecordFindings;
}

/** A part of the input that is no concern of imports, such as the organisation in a graph. */
export interface SkippedReading {
  readonly kind: "skipped";
  readonly type: string;
}

export type Reading = CourseReading | RunReading | TroubleReading | SkippedReading;
