import type { CourseMoveInput } from "@lectern/contract/courses";
import type { CourseStatus } from "@lectern/contract/vocabulary";
import { course } from "@lectern/database/schema/catalogue";
import type { Transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import {
  type CourseChanged as Changed,
  courseChangedColumns,
  requireCourseVersion,
} from "./course-changed.ts";
import { keepEarlierVersion, keepVersion } from "./keep-version.ts";

interface Move {
  readonly from: readonly CourseStatus[];
  readonly to: CourseStatus;
}

/** The ways from state to state, by what they are called. */
const MOVES = {
  submit: { from: ["draft"], to: "in_review" },
  send_back: { from: ["in_review"], to: "draft" },
  publish: { from: ["draft", "in_review", "retired"], to: "published" },
  retire: { from: ["published"], to: "retired" },
} as const satisfies Record<string, Move>;

/**
 * Moves a course to another state, if there is a way, and keeps the version with the reason.
 *
 * @throws NotFound; Conflict `changed_meanwhile` and `wrong_state`
 */
export async function moveCourse(
  tx: Transaction,
  call: Call,
  input: Pick<z.infer<typeof CourseMoveInput>, "id" | "version">,
  move: keyof typeof MOVES,
  reason = "",
): Promise<Changed> {
  const { from: allowed, to }: Move = MOVES[move];
  const { status: from } = await requireCourseVersion(tx, input.id, input.version);
  if (!allowed.includes(from)) {
    throw conflict("course", "wrong_state", `A course that is ${from} can't become ${to}.`, from);
  }
  await keepEarlierVersion(tx, input.id);
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
  await keepVersion(tx, call, input.id, move, reason);
  await recordAudit(tx, call, {
    action: `course.${move}`,
    entity: "course",
    entityId: input.id,
    before: { status: from },
    after: { status: to },
  });
  return moved;
}
