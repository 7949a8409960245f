import {
  QuoteAcceptInput,
  QuoteAccepted,
  QuoteByIdInput,
  QuoteCopyInput,
  QuoteCreateInput,
  QuoteDeclineInput,
  QuoteDeclined,
  QuoteDetail,
  QuoteDiscardInput,
  QuoteDiscarded,
  QuoteForCustomer,
  QuoteProof,
  QuoteSendInput,
  QuoteUpdateInput,
  QuoteWithdrawInput,
  QuotesList,
  QuotesListInput,
} from "@lectern/contract/quotes";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, provenProcedure, staffProcedure } from "../../trpc/procedures.ts";
import { acceptQuote } from "./accept-quote.ts";
import { copyQuote } from "./copy-quote.ts";
import { createQuote } from "./create-quote.ts";
import { declineQuote } from "./decline-quote.ts";
import { discardQuote } from "./discard-quote.ts";
import { findQuoteForCustomer } from "./find-quote-for-customer.ts";
import { listQuotes } from "./list-quotes.ts";
import { readQuote } from "./read-quote.ts";
import { sendQuote } from "./send-quote.ts";
import { updateQuote } from "./update-quote.ts";
import { withdrawQuote } from "./withdraw-quote.ts";

/** What can be in the way of a change of staff's. */
const mayNotChange = mayFail("NotFound", "Conflict", "IdempotencyMismatch");

export const quotesRouter = router({
  /** Quotes, the newest first. */
  list: staffProcedure("enquiries.read")
    .input(QuotesListInput)
    .output(QuotesList)
    .query((opts) => listQuotes(opts.ctx.db, callOf(opts), opts.input)),

  /** One, as staff work with it. */
  byId: staffProcedure("enquiries.read")
    .errors(mayFail("NotFound"))
    .input(QuoteByIdInput)
    .output(QuoteDetail)
    .query((opts) => readQuote(opts.ctx.db, callOf(opts), opts.input.id)),

  /** Begins a draft for an enquiry. */
  create: staffProcedure("enquiries.write")
    .errors(mayNotChange)
    .input(QuoteCreateInput)
    .output(QuoteDetail)
    .mutation((opts) => createQuote(opts.ctx.db, callOf(opts), opts.input)),

  /** Changes a draft; of what was sent, staff's note alone. */
  update: staffProcedure("enquiries.write")
    .errors(mayNotChange)
    .input(QuoteUpdateInput)
    .output(QuoteDetail)
    .mutation((opts) => updateQuote(opts.ctx.db, callOf(opts), opts.input)),

  /** Sends a draft to its recipient. */
  send: staffProcedure("enquiries.write")
    .errors(mayFail("NotFound", "Conflict", "NotBookable", "IdempotencyMismatch"))
    .input(QuoteSendInput)
    .output(QuoteDetail)
    .mutation((opts) => sendQuote(opts.ctx.db, callOf(opts), opts.input)),

  /** Ends one that was sent, before its day. */
  withdraw: staffProcedure("enquiries.write")
    .errors(mayNotChange)
    .input(QuoteWithdrawInput)
    .output(QuoteDetail)
    .mutation((opts) => withdrawQuote(opts.ctx.db, callOf(opts), opts.input)),

  /** Deletes a draft. */
  discard: staffProcedure("enquiries.write")
    .errors(mayNotChange)
    .input(QuoteDiscardInput)
    .output(QuoteDiscarded)
    .mutation((opts) => discardQuote(opts.ctx.db, callOf(opts), opts.input)),

  /** Begins a draft that says the same as another quote. */
  copy: staffProcedure("enquiries.write")
    .errors(mayNotChange)
    .input(QuoteCopyInput)
    .output(QuoteDetail)
    .mutation((opts) => copyQuote(opts.ctx.db, callOf(opts), opts.input)),

  /** One, for whoever has its link. */
  byKey: provenProcedure({ key: "quote" })
    .errors(mayFail("NotFound"))
    .input(QuoteProof)
    .output(QuoteForCustomer)
    .query((opts) => findQuoteForCustomer(opts.ctx.db, callOf(opts), opts.input)),

  /** Sets its places aside at the agreed price, as a booking that is yet to be confirmed. */
  accept: provenProcedure({ key: "quote" })
    .errors(mayFail("NotFound", "Conflict", "SoldOut", "NotBookable", "IdempotencyMismatch"))
    .input(QuoteAcceptInput)
    .output(QuoteAccepted)
    .mutation((opts) => acceptQuote(opts.ctx.db, callOf(opts), opts.input)),

  decline: provenProcedure({ key: "quote" })
    .errors(mayNotChange)
    .input(QuoteDeclineInput)
    .output(QuoteDeclined)
    .mutation((opts) => declineQuote(opts.ctx.db, callOf(opts), opts.input)),
});
