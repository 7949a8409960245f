import {
  RunJoinLinkSet,
  RunJoinLinks,
  RunJoinLinksInput,
  RunSetJoinLinkInput,
} from "@lectern/contract/calendar";
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
import {
  RunCancelPreview,
  RunCancelPreviewInput,
  RunForStaff,
  RunForStaffInput,
  RunHistory,
  RunHistoryInput,
  RunMessagePreview,
  RunMessageSent,
  RunMessagesInput,
  RunMessagesOutput,
  RunNeeds,
  RunNeedsInput,
  RunPreviewMessageInput,
  RunSendMessageInput,
  RunsTeachingInput,
  RunsTeachingOutput,
  RunsPrivateInput,
  RunsPrivateOutput,
} from "@lectern/contract/run-office";
import {
  ReschedulePreview,
  RunPreviewRescheduleInput,
  RunSeriesScheduled,
  RunsCalendarInput,
  RunsCalendarOutput,
  RunsPreviewSeriesInput,
  RunsScheduleSeriesInput,
  ScheduleCheck,
  ScheduleProposal,
  SeriesPreview,
} from "@lectern/contract/scheduling";
import { RunsConflictsInput, RunsConflictsOutput } from "@lectern/contract/today";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import {
  callOf,
  publicProcedure,
  scopedProcedure,
  staffProcedure,
  signedInProcedure,
} from "../../trpc/procedures.ts";
import { resumable } from "../../trpc/resumable.ts";
import { listJoinLinks } from "../calendar/joining/list-join-links.ts";
import { setJoinLink } from "../calendar/joining/set-join-link.ts";
import { blockPlaces } from "./block-places.ts";
import { cancelRun } from "./cancel-run.ts";
import { checkSchedule } from "./check-schedule.ts";
import { changeCapacity } from "./change-capacity.ts";
import { confirmRun } from "./confirm-run.ts";
import { exportRuns } from "./export-runs.ts";
import { findInvitation } from "./find-invitation.ts";
import { findRun } from "./find-run.ts";
import { findRunForStaff } from "./find-run-for-staff.ts";
import { importRuns } from "./import-runs.ts";
import { listHistory } from "./list-history.ts";
import { listMessages } from "./list-messages.ts";
import { listCalendar } from "./list-calendar.ts";
import { listConflicts } from "./list-conflicts.ts";
import { listSchedulingOptions } from "./list-scheduling-options.ts";
import { listTeaching } from "./list-teaching.ts";
import { listUndecidedRuns } from "./list-undecided-runs.ts";
import { listUpcomingRuns } from "./list-upcoming-runs.ts";
import { listPrivateRuns } from "./list-private-runs.ts";
import { listRoster } from "./list-roster.ts";
import { previewCancelRun } from "./preview-cancel-run.ts";
import { previewMessage } from "./preview-message.ts";
import { previewReschedule } from "./preview-reschedule.ts";
import { previewSeries } from "./preview-series.ts";
import { readLedger } from "./read-ledger.ts";
import { readNeeds } from "./read-needs.ts";
import { rescheduleRun } from "./reschedule-run.ts";
import { scheduleSeries } from "./schedule-series.ts";
import { scheduleRun } from "./schedule-run.ts";
import { sendMessage } from "./send-message.ts";
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

  /** What the academy's calendar shows between two days. */
  calendar: scopedProcedure("runs.read")
    .input(RunsCalendarInput)
    .output(RunsCalendarOutput)
    .query((opts) => listCalendar(opts.ctx.db, opts.ctx.reach, opts.input)),

  /** What stands against a run as it is being planned, and what should be known. */
  checkSchedule: scopedProcedure("runs.write")
    .errors(mayFail("NotFound"))
    .input(ScheduleProposal)
    .output(ScheduleCheck)
    .query((opts) => checkSchedule(opts.ctx.db, callOf(opts), opts.input)),

  /** The same of each run of a series. */
  previewSeries: scopedProcedure("runs.write")
    .errors(mayFail("NotFound"))
    .input(RunsPreviewSeriesInput)
    .output(SeriesPreview)
    .query((opts) => previewSeries(opts.ctx.db, callOf(opts), opts.input)),

  /** Schedules the runs of a series, all or none. */
  scheduleSeries: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict", "ScheduleConflict", "IdempotencyMismatch"))
    .input(RunsScheduleSeriesInput)
    .output(RunSeriesScheduled)
    .mutation((opts) => scheduleSeries(opts.ctx.db, callOf(opts), opts.input)),

  /** Whom moving a run concerns, and what follows from it. */
  previewReschedule: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict", "ScheduleConflict"))
    .input(RunPreviewRescheduleInput)
    .output(ReschedulePreview)
    .query((opts) => previewReschedule(opts.ctx.db, callOf(opts), opts.input)),

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

  /** Private dates to come, found by a part of what they are called. */
  private: scopedProcedure("runs.read")
    .input(RunsPrivateInput)
    .output(RunsPrivateOutput)
    .query((opts) => listPrivateRuns(opts.ctx.db, opts.ctx.reach, opts.input)),

  /** Runs of the next days that something stands in the way of. */
  conflicts: scopedProcedure("runs.read")
    .input(RunsConflictsInput)
    .output(RunsConflictsOutput)
    .query((opts) => listConflicts(opts.ctx.db, opts.ctx.reach, opts.input)),

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

  /** One run as staff and those who teach it work with it. */
  forStaff: scopedProcedure("runs.read")
    .errors(mayFail("NotFound"))
    .input(RunForStaffInput)
    .output(RunForStaff)
    .query((opts) => findRunForStaff(opts.ctx.db, callOf(opts), opts.input)),

  /** Whom cancelling a run would concern. */
  previewCancel: scopedProcedure("runs.write")
    .errors(mayFail("NotFound"))
    .input(RunCancelPreviewInput)
    .output(RunCancelPreview)
    .query((opts) => previewCancelRun(opts.ctx.db, callOf(opts), opts.input)),

  /** What one teaches oneself. */
  teaching: signedInProcedure()
    .input(RunsTeachingInput)
    .output(RunsTeachingOutput)
    .query((opts) => listTeaching(opts.ctx.db, opts.ctx.actor.id, opts.input)),

  /** What those who come say that they need. */
  needs: scopedProcedure("attendance.write")
    .errors(mayFail("NotFound"))
    .input(RunNeedsInput)
    .output(RunNeeds)
    .query((opts) => readNeeds(opts.ctx.db, callOf(opts), opts.input)),

  /** What happened to a run, the newest first. */
  history: scopedProcedure("runs.read")
    .errors(mayFail("NotFound"))
    .input(RunHistoryInput)
    .output(RunHistory)
    .query((opts) => listHistory(opts.ctx.db, callOf(opts), opts.input)),

  /** A message to those who come, as they would get it, and how many they are. */
  previewMessage: scopedProcedure("runs.message")
    .errors(mayFail("NotFound"))
    .input(RunPreviewMessageInput)
    .output(RunMessagePreview)
    .query((opts) => {
      const { db, auth, browser } = opts.ctx;
      const letterhead = { academy: auth.academy, publicUrl: auth.publicUrl ?? browser.origin };
      return previewMessage(db, callOf(opts), letterhead, opts.input);
    }),

  /** Writes to those who come to a run. */
  sendMessage: scopedProcedure("runs.message")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(RunSendMessageInput)
    .output(RunMessageSent)
    .mutation((opts) => sendMessage(opts.ctx.db, callOf(opts), opts.input)),

  /** What was written to those who come, and what became of the mails. */
  messages: scopedProcedure("runs.message")
    .errors(mayFail("NotFound"))
    .input(RunMessagesInput)
    .output(RunMessagesOutput)
    .query((opts) => listMessages(opts.ctx.db, callOf(opts), opts.input)),

  /** What lets people book a private run. */
  invitation: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict"))
    .input(RunInvitationInput)
    .output(RunInvitation)
    .query((opts) => findInvitation(opts.ctx.db, callOf(opts), opts.input)),

  /** Says where a run meets online, or one of its sessions. */
  setJoinLink: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(RunSetJoinLinkInput)
    .output(RunJoinLinkSet)
    .mutation((opts) => setJoinLink(opts.ctx.db, callOf(opts), opts.input)),

  /** Where it meets, for whoever sets that. */
  joinLinks: scopedProcedure("runs.write")
    .errors(mayFail("NotFound"))
    .input(RunJoinLinksInput)
    .output(RunJoinLinks)
    .query((opts) => listJoinLinks(opts.ctx.db, callOf(opts), opts.input)),

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
