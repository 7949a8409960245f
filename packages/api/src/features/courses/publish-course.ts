import { CourseChanged, type CourseMoveInput } from "@lectern/contract/courses";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { checkableColumns, toCheckable } from "./checkable-columns.ts";
import type { CourseChanged as Changed } from "./course-changed.ts";
import { missingOf } from "./course-checks.ts";
import { moveCourse } from "./move-course.ts";

/**
 * Publishes a course: it is in the catalogue from now on, with the day on which it first came out.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, `wrong_state` for one that is published already, and
 *   `incomplete` with what it can't come out without; IdempotencyMismatch
 */
export async function publishCourse(
  db: Database,
  call: Call,
  input: z.infer<typeof CourseMoveInput>,
): Promise<Changed> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "courses.publish", input, CourseChanged, async () => {
      // First, as it locks the course: what is looked at then stays as it is.
      const published = await moveCourse(tx, call, input, "publish");
      await requireComplete(tx, input.id);
      return published;
    }),
  );
}

/** @throws Conflict `incomplete`, with what is missing */
async function requireComplete(tx: Transaction, id: string): Promise<void> {
  const [found] = await tx.select(checkableColumns).from(course).where(eq(course.id, id));
  if (found === undefined) throw notFound("course", id);
  const missing = missingOf(toCheckable(found, true));
  if (missing.length === 0) return;
  throw conflict(
    "course",
    "incomplete",
    `This course can't come out yet. It lacks: ${missing.join(", ").replaceAll("_", " ")}.`,
    missing.join(", "),
  );
}
