import {
  EnquiriesCountInput,
  EnquiriesCounts,
  EnquiriesListInput,
  EnquiriesListOutput,
  EnquiryByIdInput,
  EnquiryDetail,
  EnquiryForStaff,
  EnquiryMoveInput,
  EnquiryNoteInput,
  EnquirySendInput,
  EnquirySent,
} from "@lectern/contract/enquiries";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, publicProcedure, staffProcedure } from "../../trpc/procedures.ts";
import { countEnquiries } from "./count-enquiries.ts";
import { findEnquiry } from "./find-enquiry.ts";
import { listEnquiries } from "./list-enquiries.ts";
import { moveEnquiry } from "./move-enquiry.ts";
import { noteEnquiry } from "./note-enquiry.ts";
import { sendEnquiry } from "./send-enquiry.ts";

export const enquiriesRouter = router({
  /** A question from the site: contact, company or private course. */
  send: publicProcedure
    .errors(mayFail("NotFound", "IdempotencyMismatch"))
    .input(EnquirySendInput)
    .output(EnquirySent)
    .mutation((opts) => sendEnquiry(opts.ctx.db, callOf(opts), opts.input)),

  /** Newest first. */
  list: staffProcedure("enquiries.read")
    .input(EnquiriesListInput)
    .output(EnquiriesListOutput)
    .query((opts) => listEnquiries(opts.ctx.db, callOf(opts), opts.input)),

  /** How many are in each state, narrowed like the list. */
  counts: staffProcedure("enquiries.read")
    .input(EnquiriesCountInput)
    .output(EnquiriesCounts)
    .query((opts) => countEnquiries(opts.ctx.db, opts.input)),

  /** One with its note, its quotes, and what happened to it. */
  byId: staffProcedure("enquiries.read")
    .errors(mayFail("NotFound"))
    .input(EnquiryByIdInput)
    .output(EnquiryForStaff)
    .query((opts) => findEnquiry(opts.ctx.db, callOf(opts), opts.input)),

  /** Writes staff's note down. */
  note: staffProcedure("enquiries.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(EnquiryNoteInput)
    .output(EnquiryDetail)
    .mutation((opts) => noteEnquiry(opts.ctx.db, callOf(opts), opts.input)),

  /** Moves an enquiry on to its next state. */
  move: staffProcedure("enquiries.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(EnquiryMoveInput)
    .output(EnquiryDetail)
    .mutation((opts) => moveEnquiry(opts.ctx.db, callOf(opts), opts.input)),
});
