import { ImportOutput } from "@lectern/contract/courses";
import {
  RunByIdInput,
  RunCancelInput,
  RunCapacity,
  RunChangeCapacityInput,
  RunChanged,
  RunDetail,
  RunExportInput,
  RunExportOutput,
  RunImportInput,
  RunRescheduleInput,
  RunScheduleInput,
  RunsUpcomingInput,
  RunsUpcomingOutput,
  SchedulingOptions,
} from "@lectern/contract/runs";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, publicProcedure, staffProcedure } from "../../trpc/procedures.ts";
import { cancelRun } from "./cancel-run.ts";
import { changeCapacity } from "./change-capacity.ts";
import { exportRuns } from "./export-runs.ts";
import { findRun } from "./find-run.ts";
import { importRuns } from "./import-runs.ts";
import { listSchedulingOptions } from "./list-scheduling-options.ts";
import { listUpcomingRuns } from "./list-upcoming-runs.ts";
import { rescheduleRun } from "./reschedule-run.ts";
import { scheduleRun } from "./schedule-run.ts";

export const runsRouter = router({
  /** Public runs that have not begun, soonest first. */
  upcoming: publicProcedure
    .input(RunsUpcomingInput)
    .output(RunsUpcomingOutput)
    .query((opts) => listUpcomingRuns(opts.ctx.db, callOf(opts), opts.input)),

  /** One public run with its sessions and the places left. */
  byId: publicProcedure
    .errors(mayFail("NotFound"))
    .input(RunByIdInput)
    .output(RunDetail)
    .query((opts) => findRun(opts.ctx.db, callOf(opts), opts.input)),

  /** Venues, rooms and instructors to choose from. */
  options: staffProcedure("runs.read")
    .output(SchedulingOptions)
    .query((opts) => listSchedulingOptions(opts.ctx.db, callOf(opts))),

  schedule: staffProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict", "ScheduleConflict", "IdempotencyMismatch"))
    .input(RunScheduleInput)
    .output(RunChanged)
    .mutation((opts) => scheduleRun(opts.ctx.db, callOf(opts), opts.input)),

  reschedule: staffProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict", "ScheduleConflict"))
    .input(RunRescheduleInput)
    .output(RunChanged)
    .mutation((opts) => rescheduleRun(opts.ctx.db, callOf(opts), opts.input)),

  cancel: staffProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict"))
    .input(RunCancelInput)
    .output(RunChanged)
    .mutation((opts) => cancelRun(opts.ctx.db, callOf(opts), opts.input)),

  changeCapacity: staffProcedure("runs.write")
    .errors(mayFail("NotFound", "CapacityBelowTaken"))
    .input(RunChangeCapacityInput)
    .output(RunCapacity)
    .mutation((opts) => changeCapacity(opts.ctx.db, callOf(opts), opts.input)),

  /** Takes in a batch of records whose courses are there already. */
  import: staffProcedure("catalogue.import")
    .input(RunImportInput)
    .output(ImportOutput)
    .mutation((opts) => importRuns(opts.ctx.db, callOf(opts), opts.input)),

  export: staffProcedure("catalogue.export")
    .input(RunExportInput)
    .output(RunExportOutput)
    .query((opts) => exportRuns(opts.ctx.db, callOf(opts), opts.input)),
});
