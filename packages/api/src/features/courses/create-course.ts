import { CourseChanged, type CourseCreateInput } from "@lectern/contract/courses";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { transaction } from "@lectern/database/transaction";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { courseChangedColumns, courseTaken } from "./course-changed.ts";
import { keepVersion } from "./keep-version.ts";
import { writeRelated, writeTopics, writeTranslations } from "./write-course-parts.ts";

/**
 * Makes a course as a draft.
 *
 * @throws NotFound for a topic or related course that is not there; Conflict `already_exists` for a
 *   code or slug that is taken; Invalid; IdempotencyMismatch
 */
export async function createCourse(
  db: Database,
  call: Call,
  input: z.infer<typeof CourseCreateInput>,
): Promise<z.infer<typeof CourseChanged>> {
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "courses.create", input, CourseChanged, async () => {
        const [created] = await tx
          .insert(course)
          .values({
            id: uuidv7(),
            code: input.code,
            slug: input.slug,
            title: input.title,
            summary: input.summary,
            body: input.body,
            contentLanguage: input.contentLanguage,
            level: input.level,
            durationDays: input.durationDays,
            prerequisites: input.prerequisites,
            outcomes: input.outcomes,
            syllabus: input.syllabus,
            keywords: input.keywords,
            deliveryModes: input.deliveryModes,
            languages: input.languages,
          })
          .returning(courseChangedColumns);
        if (created === undefined) throw new Error("The course was not inserted");
        await writeTopics(tx, created.id, input.topics);
        await writeRelated(tx, created.id, input.related);
        await writeTranslations(tx, created.id, input.translations);
        await keepVersion(tx, call, created.id, "create");
        await recordAudit(tx, call, {
          action: "course.create",
          entity: "course",
          entityId: created.id,
          before: null,
          after: { code: input.code, slug: input.slug, title: input.title },
        });
        return created;
      }),
    );
  } catch (error) {
    throw courseTaken(error) ?? error;
  }
}
