import {
  DiscountChangeInput,
  DiscountCreateInput,
  DiscountDeactivateInput,
  DiscountDetail,
  DiscountsListInput,
  DiscountsListOutput,
} from "@lectern/contract/discounts";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, staffProcedure } from "../../trpc/procedures.ts";
import { changeDiscount, deactivateDiscount } from "./change-discount.ts";
import { createDiscount } from "./create-discount.ts";
import { listDiscounts } from "./list-discounts.ts";

export const discountsRouter = router({
  /** Newest first. */
  list: staffProcedure("discounts.read")
    .input(DiscountsListInput)
    .output(DiscountsListOutput)
    .query((opts) => listDiscounts(opts.ctx.db, callOf(opts), opts.input)),

  create: staffProcedure("discounts.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(DiscountCreateInput)
    .output(DiscountDetail)
    .mutation((opts) => createDiscount(opts.ctx.db, callOf(opts), opts.input)),

  /** Changes what is given, and leaves the rest. */
  change: staffProcedure("discounts.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(DiscountChangeInput)
    .output(DiscountDetail)
    .mutation((opts) => changeDiscount(opts.ctx.db, callOf(opts), opts.input)),

  /** From now on nobody can use the code; bookings that did keep their prices. */
  deactivate: staffProcedure("discounts.write")
    .errors(mayFail("NotFound", "IdempotencyMismatch"))
    .input(DiscountDeactivateInput)
    .output(DiscountDetail)
    .mutation((opts) => deactivateDiscount(opts.ctx.db, callOf(opts), opts.input)),
});
