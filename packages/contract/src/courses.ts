import { z } from "zod";
import { CatalogueFilter, Facets } from "./filters.ts";
import {
  CourseCode,
  ExternalId,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  Money,
  PageInput,
  PreferredLanguage,
  Slug,
  TimeZone,
  WebUrl,
  line,
  multiline,
  page,
  Version,
} from "./primitives.ts";
import { RunSummary } from "./runs.ts";
import { CourseLevel, CourseStatus, DeliveryMode } from "./vocabulary.ts";

export const TopicRef = z.object({ slug: Slug, name: line(100) });

/** A part of a course's syllabus. */
export const SyllabusModule = z.object({
  title: line(200),
  topics: z.array(line(300)).max(50),
});

/** Days. */
export const Duration = z.number().min(0.5).max(365).multipleOf(0.5);

/** A course as it stands on a card of the catalogue. */
export const CourseSummary = z.object({
  id: Id,
  code: CourseCode,
  slug: Slug,
  title: line(300),
  summary: multiline(1000),
  /** Language of title and summary as answered. */
  contentLanguage: LanguageTag,
  level: CourseLevel.nullable(),
  durationDays: Duration.nullable(),
  deliveryModes: z.array(DeliveryMode).max(4),
  languages: z.array(LanguageTag).max(20),
  topics: z.array(TopicRef).max(20),
  /** The next public run that has not begun; `null` when none is scheduled. */
  nextRun: z
    .object({
      id: Id,
      startsAt: Instant,
      timeZone: TimeZone,
      city: z.string().max(100).nullable(),
      deliveryMode: DeliveryMode,
    })
    .nullable(),
  upcomingRuns: z.int().min(0),
  /** The lowest price among upcoming runs in each currency. */
  pricesFrom: z.array(Money).max(20),
});
export type CourseSummary = z.infer<typeof CourseSummary>;

export const CourseSort = z.enum(["relevance", "title", "next_run"]);

export const CoursesListInput = CatalogueFilter.extend({
  ...PageInput.shape,
  /** Without it: by relevance when there is a query, else by title. */
  sort: CourseSort.nullish(),
  language: PreferredLanguage,
});
export const CoursesListOutput = page(CourseSummary);

export const CoursesFacetsInput = CatalogueFilter;
export const CoursesFacetsOutput = Facets;

export const CourseBySlugInput = z.object({
  slug: Slug,
  language: PreferredLanguage,
});

/** Everything that a course page shows. */
export const CourseDetail = z.object({
  id: Id,
  code: CourseCode,
  slug: Slug,
  title: line(300),
  summary: multiline(1000),
  /** Markdown. */
  body: multiline(50_000),
  /** Language of title, summary and body as answered. */
  contentLanguage: LanguageTag,
  translations: z.array(LanguageTag).max(50),
  status: CourseStatus,
  level: CourseLevel.nullable(),
  durationDays: Duration.nullable(),
  prerequisites: z.array(line(500)).max(30),
  outcomes: z.array(line(500)).max(30),
  syllabus: z.array(SyllabusModule).max(50),
  keywords: z.array(line(100)).max(50),
  deliveryModes: z.array(DeliveryMode).max(4),
  languages: z.array(LanguageTag).max(20),
  topics: z.array(TopicRef).max(20),
  /** Where the course was imported from, if it was. */
  sourceUrl: WebUrl.nullable(),
  upcomingRuns: z.array(RunSummary).max(100),
  related: z.array(CourseSummary).max(12),
  version: Version,
  updatedAt: Instant,
});
export type CourseDetail = z.infer<typeof CourseDetail>;

/** What an editor writes about a course. */
const CourseContent = z.object({
  code: CourseCode,
  slug: Slug,
  title: line(300),
  summary: multiline(1000).default(""),
  body: multiline(50_000).default(""),
  contentLanguage: LanguageTag.default("en"),
  level: CourseLevel.nullable().default(null),
  durationDays: Duration.nullable().default(null),
  prerequisites: z.array(line(500)).max(30).default([]),
  outcomes: z.array(line(500)).max(30).default([]),
  syllabus: z.array(SyllabusModule).max(50).default([]),
  keywords: z.array(line(100)).max(50).default([]),
  deliveryModes: z.array(DeliveryMode).max(4).default([]),
  languages: z.array(LanguageTag).max(20).default([]),
  /** Slugs of topics; one that does not exist is refused. */
  topics: z.array(Slug).max(20).default([]),
  /** Slugs of related courses, in the order to show them. */
  related: z.array(Slug).max(12).default([]),
});

export const CourseTranslation = z.object({
  language: LanguageTag,
  title: line(300),
  summary: multiline(1000),
  body: multiline(50_000),
  /** Where one of these is empty, readers get the course's own. */
  prerequisites: z.array(line(500)).max(30).default([]),
  outcomes: z.array(line(500)).max(30).default([]),
  syllabus: z.array(SyllabusModule).max(50).default([]),
});

export const CourseCreateInput = CourseContent.extend({
  translations: z.array(CourseTranslation).max(50).default([]),
  idempotencyKey: IdempotencyKey,
});

/** Only the fields that are present change. */
export const CourseUpdateInput = z.object({
  id: Id,
  /** The version that was read; a course that changed since is not overwritten. */
  version: Version,
  changes: z.object({
    code: CourseCode.optional(),
    slug: Slug.optional(),
    title: line(300).optional(),
    summary: multiline(1000).optional(),
    body: multiline(50_000).optional(),
    contentLanguage: LanguageTag.optional(),
    level: CourseLevel.nullable().optional(),
    durationDays: Duration.nullable().optional(),
    prerequisites: z.array(line(500)).max(30).optional(),
    outcomes: z.array(line(500)).max(30).optional(),
    syllabus: z.array(SyllabusModule).max(50).optional(),
    keywords: z.array(line(100)).max(50).optional(),
    deliveryModes: z.array(DeliveryMode).max(4).optional(),
    languages: z.array(LanguageTag).max(20).optional(),
    topics: z.array(Slug).max(20).optional(),
    related: z.array(Slug).max(12).optional(),
    translations: z
      .array(
        CourseTranslation.extend({
          /** Whether it says what the course itself says now. Without it: if the translation changed. */
          isUpToDate: z.boolean().optional(),
        }),
      )
      .max(50)
      .optional(),
  }),
  /** Why, for colleagues: stands beside the version. */
  note: multiline(500).default(""),
  idempotencyKey: IdempotencyKey,
});

export const CourseMoveInput = z.object({
  id: Id,
  version: Version,
  idempotencyKey: IdempotencyKey,
});

/** The answer to every change of a course. */
export const CourseChanged = z.object({
  id: Id,
  slug: Slug,
  status: CourseStatus,
  version: Version,
});

export const TopicsListOutput = z.object({
  topics: z
    .array(
      TopicRef.extend({
        description: multiline(1000),
        publishedCourses: z.int().min(0),
      }),
    )
    .max(200),
});

/** One course as imports and exports carry it. Topics that do not exist yet are created by name. */
export const CourseRecord = z.object({
  externalId: ExternalId,
  sourceUrl: WebUrl.nullable(),
  /** `null`: Lectern derives one from the title. */
  code: CourseCode.nullable(),
  slug: Slug.nullable(),
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
  /** External identifiers of related courses; those that are not there yet are related when they come. */
  related: z.array(ExternalId).max(12),
  translations: z.array(CourseTranslation).max(50),
  status: CourseStatus,
});
export type CourseRecord = z.infer<typeof CourseRecord>;

export const IMPORT_BATCH_MAX = 100;

/** What became of one record of an import, in the order of the batch. */
export const ImportOutcome = z.object({
  externalId: ExternalId,
  result: z.enum(["created", "updated", "unchanged", "refused"]),
  id: Id.nullable(),
  /** Why it was refused; empty otherwise. */
  reasons: z.array(z.string().max(1000)).max(20),
});
export type ImportOutcome = z.infer<typeof ImportOutcome>;

export const CourseImportInput = z.object({
  records: z.array(CourseRecord).min(1).max(IMPORT_BATCH_MAX),
  /** Says what would happen and leaves everything as it was. */
  dryRun: z.boolean().default(false),
});
export const ImportOutput = z.object({
  outcomes: z.array(ImportOutcome).max(IMPORT_BATCH_MAX),
});

export const CourseExportInput = PageInput;
/**
 * In the order of the external identifiers' bytes (`COLLATE "C"`), which is the same in every
 * academy: so two academies with the same courses export the same bytes, and runs can be read
 * alongside. A course that was not imported goes by `urn:uuid:` and its id.
 */
export const CourseExportOutput = page(CourseRecord);
