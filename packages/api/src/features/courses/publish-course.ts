import { CourseChanged, type CourseMoveInput } from "@lectern/contract/courses";
import type { CourseStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import {
  type CourseChanged as Changed,
  courseChangedColumns,
  requireCourseVersion,
} from "./course-changed.ts";

/** Where a course can go from each state. */
const MOVES: Readonly<Record<CourseStatus, readonly CourseStatus[]>> = {
  draft: ["in_review", "published"],
  in_review: ["draft", "published"],
  published: ["retired"],
  retired: ["published"],
};

/**
 * Publishes a course: it is in the catalogue from now on, with the day on which it first came out.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, and `wrong_state` for one that is published already;
 *   IdempotencyMismatch
 */
export async function publishCourse(
  db: Database,
  call: Call,
  input: z.infer<typeof CourseMoveInput>,
): Promise<Changed> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "courses.publish", input, CourseChanged, () =>
      moveCourse(tx, call, input, "published"),
    ),
  );
}

/**
 * Moves a course to another state, if there is a way.
 *
 * @throws NotFound; Conflict `changed_meanwhile` and `wrong_state`
 */
export async function moveCourse(
  tx: Transaction,
  call: Call,
  input: Pick<z.infer<typeof CourseMoveInput>, "id" | "version">,
  to: CourseStatus,
): Promise<Changed> {
  const { status: from } = await requireCourseVersion(tx, input.id, input.version);
  if (!MOVES[from].includes(to)) {
    throw conflict("course", "wrong_state", `A course that is ${from} can't become ${to}.`, from);
  }
  const [moved] = await tx
    .update(course)
    .set({
      status: to,
      ...(to === "published" && {
        publishedAt: sql`coalesce(${course.publishedAt}, clock_timestamp())`,
      }),
      version: sql`${course.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(course.id, input.id))
    .returning(courseChangedColumns);
  if (moved === undefined) throw notFound("course", input.id);
  await recordAudit(tx, call, {
    action: to === "published" ? "course.publish" : "course.retire",
    entity: "course",
    entityId: input.id,
    before: { status: from },
    after: { status: to },
  });
  return moved;
}
