import { z } from "zod";
import { CourseTranslation, Duration, SyllabusModule, TopicRef } from "./courses.ts";
import {
  CourseCode,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  PageInput,
  Slug,
  Version,
  WebUrl,
  line,
  multiline,
  page,
} from "./primitives.ts";
import {
  ACTOR_KINDS,
  CourseLevel,
  CourseStatus,
  CourseVersionAction,
  DeliveryMode,
} from "./vocabulary.ts";

/** What editors of the catalogue see of a course and of its versions. */

/** The fields of a course, by which versions are compared. */
export const COURSE_FIELDS = [
  "code",
  "slug",
  "title",
  "summary",
  "body",
  "contentLanguage",
  "level",
  "durationDays",
  "prerequisites",
  "outcomes",
  "syllabus",
  "keywords",
  "deliveryModes",
  "languages",
  "topics",
  "related",
  "translations",
] as const;
export const CourseField = z.enum(COURSE_FIELDS);
export type CourseField = z.infer<typeof CourseField>;

/** What a translation has of its own. */
export const TRANSLATED_FIELDS = [
  "title",
  "summary",
  "body",
  "prerequisites",
  "outcomes",
  "syllabus",
] as const;
export const TranslatedField = z.enum(TRANSLATED_FIELDS);
export type TranslatedField = z.infer<typeof TranslatedField>;

/** What is looked at before a course comes out, in the order to show it. */
export const COURSE_CHECKS = [
  "summary",
  "body",
  "topics",
  "delivery_modes",
  "languages",
  "summary_length",
  "duration",
  "level",
  "outcomes",
  "syllabus",
  "translations",
] as const;
export const CourseCheck = z.enum(COURSE_CHECKS);
export type CourseCheck = z.infer<typeof CourseCheck>;

/** A summary of at least and at most so many characters fits a card and a search engine's page. */
export const SUMMARY_FITS = { min: 40, max: 300 } as const;

export const CheckedCourse = z
  .array(
    z.object({
      check: CourseCheck,
      /** Whether the course can't come out without. */
      isRequired: z.boolean(),
      isMet: z.boolean(),
    }),
  )
  .max(COURSE_CHECKS.length);
export type CheckedCourse = z.infer<typeof CheckedCourse>;

/** Who saved something; `null` for a name that nobody has any more. */
export const SavedBy = z.object({
  kind: z.enum(ACTOR_KINDS),
  name: z.string().max(200).nullable(),
});

export const CourseEditingSort = z.enum(["updated", "title"]);

export const CoursesForEditingInput = PageInput.extend({
  /** Words of the title or text, or the beginning of a code. */
  query: z.string().max(200).nullish(),
  statuses: z.array(CourseStatus).max(4).nullish(),
  topics: z.array(Slug).max(50).nullish(),
  /** Taught in one of these. */
  languages: z.array(LanguageTag).max(20).nullish(),
  /** Neither written in this language nor translated into it. */
  lacksLanguage: LanguageTag.nullish(),
  sort: CourseEditingSort.default("updated"),
});

export const CourseForEditingSummary = z.object({
  id: Id,
  code: CourseCode,
  slug: Slug,
  title: line(300),
  status: CourseStatus,
  level: CourseLevel.nullable(),
  contentLanguage: LanguageTag,
  languages: z.array(LanguageTag).max(20),
  topics: z.array(TopicRef).max(20),
  translations: z.array(LanguageTag).max(50),
  upcomingRuns: z.int().min(0),
  /** What it can't come out without. */
  missing: z.array(CourseCheck).max(COURSE_CHECKS.length),
  updatedAt: Instant,
  /** Of the last version, where it was kept. */
  updatedBy: SavedBy.nullable(),
  version: Version,
});
export type CourseForEditingSummary = z.infer<typeof CourseForEditingSummary>;

export const CoursesForEditingOutput = page(CourseForEditingSummary);

export const CourseForEditingInput = z.object({ id: Id });

export const CourseForEditing = z.object({
  id: Id,
  status: CourseStatus,
  version: Version,
  publishedAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  updatedBy: SavedBy.nullable(),
  /** Where the course was imported from, if it was: the next import may write over what is changed here. */
  isImported: z.boolean(),
  sourceUrl: WebUrl.nullable(),
  upcomingRuns: z.int().min(0),
  code: CourseCode,
  slug: Slug,
  title: line(300),
  summary: multiline(1000),
  body: multiline(50_000),
  contentLanguage: LanguageTag,
  level: CourseLevel.nullable(),
  durationDays: Duration.nullable(),
  prerequisites: z.array(line(500)).max(30),
  outcomes: z.array(line(500)).max(30),
  syllabus: z.array(SyllabusModule).max(50),
  keywords: z.array(line(100)).max(50),
  deliveryModes: z.array(DeliveryMode).max(4),
  languages: z.array(LanguageTag).max(20),
  topics: z.array(TopicRef).max(20),
  related: z
    .array(z.object({ slug: Slug, code: CourseCode, title: line(300), status: CourseStatus }))
    .max(12),
  translations: z
    .array(
      CourseTranslation.extend({
        /** The version of the course that it says the same as, if anybody knows. */
        sourceVersion: Version.nullable(),
        /** What the course itself says otherwise since. */
        outdated: z.array(TranslatedField).max(TRANSLATED_FIELDS.length),
      }),
    )
    .max(50),
  checks: CheckedCourse,
});
export type CourseForEditing = z.infer<typeof CourseForEditing>;

/** Words of the reason for sending a course back; they stand beside its version. */
export const CourseSendBackInput = z.object({
  id: Id,
  version: Version,
  reason: multiline(500).regex(/\S/u, "must not be empty"),
  idempotencyKey: IdempotencyKey,
});

/** All that an editor wrote, as it was saved with a version. */
export const CourseSnapshot = z.object({
  code: CourseCode,
  slug: Slug,
  title: line(300),
  summary: multiline(1000),
  body: multiline(50_000),
  contentLanguage: LanguageTag,
  level: CourseLevel.nullable(),
  durationDays: Duration.nullable(),
  prerequisites: z.array(line(500)).max(30),
  outcomes: z.array(line(500)).max(30),
  syllabus: z.array(SyllabusModule).max(50),
  keywords: z.array(line(100)).max(50),
  deliveryModes: z.array(DeliveryMode).max(4),
  languages: z.array(LanguageTag).max(20),
  topics: z.array(Slug).max(20),
  related: z.array(Slug).max(12),
  translations: z.array(CourseTranslation).max(50),
});
export type CourseSnapshot = z.infer<typeof CourseSnapshot>;

export const CourseVersionSummary = z.object({
  version: Version,
  action: CourseVersionAction,
  note: multiline(500),
  /** Of the course, since that version. */
  status: CourseStatus,
  /** The fields in which it differs from the version that was kept before. */
  changed: z.array(CourseField).max(COURSE_FIELDS.length),
  savedAt: Instant,
  savedBy: SavedBy,
});
export type CourseVersionSummary = z.infer<typeof CourseVersionSummary>;

export const CourseVersionsInput = PageInput.extend({ id: Id });
export const CourseVersionsOutput = page(CourseVersionSummary);

export const CourseVersionInput = z.object({ id: Id, version: Version });
export const CourseVersionDetail = CourseVersionSummary.extend({ snapshot: CourseSnapshot });

/** Brings back what a version said; code, address and state stay as they are. */
export const CourseRestoreInput = z.object({
  id: Id,
  /** The version that was read last. */
  version: Version,
  /** The version to bring back. */
  restored: Version,
  idempotencyKey: IdempotencyKey,
});
