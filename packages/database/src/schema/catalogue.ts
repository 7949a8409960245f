import { type SQL, sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  createdAt,
  id,
  instant,
  instantOrNever,
  transactionId,
  tsvector,
  updatedAt,
  version,
} from "./columns.ts";
import {
  actorKind,
  courseLevel,
  courseStatus,
  courseVersionAction,
  deliveryMode,
} from "./enums.ts";
import { person } from "./people.ts";

/** The catalogue: what is taught. */

export const topic = pgTable(
  "topic",
  {
    id: id(),
    slug: text("slug").notNull().unique("topic_slug_key"),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    position: integer("position").notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [
    check("topic_name_present", sql`btrim(${table.name}) <> ''`),
    uniqueIndex("topic_name_key").on(sql`lower(${table.name})`),
  ],
);

/** A part of a syllabus, as stored in `course.syllabus`. */
export interface StoredSyllabusModule {
  title: string;
  topics: string[];
}

export const course = pgTable(
  "course",
  {
    id: id(),
    code: text("code").notNull().unique("course_code_key"),
    slug: text("slug").notNull().unique("course_slug_key"),
    title: text("title").notNull(),
    summary: text("summary").notNull().default(""),
    body: text("body").notNull().default(""),
    contentLanguage: text("content_language").notNull().default("en"),
    status: courseStatus("status").notNull().default("draft"),
    level: courseLevel("level"),
    durationDays: numeric("duration_days", { precision: 4, scale: 1, mode: "number" }),
    prerequisites: text("prerequisites").array().notNull().default([]),
    outcomes: text("outcomes").array().notNull().default([]),
    syllabus: jsonb("syllabus").$type<StoredSyllabusModule[]>().notNull().default([]),
    keywords: text("keywords").array().notNull().default([]),
    deliveryModes: deliveryMode("delivery_modes").array().notNull().default([]),
    languages: text("languages").array().notNull().default([]),
    /** `@id` or URL in the system that the course was imported from. */
    externalId: text("external_id").unique("course_external_id_key"),
    sourceUrl: text("source_url"),
    /** Related courses as an import named them, in its order: one that comes later is linked then. */
    relatedExternalIds: text("related_external_ids").array().notNull().default([]),
    version: version(),
    publishedAt: instantOrNever("published_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** Title and code weigh most, then keywords and summary, then the body. */
    searchDocument: tsvector("search_document").generatedAlwaysAs(
      (): SQL => sql`
        setweight(to_tsvector('simple', lectern_fold(${course.code})), 'A') ||
        setweight(to_tsvector('english', lectern_fold(${course.title})), 'A') ||
        setweight(to_tsvector('english', lectern_fold(lectern_join(${course.keywords}))), 'B') ||
        setweight(to_tsvector('english', lectern_fold(${course.summary})), 'B') ||
        setweight(to_tsvector('english', lectern_fold(${course.body})), 'D')`,
    ),
    /** The same without the body: small enough to be read for every course that is ranked. */
    searchHead: tsvector("search_head").generatedAlwaysAs(
      (): SQL => sql`
        setweight(to_tsvector('simple', lectern_fold(${course.code})), 'A') ||
        setweight(to_tsvector('english', lectern_fold(${course.title})), 'A') ||
        setweight(to_tsvector('english', lectern_fold(lectern_join(${course.keywords}))), 'B') ||
        setweight(to_tsvector('english', lectern_fold(${course.summary})), 'B')`,
    ),
    /** Title and code, folded: what lists are sorted by. */
    searchTitle: text("search_title").generatedAlwaysAs(
      (): SQL => sql`lectern_fold(${course.title} || ' ' || ${course.code})`,
    ),
    /** Their words, each after a space: what may begin with the word that somebody is typing. */
    searchWords: text("search_words").generatedAlwaysAs(
      (): SQL =>
        sql`' ' || translate(lectern_fold(${course.title} || ' ' || ${course.code}), '-/(.,:&', '       ')`,
    ),
  },
  (table) => [
    check("course_title_present", sql`btrim(${table.title}) <> ''`),
    check("course_slug_form", sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
    check("course_code_form", sql`${table.code} ~ '^[A-Z0-9]+(-[A-Z0-9]+)*$'`),
    check(
      "course_duration_positive",
      sql`${table.durationDays} IS NULL OR ${table.durationDays} > 0`,
    ),
    check(
      "course_published_at",
      sql`${table.status} <> 'published' OR ${table.publishedAt} IS NOT NULL`,
    ),
    index("course_search_document_idx").using("gin", table.searchDocument),
    index("course_search_title_idx").using("gin", sql`${table.searchTitle} gin_trgm_ops`),
    /** The catalogue in its order. */
    index("course_listed_idx")
      .on(sql`left(${table.searchTitle}, 64)`, table.id)
      .where(sql`status = 'published'`),
    /** What editors see: what was changed last, or by title, whatever its state. */
    index("course_updated_idx").on(table.updatedAt, table.id),
    index("course_title_idx").on(sql`left(${table.searchTitle}, 64)`, table.id),
    index("course_languages_idx").using("gin", table.languages),
    /** What names a course outside: in the order of bytes, which exports have. */
    uniqueIndex("course_named_key").on(
      sql`(coalesce(${table.externalId}, 'urn:uuid:' || ${table.id}::text) COLLATE "C")`,
    ),
    index("course_related_external_ids_idx").using("gin", table.relatedExternalIds),
    index("course_delivery_modes_idx").using("gin", table.deliveryModes),
  ],
);

export const courseTopic = pgTable(
  "course_topic",
  {
    courseId: uuid("course_id")
      .notNull()
      .references(() => course.id, { onDelete: "cascade" }),
    topicId: uuid("topic_id")
      .notNull()
      .references(() => topic.id, { onDelete: "restrict" }),
    position: integer("position").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.courseId, table.topicId] }),
    index("course_topic_topic_idx").on(table.topicId),
  ],
);

export const courseRelated = pgTable(
  "course_related",
  {
    courseId: uuid("course_id")
      .notNull()
      .references(() => course.id, { onDelete: "cascade" }),
    relatedId: uuid("related_id")
      .notNull()
      .references(() => course.id, { onDelete: "cascade" }),
    position: integer("position").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.courseId, table.relatedId] }),
    check("course_related_not_itself", sql`${table.courseId} <> ${table.relatedId}`),
    index("course_related_related_idx").on(table.relatedId),
  ],
);

export const courseTranslation = pgTable(
  "course_translation",
  {
    courseId: uuid("course_id")
      .notNull()
      .references(() => course.id, { onDelete: "cascade" }),
    language: text("language").notNull(),
    title: text("title").notNull(),
    summary: text("summary").notNull(),
    body: text("body").notNull(),
    /** Where one of these is empty, readers get the course's own. */
    prerequisites: text("prerequisites").array().notNull().default([]),
    outcomes: text("outcomes").array().notNull().default([]),
    syllabus: jsonb("syllabus").$type<StoredSyllabusModule[]>().notNull().default([]),
    /** The version of the course that it says the same as; NULL where nobody knows. */
    sourceVersion: integer("source_version"),
  },
  (table) => [
    primaryKey({ columns: [table.courseId, table.language] }),
    check("course_translation_title_present", sql`btrim(${table.title}) <> ''`),
  ],
);

/** What editors wrote about a course, as it was at one time. The contract has its shape: `CourseSnapshot`. */
export type StoredCourseSnapshot = Record<string, unknown>;

/** Every version of a course that was saved, to be looked at, compared and brought back. */
export const courseVersion = pgTable(
  "course_version",
  {
    courseId: uuid("course_id")
      .notNull()
      .references(() => course.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    action: courseVersionAction("action").notNull(),
    /** Why, in the words of whoever did it. */
    note: text("note").notNull().default(""),
    status: courseStatus("status").notNull(),
    snapshot: jsonb("snapshot").$type<StoredCourseSnapshot>().notNull(),
    /** The fields in which it differs from the version that was kept before. */
    changed: text("changed").array().notNull().default([]),
    savedByKind: actorKind("saved_by_kind").notNull(),
    savedById: uuid("saved_by_id").references(() => person.id, { onDelete: "set null" }),
    savedAt: instant("saved_at").default(sql`clock_timestamp()`),
  },
  (table) => [
    primaryKey({ columns: [table.courseId, table.version] }),
    index("course_version_saved_by_idx")
      .on(table.savedById)
      .where(sql`saved_by_id IS NOT NULL`),
  ],
);

/** Addresses that courses had: who follows one is led to where the course is now. */
export const courseFormerSlug = pgTable(
  "course_former_slug",
  {
    slug: text("slug").primaryKey(),
    courseId: uuid("course_id")
      .notNull()
      .references(() => course.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [index("course_former_slug_course_idx").on(table.courseId)],
);

/**
 * What has changed of all that the catalogue is narrowed by, and in which transaction: so that an instance that keeps it in its
 * memory can ask, at the price of a look into an index, what it has not seen. Triggers of the migration `0030_catalogue_in_memory_rules`
 * write it, in the transaction of the change; rows are of use for a day (`forgetCatalogueChanges`).
 */
export const catalogueChange = pgTable(
  "catalogue_change",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** NULL: any of them may have changed. No reference, as the course may be gone. */
    courseId: uuid("course_id"),
    transaction: transactionId("transaction")
      .notNull()
      .default(sql`pg_current_xact_id()`),
    createdAt: createdAt(),
  },
  (table) => [
    index("catalogue_change_transaction_idx").on(table.transaction),
    index("catalogue_change_created_idx").on(table.createdAt),
  ],
);

/**
 * The words of the titles and codes of courses, folded: what a mistyped word may have been meant for. Kept by triggers of the migration
 * `0030_catalogue_in_memory_rules`; a word whose courses are gone stays, and finds nothing.
 */
export const courseWord = pgTable("course_word", { word: text("word").primaryKey() }, (table) => [
  index("course_word_alike_idx").using("gin", sql`${table.word} gin_trgm_ops`),
]);
