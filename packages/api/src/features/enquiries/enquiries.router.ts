import {
  EnquiriesListInput,
  EnquiriesListOutput,
  EnquiryDetail,
  EnquiryMoveInput,
  EnquirySendInput,
  EnquirySent,
} from "@lectern/contract/enquiries";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, publicProcedure, staffProcedure } from "../../trpc/procedures.ts";
import { listEnquiries } from "./list-enquiries.ts";
import { moveEnquiry } from "./move-enquiry.ts";
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

  /** Moves an enquiry on to its next state. */
  move: staffProcedure("enquiries.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(EnquiryMoveInput)
    .output(EnquiryDetail)
    .mutation((opts) => moveEnquiry(opts.ctx.db, callOf(opts), opts.input)),
});
