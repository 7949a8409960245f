import {
  PriceQuote,
  PriceQuoteInput,
  PricesByRunInput,
  PricesSetInput,
  RunPrices,
} from "@lectern/contract/price-lists";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, publicProcedure, scopedProcedure } from "../../trpc/procedures.ts";
import { quoteRun } from "./quote-run.ts";
import { findPrices } from "./read-prices.ts";
import { setPrices } from "./set-prices.ts";

export const pricesRouter = router({
  /** What places of a run would cost now, and why. */
  quote: publicProcedure
    .errors(mayFail("NotFound", "DiscountNotUsable"))
    .input(PriceQuoteInput)
    .output(PriceQuote)
    .query((opts) => quoteRun(opts.ctx.db, callOf(opts), opts.input)),

  /** A run's price list. */
  byRun: scopedProcedure("runs.read")
    .errors(mayFail("NotFound"))
    .input(PricesByRunInput)
    .output(RunPrices)
    .query((opts) => findPrices(opts.ctx.db, callOf(opts), opts.input)),

  /** Replaces a run's price list. */
  set: scopedProcedure("runs.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(PricesSetInput)
    .output(RunPrices)
    .mutation((opts) => setPrices(opts.ctx.db, callOf(opts), opts.input)),
});
