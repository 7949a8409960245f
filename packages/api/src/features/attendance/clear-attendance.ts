import { type AttendanceClearInput, AttendanceMarked } from "@lectern/contract/attendance";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { runOfSession, writeMarks } from "./write-marks.ts";

/**
 * Takes marks back, as if nobody had been marked: an undo, mostly. As careful as marking.
 *
 * @throws as `markAttendance`
 */
export async function clearAttendance(
  db: Database,
  call: Call,
  input: z.infer<typeof AttendanceClearInput>,
): Promise<AttendanceMarked> {
  const { sessionId } = input;
  const found = await runOfSession(db, call, sessionId);
  const marks = input.marks.map((seen) => ({ ...seen, mark: null, minutes: null }));
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "attendance.clear", input, AttendanceMarked, () =>
      writeMarks(tx, call, "attendance.clear", { sessionId, ...found }, marks),
    ),
  );
}
