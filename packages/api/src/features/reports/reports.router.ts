import {
  BookingsReport,
  BookingsReportInput,
  CancellationsReport,
  CancellationsReportInput,
  DemandReport,
  DemandReportInput,
  EnquiriesReport,
  EnquiriesReportInput,
  OccupancyReport,
  OccupancyReportInput,
  ReportOptions,
} from "@lectern/contract/reports";
import { router } from "../../trpc/init.ts";
import { scopedProcedure, staffProcedure } from "../../trpc/procedures.ts";
import { listReportOptions } from "./list-report-options.ts";
import { reportBookings } from "./report-bookings.ts";
import { reportCancellations } from "./report-cancellations.ts";
import { reportDemand } from "./report-demand.ts";
import { reportEnquiries } from "./report-enquiries.ts";
import { reportOccupancy } from "./report-occupancy.ts";

export const reportsRouter = router({
  /** Topics and cities to choose from, and the academy's calendar. */
  options: scopedProcedure("reports.read")
    .output(ReportOptions)
    .query((opts) => listReportOptions(opts.ctx.db, opts.ctx.reach)),

  /** Bookings and revenue over time. */
  bookings: scopedProcedure("reports.read")
    .input(BookingsReportInput)
    .output(BookingsReport)
    .query((opts) => reportBookings(opts.ctx.db, opts.ctx.reach, opts.input)),

  /** How full runs are, by city and topic. */
  occupancy: scopedProcedure("reports.read")
    .input(OccupancyReportInput)
    .output(OccupancyReport)
    .query((opts) => reportOccupancy(opts.ctx.db, opts.ctx.reach, opts.input)),

  /** What people wait for, and what could have been sold. */
  demand: scopedProcedure("reports.read")
    .input(DemandReportInput)
    .output(DemandReport)
    .query((opts) => reportDemand(opts.ctx.db, opts.ctx.reach, opts.input)),

  /** What becomes of enquiries: of the whole academy, as they are about no country. */
  enquiries: staffProcedure("reports.read")
    .input(EnquiriesReportInput)
    .output(EnquiriesReport)
    .query((opts) => reportEnquiries(opts.ctx.db, opts.input)),

  /** What was cancelled, by whom and at what cost. */
  cancellations: scopedProcedure("reports.read")
    .input(CancellationsReportInput)
    .output(CancellationsReport)
    .query((opts) => reportCancellations(opts.ctx.db, opts.ctx.reach, opts.input)),
});
