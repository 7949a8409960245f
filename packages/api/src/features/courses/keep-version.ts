import type { CourseVersionAction } from "@lectern/contract/vocabulary";
import type { Transaction } from "@lectern/database/transaction";
import { type SQL, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";

/** So many versions of a course are kept, and those that translations follow. */
export const VERSIONS_KEPT = 200;

/** All that an editor wrote about a `course`, as the contract's `CourseSnapshot`. */
const snapshot = sql`jsonb_build_object(
  'code', course.code, 'slug', course.slug, 'title', course.title, 'summary', course.summary,
  'body', course.body, 'contentLanguage', course.content_language, 'level', course.level,
  'durationDays', course.duration_days, 'prerequisites', course.prerequisites,
  'outcomes', course.outcomes, 'syllabus', course.syllabus, 'keywords', course.keywords,
  'deliveryModes', course.delivery_modes, 'languages', course.languages,
  'topics', (
    SELECT coalesce(jsonb_agg(t.slug ORDER BY ct.position, t.name), '[]')
    FROM course_topic AS ct JOIN topic AS t ON t.id = ct.topic_id WHERE ct.course_id = course.id),
  'related', (
    SELECT coalesce(jsonb_agg(other.slug ORDER BY cr.position), '[]')
    FROM course_related AS cr JOIN course AS other ON other.id = cr.related_id
    WHERE cr.course_id = course.id),
  'translations', (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'language', tr.language, 'title', tr.title, 'summary', tr.summary, 'body', tr.body,
      'prerequisites', tr.prerequisites, 'outcomes', tr.outcomes, 'syllabus', tr.syllabus)
      ORDER BY tr.language COLLATE "C"), '[]')
    FROM course_translation AS tr WHERE tr.course_id = course.id))`;

interface Kept {
  readonly action: CourseVersionAction;
  readonly note: string;
  readonly savedByKind: Call["actor"]["kind"];
  readonly savedById: string | null;
  readonly savedAt: SQL;
}

/**
 * Keeps a course as it is before its first change that is kept: nobody wrote down who made it so. Does
 * nothing where its version is there already. The course is locked.
 */
export async function keepEarlierVersion(tx: Transaction, courseId: string): Promise<void> {
  await keep(tx, courseId, {
    action: "earlier",
    note: "",
    savedByKind: "system",
    savedById: null,
    savedAt: sql`course.updated_at`,
  });
}

/** Keeps a course as it is after a change, with who made it and why, and lets go what is too old. */
export async function keepVersion(
  tx: Transaction,
  call: Call,
  courseId: string,
  action: CourseVersionAction,
  note = "",
): Promise<void> {
  await keep(tx, courseId, {
    action,
    note,
    savedByKind: call.actor.kind,
    savedById: call.actor.kind === "person" ? call.actor.id : null,
    savedAt: sql`clock_timestamp()`,
  });
  await tx.execute(sql`
    DELETE FROM course_version AS old
    WHERE old.course_id = ${courseId}::uuid
      AND old.version <= (SELECT version FROM course WHERE id = ${courseId}::uuid) - ${VERSIONS_KEPT}::int
      AND NOT EXISTS (
        SELECT FROM course_translation AS tr
        WHERE tr.course_id = old.course_id AND tr.source_version = old.version)`);
}

async function keep(tx: Transaction, courseId: string, kept: Kept): Promise<void> {
  await tx.execute(sql`
    INSERT INTO course_version
      (course_id, version, action, note, status, snapshot, changed, saved_by_kind, saved_by_id, saved_at)
    SELECT course.id, course.version, ${kept.action}::course_version_action, ${kept.note}::text, course.status,
      now.snapshot,
      ARRAY(
        SELECT field.key FROM jsonb_each(now.snapshot) AS field
        WHERE field.value IS DISTINCT FROM before.snapshot -> field.key AND before.snapshot IS NOT NULL
        ORDER BY field.key COLLATE "C"),
      ${kept.savedByKind}::actor_kind, ${kept.savedById}::uuid, ${kept.savedAt}
    FROM course
      CROSS JOIN LATERAL (SELECT ${snapshot} AS snapshot) AS now
      LEFT JOIN LATERAL (
        SELECT earlier.snapshot FROM course_version AS earlier
        WHERE earlier.course_id = course.id AND earlier.version < course.version
        ORDER BY earlier.version DESC LIMIT 1
      ) AS before ON true
    WHERE course.id = ${courseId}::uuid
    ON CONFLICT (course_id, version) DO NOTHING`);
}
