import { ImportOutput } from "@lectern/contract/courses";
import { RunInvitation, RunInvitationInput } from "@lectern/contract/invitations";
import { RunsWatchInput } from "@lectern/contract/live";
import {
  RunBlockChanged,
  RunBlockPlacesInput,
  RunByIdInput,
  RunCancelInput,
  RunCapacity,
  RunChangeCapacityInput,
  RunChanged,
  RunConfirmInput,
  RunDetail,
  RunExportInput,
  RunExportOutput,
  RunImportInput,
  RunLedger,
  RunLedgerInput,
  RunRescheduleInput,
  RunRoster,
  RunRosterInput,
  RunScheduleInput,
  RunSetOrganisationInput,
  RunUnblockPlacesInput,
  RunsUndecidedInput,
  RunsUndecidedOutput,
  RunsUpcomingInput,
  RunsUpcomingOutput,
  SchedulingOptions,
} from "@lectern/contract/runs";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, publicProcedure, scopedProcedure, staffProcedure } from "../../trpc/procedures.ts";
import { resumable } from "../../trpc/resumable.ts";
import { blockPlaces } from "./block-places.ts";
import { cancelRun } from "./cancel-run.ts";
import { changeCapacity } from "./change-capacity.ts";
import { confirmRun } from "./confirm-run.ts";
import { exportRuns } from "./export-runs.ts";
import { findInvitation } from "./find-invitation.ts";
import { findRun } from "./find-run.ts";
import { importRuns } from "./import-runs.ts";
import { listSchedulingOptions } from "./list-scheduling-options.ts";
import { listUndecidedRuns } from "./list-undecided-runs.ts";
import { listUpcomingRuns } from "./list-upcoming-runs.ts";
import { listRoster } from "./list-roster.ts";
import { readLedger } from "./read-ledger.ts";
import { rescheduleRun } from "./reschedule-run.ts";
import { scheduleRun } from "./schedule-run.ts";
import { setRunOrganisation } from "./set-organisation.ts";
import { unblockPlaces } from "./unblock-places.ts";
import { watchRuns } from "./watch-runs.ts";

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

  /** The places of public runs, now and as they change. */
  watch: publicProcedure
    .errors(mayFail("NotFound"))
    .input(RunsWatchInput)
    .subscription(async ({ ctx, input, signal }) =>
      resumable(await watchRuns(ctx.live, input, signal)),
    ),

  /** Venues, rooms and instructors to choose from. */
  options: scopedProcedure("runs.read")
    .output(SchedulingOptions)
    .query((opts) => listSchedulingOptions(opts.ctx.db, opts.ctx.reach)),

  schedule: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict", "ScheduleConflict", "IdempotencyMismatch"))
    .input(RunScheduleInput)
    .output(RunChanged)
    .mutation((opts) => scheduleRun(opts.ctx.db, callOf(opts), opts.input)),

  reschedule: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict", "ScheduleConflict", "IdempotencyMismatch"))
    .input(RunRescheduleInput)
    .output(RunChanged)
    .mutation((opts) => rescheduleRun(opts.ctx.db, callOf(opts), opts.input)),

  /** Says which company a private run is for. */
  setOrganisation: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(RunSetOrganisationInput)
    .output(RunChanged)
    .mutation((opts) => setRunOrganisation(opts.ctx.db, callOf(opts), opts.input)),

  cancel: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(RunCancelInput)
    .output(RunChanged)
    .mutation((opts) => cancelRun(opts.ctx.db, callOf(opts), opts.input)),

  /** Says that a tentative run takes place. */
  confirm: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(RunConfirmInput)
    .output(RunChanged)
    .mutation((opts) => confirmRun(opts.ctx.db, callOf(opts), opts.input)),

  /** Tentative runs about which somebody has to decide, most urgent first. */
  undecided: scopedProcedure("runs.read")
    .input(RunsUndecidedInput)
    .output(RunsUndecidedOutput)
    .query((opts) => listUndecidedRuns(opts.ctx.db, opts.ctx.reach, opts.input)),

  changeCapacity: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "CapacityBelowTaken", "IdempotencyMismatch"))
    .input(RunChangeCapacityInput)
    .output(RunCapacity)
    .mutation((opts) => changeCapacity(opts.ctx.db, callOf(opts), opts.input)),

  /** Keeps places back. */
  blockPlaces: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "SoldOut", "Conflict", "IdempotencyMismatch"))
    .input(RunBlockPlacesInput)
    .output(RunBlockChanged)
    .mutation((opts) => blockPlaces(opts.ctx.db, callOf(opts), opts.input)),

  unblockPlaces: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(RunUnblockPlacesInput)
    .output(RunBlockChanged)
    .mutation((opts) => unblockPlaces(opts.ctx.db, callOf(opts), opts.input)),

  /** Who has the places of a run: its counter, and the ledger behind it. */
  ledger: scopedProcedure("bookings.read.any")
    .errors(mayFail("NotFound"))
    .input(RunLedgerInput)
    .output(RunLedger)
    .query((opts) => readLedger(opts.ctx.db, callOf(opts), opts.input)),

  /** Who comes to a run, for those who teach it and for staff. */
  roster: scopedProcedure("runs.roster")
    .errors(mayFail("NotFound"))
    .input(RunRosterInput)
    .output(RunRoster)
    .query((opts) => listRoster(opts.ctx.db, callOf(opts), opts.input)),

  /** What lets people book a private run. */
  invitation: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict"))
    .input(RunInvitationInput)
    .output(RunInvitation)
    .query((opts) => findInvitation(opts.ctx.db, callOf(opts), opts.input)),

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
