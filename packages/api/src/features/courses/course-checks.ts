import {
  COURSE_CHECKS,
  type CheckedCourse,
  type CourseCheck,
  SUMMARY_FITS,
} from "@lectern/contract/course-editing";

/** What decides whether a course can come out, and whether it should. */
export interface Checkable {
  readonly summary: string;
  readonly hasBody: boolean;
  readonly topics: number;
  readonly deliveryModes: number;
  readonly languages: number;
  readonly level: string | null;
  readonly durationDays: number | null;
  readonly outcomes: number;
  readonly syllabus: number;
  /** Whether every translation says what the course says. */
  readonly areTranslationsUpToDate: boolean;
}

/** Without these a reader would not know what is offered; the others are advice. */
const REQUIRED: ReadonlySet<CourseCheck> = new Set([
  "summary",
  "body",
  "topics",
  "delivery_modes",
  "languages",
]);

const IS_MET: Readonly<Record<CourseCheck, (course: Checkable) => boolean>> = {
  summary: ({ summary }) => summary.trim() !== "",
  body: ({ hasBody }) => hasBody,
  topics: ({ topics }) => topics > 0,
  delivery_modes: ({ deliveryModes }) => deliveryModes > 0,
  languages: ({ languages }) => languages > 0,
  summary_length: ({ summary }) => {
    const { length } = summary.trim();
    return length >= SUMMARY_FITS.min && length <= SUMMARY_FITS.max;
  },
  duration: ({ durationDays }) => durationDays !== null,
  level: ({ level }) => level !== null,
  outcomes: ({ outcomes }) => outcomes > 0,
  syllabus: ({ syllabus }) => syllabus > 0,
  translations: ({ areTranslationsUpToDate }) => areTranslationsUpToDate,
};

/** @returns each check, in the order to show them, and whether it is met */
export function checkCourse(course: Checkable): CheckedCourse {
  return COURSE_CHECKS.map((check) => ({
    check,
    isRequired: REQUIRED.has(check),
    isMet: IS_MET[check](course),
  }));
}

/** @returns what a course can't come out without, and has not */
export function missingOf(course: Checkable): CourseCheck[] {
  return COURSE_CHECKS.filter((check) => REQUIRED.has(check) && !IS_MET[check](course));
}
