import { type SQL, sql } from "drizzle-orm";
import {
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
import { createdAt, id, instantOrNever, tsvector, updatedAt, version } from "./columns.ts";
import { courseLevel, courseStatus, deliveryMode } from "./enums.ts";

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
    /** What typo tolerance compares with: short, so that similarity means something. */
    searchTitle: text("search_title").generatedAlwaysAs(
      (): SQL => sql`lectern_fold(${course.title} || ' ' || ${course.code})`,
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
  },
  (table) => [
    primaryKey({ columns: [table.courseId, table.language] }),
    check("course_translation_title_present", sql`btrim(${table.title}) <> ''`),
  ],
);
