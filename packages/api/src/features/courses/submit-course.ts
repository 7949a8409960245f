import { CourseChanged, type CourseMoveInput } from "@lectern/contract/courses";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { moveCourse } from "./move-course.ts";

/**
 * Gives a draft to who publishes, to be looked at.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, and `wrong_state` for what is no draft; IdempotencyMismatch
 */
export async function submitCourse(
  db: Database,
  call: Call,
  input: z.infer<typeof CourseMoveInput>,
): Promise<z.infer<typeof CourseChanged>> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "courses.submit", input, CourseChanged, () =>
      moveCourse(tx, call, input, "submit"),
    ),
  );
}
