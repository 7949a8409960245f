import {
  DiscountByIdInput,
  DiscountChangeInput,
  DiscountCreateInput,
  DiscountDeactivateInput,
  DiscountDetail,
  DiscountListItem,
  DiscountUses,
  DiscountUsesInput,
  DiscountsListInput,
  DiscountsListOutput,
} from "@lectern/contract/discounts";
import { DiscountPreview, DiscountPreviewInput } from "@lectern/contract/price-lists";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, staffProcedure } from "../../trpc/procedures.ts";
import { changeDiscount, deactivateDiscount } from "./change-discount.ts";
import { createDiscount } from "./create-discount.ts";
import { listDiscountUses } from "./list-discount-uses.ts";
import { findDiscountForStaff, listDiscounts } from "./list-discounts.ts";
import { previewDiscount } from "./preview-discount.ts";

export const discountsRouter = router({
  /** Newest first. */
  list: staffProcedure("discounts.read")
    .input(DiscountsListInput)
    .output(DiscountsListOutput)
    .query((opts) => listDiscounts(opts.ctx.db, callOf(opts), opts.input)),

  byId: staffProcedure("discounts.read")
    .errors(mayFail("NotFound"))
    .input(DiscountByIdInput)
    .output(DiscountListItem)
    .query((opts) => findDiscountForStaff(opts.ctx.db, opts.input)),

  /** Which bookings used one, the newest first: those that the caller may read. */
  uses: staffProcedure("discounts.read")
    .errors(mayFail("NotFound"))
    .input(DiscountUsesInput)
    .output(DiscountUses)
    .query((opts) => listDiscountUses(opts.ctx.db, callOf(opts), opts.input)),

  /** What one would do to the price of a run, before it is made. */
  preview: staffProcedure("discounts.read")
    .errors(mayFail("NotFound"))
    .input(DiscountPreviewInput)
    .output(DiscountPreview)
    .query((opts) => previewDiscount(opts.ctx.db, opts.input)),

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
