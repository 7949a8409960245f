import { CourseChanged, type CourseMoveInput } from "@lectern/contract/courses";
import type { Database } from "@lectern/database/queryable";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict } from "../../domain-error.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { moveCourse } from "./move-course.ts";

/**
 * Takes a course out of the catalogue. Its past runs and their bookings stay.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, `wrong_state` for one that is not published, and
 *   `has_upcoming_runs` while dates are planned: cancel those first; IdempotencyMismatch
 */
export async function retireCourse(
  db: Database,
  call: Call,
  input: z.infer<typeof CourseMoveInput>,
): Promise<z.infer<typeof CourseChanged>> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "courses.retire", input, CourseChanged, async () => {
      // First, as it locks the course: a run that is being scheduled waits, or is seen here.
      const retired = await moveCourse(tx, call, input, "retire");
      await requireNoUpcomingRuns(tx, input.id);
      return retired;
    }),
  );
}

/** @throws Conflict `has_upcoming_runs`, with how many */
export async function requireNoUpcomingRuns(tx: Transaction, courseId: string): Promise<void> {
  const upcoming = await tx.$count(
    courseRun,
    and(
      eq(courseRun.courseId, courseId),
      inArray(courseRun.status, ["tentative", "confirmed"]),
      sql`${courseRun.startsAt} > clock_timestamp()`,
    ),
  );
  if (upcoming === 0) return;
  throw conflict(
    "course",
    "has_upcoming_runs",
    `${upcoming} dates of this course are still to come: cancel them first.`,
    String(upcoming),
  );
}
