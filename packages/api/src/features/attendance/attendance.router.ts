import {
  AttendanceByRun,
  AttendanceByRunInput,
  AttendanceClearInput,
  AttendanceMarkInput,
  AttendanceMarked,
} from "@lectern/contract/attendance";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, scopedProcedure } from "../../trpc/procedures.ts";
import { clearAttendance } from "./clear-attendance.ts";
import { listAttendance } from "./list-attendance.ts";
import { markAttendance } from "./mark-attendance.ts";

export const attendanceRouter = router({
  /** Who was there, for a run or one of its sessions. */
  byRun: scopedProcedure("runs.roster")
    .errors(mayFail("NotFound"))
    .input(AttendanceByRunInput)
    .output(AttendanceByRun)
    .query((opts) => listAttendance(opts.ctx.db, callOf(opts), opts.input)),

  /** Marks who is there: each mark is made or refused by itself. */
  mark: scopedProcedure("attendance.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(AttendanceMarkInput)
    .output(AttendanceMarked)
    .mutation((opts) => markAttendance(opts.ctx.db, callOf(opts), opts.input)),

  /** Takes marks back. */
  clear: scopedProcedure("attendance.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(AttendanceClearInput)
    .output(AttendanceMarked)
    .mutation((opts) => clearAttendance(opts.ctx.db, callOf(opts), opts.input)),
});
