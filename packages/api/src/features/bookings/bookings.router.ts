import {
  BookingByReferenceInput,
  BookingCancelInput,
  BookingConfirmInput,
  BookingDetail,
  BookingHeld,
  BookingHoldInput,
} from "@lectern/contract/bookings";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, publicProcedure } from "../../trpc/procedures.ts";
import { cancelBooking } from "./cancel-booking.ts";
import { confirmBooking } from "./confirm-booking.ts";
import { findBooking } from "./find-booking.ts";
import { holdPlaces } from "./hold-places.ts";

export const bookingsRouter = router({
  /** Sets places of a run aside until a time. */
  hold: publicProcedure
    .errors(mayFail("NotFound", "SoldOut", "NotBookable", "IdempotencyMismatch"))
    .input(BookingHoldInput)
    .output(BookingHeld)
    .mutation((opts) => holdPlaces(opts.ctx.db, callOf(opts), opts.input)),

  /** Turns a hold into a confirmed booking; a hold that lapsed gets its places again if there are any. */
  confirm: publicProcedure
    .errors(mayFail("NotFound", "Conflict", "HoldExpired", "NotBookable", "IdempotencyMismatch"))
    .input(BookingConfirmInput)
    .output(BookingDetail)
    .mutation((opts) => confirmBooking(opts.ctx.db, callOf(opts), opts.input)),

  /** Gives the places of a booking back. */
  cancel: publicProcedure
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(BookingCancelInput)
    .output(BookingDetail)
    .mutation((opts) => cancelBooking(opts.ctx.db, callOf(opts), opts.input)),

  /** A booking, for whoever holds its key. */
  byReference: publicProcedure
    .errors(mayFail("NotFound"))
    .input(BookingByReferenceInput)
    .output(BookingDetail)
    .query((opts) => findBooking(opts.ctx.db, callOf(opts), opts.input)),
});
