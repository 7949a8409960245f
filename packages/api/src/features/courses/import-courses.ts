import { isDeepStrictEqual } from "node:util";
import type { CourseImportInput, CourseRecord, ImportOutput } from "@lectern/contract/courses";
import type { Database } from "@lectern/database/queryable";
import { course, courseRelated, courseTopic, topic } from "@lectern/database/schema/catalogue";
import type { Transaction } from "@lectern/database/transaction";
import { eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { type Imported, importBatch } from "../../shared/import-batch.ts";
import { courseTaken } from "./course-changed.ts";
import { courseExternalId, courseRecordColumns } from "./course-record.ts";
import { chooseCode, chooseSlug } from "./course-names.ts";
import { writeTranslations } from "./write-course-parts.ts";

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
    importOne: (tx, record) => importCourse(tx, call, record),
    translate: courseTaken,
  });
}

async function importCourse(tx: Transaction, call: Call, record: CourseRecord): Promise<Imported> {
  const [found] = await tx
    .select({ id: course.id, record: courseRecordColumns })
    .from(course)
    .where(eq(courseExternalId, record.externalId))
    .for("no key update");
  const related = await presentAmong(tx, record.related);
  if (found === undefined) return create(tx, call, record);

  const wanted: CourseRecord = {
    ...record,
    code: record.code ?? found.record.code,
    slug: record.slug ?? found.record.slug,
    related,
    translations: record.translations.toSorted((a, b) => (a.language < b.language ? -1 : 1)),
  };
  if (isDeepStrictEqual(withoutTopicNames(wanted), withoutTopicNames(found.record))) {
    return { result: "unchanged", id: found.id };
  }
  await tx
    .update(course)
    .set({
      ...columnsOf(record, found.record.code, found.record.slug),
      ...(record.status === "published" && {
        publishedAt: sql`coalesce(${course.publishedAt}, clock_timestamp())`,
      }),
      version: sql`${course.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(course.id, found.id));
  await writeParts(tx, found.id, record);
  await recordAudit(tx, call, {
    action: "course.import",
    entity: "course",
    entityId: found.id,
    before: { status: found.record.status },
    after: { status: record.status, externalId: record.externalId },
  });
  return { result: "updated", id: found.id };
}

async function create(tx: Transaction, call: Call, record: CourseRecord): Promise<Imported> {
  const id = uuidv7();
  const slug = record.slug ?? (await chooseSlug(tx, record.title));
  const code = record.code ?? (await chooseCode(tx, record.title));
  await tx.insert(course).values({
    id,
    externalId: record.externalId,
    ...columnsOf(record, code, slug),
    publishedAt: record.status === "published" ? sql`clock_timestamp()` : null,
  });
  await writeParts(tx, id, record);
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
function columnsOf(record: CourseRecord, code: string, slug: string) {
  return {
    code: record.code ?? code,
    slug: record.slug ?? slug,
    title: record.title,
    summary: record.summary,
    body: record.body,
    contentLanguage: record.contentLanguage,
    status: record.status,
    level: record.level,
    durationDays: record.durationDays,
    prerequisites: record.prerequisites,
    outcomes: record.outcomes,
    syllabus: record.syllabus,
    keywords: record.keywords,
    deliveryModes: record.deliveryModes,
    languages: record.languages,
    sourceUrl: record.sourceUrl,
    relatedExternalIds: record.related,
  };
}

async function writeParts(tx: Transaction, courseId: string, record: CourseRecord): Promise<void> {
  await writeTopicsByName(tx, courseId, record.topics);
  await writeTranslations(tx, courseId, record.translations);
  await tx.delete(courseRelated).where(eq(courseRelated.courseId, courseId));
  await tx.execute(sql`
    INSERT INTO course_related (course_id, related_id, position)
    SELECT ${courseId}::uuid, course.id, wanted.position - 1
    FROM unnest(${sql.param(record.related)}::text[]) WITH ORDINALITY AS wanted (external_id, position)
      JOIN course ON ${courseExternalId} = wanted.external_id
    WHERE course.id <> ${courseId}::uuid
    ON CONFLICT DO NOTHING`);
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

/** Topics are found by their slug, and made where there are none. */
async function writeTopicsByName(
  tx: Transaction,
  courseId: string,
  topics: CourseRecord["topics"],
): Promise<void> {
  await tx.delete(courseTopic).where(eq(courseTopic.courseId, courseId));
  if (topics.length === 0) return;
  await tx
    .insert(topic)
    .values(topics.map(({ slug, name }) => ({ id: uuidv7(), slug, name })))
    .onConflictDoNothing();
  const slugs = topics.map(({ slug }) => slug);
  const found = await tx
    .select({ id: topic.id, slug: topic.slug })
    .from(topic)
    .where(inArray(topic.slug, slugs));
  await tx
    .insert(courseTopic)
    .values(found.map((one) => ({ courseId, topicId: one.id, position: slugs.indexOf(one.slug) })))
    .onConflictDoNothing();
}

async function presentAmong(tx: Transaction, externalIds: readonly string[]): Promise<string[]> {
  if (externalIds.length === 0) return [];
  const { rows } = await tx.execute<{ external_id: string }>(sql`
    SELECT ${courseExternalId} AS external_id FROM course
    WHERE ${courseExternalId} = ANY (${sql.param([...externalIds])}::text[])`);
  const present = new Set(rows.map((row) => row.external_id));
  return externalIds.filter((id) => present.has(id));
}

/** A topic's name is the academy's own matter once the topic is there. */
function withoutTopicNames(record: CourseRecord) {
  return { ...record, topics: record.topics.map(({ slug }) => slug) };
}
