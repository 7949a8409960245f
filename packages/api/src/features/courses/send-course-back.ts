import type { CourseSendBackInput } from "@lectern/contract/course-editing";
import { CourseChanged } from "@lectern/contract/courses";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { moveCourse } from "./move-course.ts";

/**
 * Makes a draft again of a course in review, with the reason, which stands beside its version.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, and `wrong_state` for what is not in review;
 *   IdempotencyMismatch
 */
export async function sendCourseBack(
  db: Database,
  call: Call,
  input: z.infer<typeof CourseSendBackInput>,
): Promise<z.infer<typeof CourseChanged>> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "courses.sendBack", input, CourseChanged, () =>
      moveCourse(tx, call, input, "send_back", input.reason.trim()),
    ),
  );
}
