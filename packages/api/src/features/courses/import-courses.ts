import { isDeepStrictEqual } from "node:util";
import type { CourseImportInput, CourseRecord, ImportOutput } from "@lectern/contract/courses";
import { COURSE_STATUSES, type CourseStatus } from "@lectern/contract/vocabulary";
import { violates } from "@lectern/database/errors";
import type { Database } from "@lectern/database/queryable";
import { course, courseRelated, topic } from "@lectern/database/schema/catalogue";
import type { Transaction } from "@lectern/database/transaction";
import { asc, eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { type Imported, importBatch } from "../../shared/import-batch.ts";
import { courseTaken } from "./course-changed.ts";
import { chooseCode, chooseSlug } from "./course-names.ts";
import { courseExternalId, courseRecordColumns } from "./course-record.ts";
import { keepSlug } from "./former-slugs.ts";
import { keepEarlierVersion, keepVersion } from "./keep-version.ts";
import { requireNoUpcomingRuns } from "./retire-course.ts";
import { writeTopics, writeTranslations } from "./write-course-parts.ts";

/**
 * Takes courses in, each whole or not at all: created, updated, or left alone when nothing differs.
 * They are recognised by their external identifiers.
 *
 * @returns what became of each record, in their order
 */
export async function importCourses(
  db: Database,
  call: Call,
  input: z.infer<typeof CourseImportInput>,
): Promise<z.infer<typeof ImportOutput>> {
  return importBatch(db, input, {
    lockAll: lockCourses,
    importOne: (tx, record) => importCourse(tx, call, record),
    isOvertaken,
    translate: courseTaken,
  });
}

/** Another import made this course, or took the name that was derived for it. */
function isOvertaken(error: unknown, record: CourseRecord): boolean {
  return (
    violates(error, "course_external_id_key") ||
    violates(error, "course_named_key") ||
    (record.code === null && violates(error, "course_code_key")) ||
    (record.slug === null && violates(error, "course_slug_key"))
  );
}

async function lockCourses(tx: Transaction, records: readonly CourseRecord[]): Promise<void> {
  const externalIds = records.map(({ externalId }) => externalId);
  await tx
    .select({ id: course.id })
    .from(course)
    .where(inArray(courseExternalId, externalIds))
    .orderBy(asc(course.id))
    .for("no key update");
}

/** A record as it is written: related courses and topics each once, and those the academy's own. */
interface Wanted {
  readonly record: CourseRecord;
  /** Slugs of the topics, as the academy has them where it has them. */
  readonly topics: readonly string[];
  /** Related courses by external identifier: all, those that are there, and the others. */
  readonly related: readonly string[];
  readonly present: readonly string[];
  readonly missing: readonly string[];
}

async function importCourse(tx: Transaction, call: Call, record: CourseRecord): Promise<Imported> {
  const wanted = await wantedOf(tx, record);
  const [found] = await tx
    .select({
      id: course.id,
      record: courseRecordColumns,
      relatedExternalIds: course.relatedExternalIds,
    })
    .from(course)
    .where(eq(courseExternalId, record.externalId));
  if (found === undefined) return create(tx, call, wanted);

  const current = found.record;
  const next = {
    ...record,
    code: record.code ?? current.code,
    slug: record.slug ?? current.slug,
    status: furtherStatus(current.status, record.status),
    related: wanted.present,
    translations: record.translations.toSorted((a, b) => (a.language < b.language ? -1 : 1)),
    topics: wanted.topics,
  };
  const before = { ...current, topics: current.topics.map(({ slug }) => slug) };
  const wasMissing = found.relatedExternalIds.filter((id) => !wanted.present.includes(id));
  if (isDeepStrictEqual(next, before) && isDeepStrictEqual(wanted.missing, wasMissing)) {
    return { result: "unchanged", id: found.id };
  }
  await keepEarlierVersion(tx, found.id);
  if (current.status !== "draft") await keepSlug(tx, found.id, current.slug, next.slug);
  await tx
    .update(course)
    .set({
      ...columnsOf(wanted, next.code, next.slug, next.status),
      ...(next.status === "published" && {
        publishedAt: sql`coalesce(${course.publishedAt}, clock_timestamp())`,
      }),
      version: sql`${course.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(course.id, found.id));
  if (next.status === "retired" && current.status !== "retired") {
    await requireNoUpcomingRuns(tx, found.id);
  }
  await writeParts(tx, found.id, wanted);
  await keepVersion(tx, call, found.id, "import");
  await recordAudit(tx, call, {
    action: "course.import",
    entity: "course",
    entityId: found.id,
    before: { status: current.status },
    after: { status: next.status, externalId: record.externalId },
  });
  return { result: "updated", id: found.id };
}

/**
 * A source moves a course on and never back: what was published or retired here stays so, though the
 * source may still call it a draft.
 */
function furtherStatus(current: CourseStatus, wanted: CourseStatus): CourseStatus {
  const isFurther = COURSE_STATUSES.indexOf(wanted) > COURSE_STATUSES.indexOf(current);
  return isFurther ? wanted : current;
}

async function wantedOf(tx: Transaction, record: CourseRecord): Promise<Wanted> {
  const related = [...new Set(record.related)].filter((id) => id !== record.externalId);
  const there = new Set(await presentAmong(tx, related));
  return {
    record,
    topics: await topicSlugsOf(tx, record.topics),
    related,
    present: related.filter((id) => there.has(id)),
    missing: related.filter((id) => !there.has(id)),
  };
}

async function create(tx: Transaction, call: Call, wanted: Wanted): Promise<Imported> {
  const id = uuidv7();
  const { record } = wanted;
  const slug = record.slug ?? (await chooseSlug(tx, record.title));
  const code = record.code ?? (await chooseCode(tx, record.title));
  await tx.insert(course).values({
    id,
    externalId: record.externalId,
    ...columnsOf(wanted, code, slug, record.status),
    publishedAt: record.status === "published" ? sql`clock_timestamp()` : null,
  });
  await writeParts(tx, id, wanted);
  await linkFromOthers(tx, id, record.externalId);
  await recordAudit(tx, call, {
    action: "course.import",
    entity: "course",
    entityId: id,
    before: null,
    after: { status: record.status, externalId: record.externalId },
  });
  return { result: "created", id };
}

/** Field by field: what the wire holds beyond them is not written. */
function columnsOf(
  { record, related }: Wanted,
  code: string,
  slug: string,
  status: CourseStatus,
): Omit<typeof course.$inferInsert, "id"> {
  return {
    code,
    slug,
    status,
    title: record.title,
    summary: record.summary,
    body: record.body,
    contentLanguage: record.contentLanguage,
    level: record.level,
    durationDays: record.durationDays,
    prerequisites: record.prerequisites,
    outcomes: record.outcomes,
    syllabus: record.syllabus,
    keywords: record.keywords,
    deliveryModes: record.deliveryModes,
    languages: record.languages,
    sourceUrl: record.sourceUrl,
    relatedExternalIds: [...related],
  };
}

async function writeParts(tx: Transaction, courseId: string, wanted: Wanted): Promise<void> {
  await createMissingTopics(tx, wanted);
  await writeTopics(tx, courseId, wanted.topics);
  await writeTranslations(tx, courseId, wanted.record.translations);
  await tx.delete(courseRelated).where(eq(courseRelated.courseId, courseId));
  await tx.execute(sql`
    INSERT INTO course_related (course_id, related_id, position)
    SELECT ${courseId}::uuid, course.id, wanted.position - 1
    FROM unnest(${sql.param(wanted.related)}::text[]) WITH ORDINALITY AS wanted (external_id, position)
      JOIN course ON ${courseExternalId} = wanted.external_id`);
}

/** Courses that named this one before it was there. */
async function linkFromOthers(
  tx: Transaction,
  courseId: string,
  externalId: string,
): Promise<void> {
  await tx.execute(sql`
    INSERT INTO course_related (course_id, related_id, position)
    SELECT id, ${courseId}::uuid, array_position(related_external_ids, ${externalId}::text) - 1
    FROM course
    WHERE related_external_ids @> ARRAY[${externalId}::text] AND id <> ${courseId}::uuid
    ON CONFLICT DO NOTHING`);
}

/**
 * @returns the slugs of these topics in their order, each once: of the topic with that slug, else of
 *   the one with that name in any letter case, else the one that the record gives
 */
async function topicSlugsOf(tx: Transaction, topics: CourseRecord["topics"]): Promise<string[]> {
  if (topics.length === 0) return [];
  const { rows } = await tx.execute<{ slug: string }>(sql`
    SELECT coalesce(known.slug, wanted.slug) AS slug
    FROM unnest(
      ${sql.param(topics.map(({ slug }) => slug))}::text[],
      ${sql.param(topics.map(({ name }) => name))}::text[]
    ) WITH ORDINALITY AS wanted (slug, name, position)
    LEFT JOIN LATERAL (
      SELECT topic.slug FROM topic
      WHERE topic.slug = wanted.slug OR lower(topic.name) = lower(wanted.name)
      ORDER BY topic.slug = wanted.slug DESC LIMIT 1
    ) AS known ON true
    ORDER BY wanted.position`);
  return [...new Set(rows.map(({ slug }) => slug))];
}

async function createMissingTopics(tx: Transaction, wanted: Wanted): Promise<void> {
  const own = wanted.record.topics.filter(({ slug }) => wanted.topics.includes(slug));
  if (own.length === 0) return;
  await tx
    .insert(topic)
    .values(own.map(({ slug, name }) => ({ id: uuidv7(), slug, name })))
    .onConflictDoNothing();
}

async function presentAmong(tx: Transaction, externalIds: readonly string[]): Promise<string[]> {
  if (externalIds.length === 0) return [];
  const found = await tx
    .select({ externalId: courseExternalId })
    .from(course)
    .where(inArray(courseExternalId, [...externalIds]));
  return found.map(({ externalId }) => externalId);
}
