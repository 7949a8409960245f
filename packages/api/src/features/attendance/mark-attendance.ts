import { type AttendanceMarkInput, AttendanceMarked } from "@lectern/contract/attendance";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { invalid } from "../../domain-error.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { runOfSession, writeMarks } from "./write-marks.ts";

/**
 * Marks who is there for a session: one registration or many. A mark says which version of the record its author has seen: one
 * that somebody else has changed since is refused, and shown, unless it says the same already.
 *
 * @throws NotFound; Invalid for minutes of who was not there; Conflict `wrong_state` as `writeMarks`; IdempotencyMismatch
 */
export async function markAttendance(
  db: Database,
  call: Call,
  input: z.infer<typeof AttendanceMarkInput>,
): Promise<AttendanceMarked> {
  const { sessionId } = input;
  const marks = input.marks.map(({ minutes = null, ...mark }, index) => {
    if (minutes !== null && mark.mark !== "present" && mark.mark !== "partial") {
      throw invalid(`marks.${index}.minutes`, "Who was not there has no minutes.");
    }
    return { ...mark, minutes };
  });
  const found = await runOfSession(db, call, sessionId);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "attendance.mark", input, AttendanceMarked, () =>
      writeMarks(tx, call, "attendance.mark", { sessionId, ...found }, marks),
    ),
  );
}
