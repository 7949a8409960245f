import {
  BookingForStaff,
  BookingForStaffInput,
  BookingHistory,
  BookingHistoryInput,
  BookingMailsInput,
  BookingResendInput,
  BookingResent,
  BookingsFound,
  BookingsSearchInput,
} from "@lectern/contract/booking-office";
import {
  BookingApproval,
  BookingApprovalInput,
  BookingApproveInput,
  BookingProof,
  BookingCancelInput,
  BookingConfirmInput,
  BookingDetail,
  BookingHeld,
  BookingHoldInput,
  BookingRefuseInput,
  BookingStartPaymentInput,
  BookingsList,
  BookingsListInput,
  LatePayments,
  LatePaymentsInput,
  OwnBookings,
  PaymentRecordInput,
  PaymentRecorded,
  PaymentResolveInput,
} from "@lectern/contract/bookings";
import { MailListOutput } from "@lectern/contract/mail";
import { PageInput } from "@lectern/contract/primitives";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import {
  callOf,
  publicProcedure,
  provenProcedure,
  scopedProcedure,
  signedInProcedure,
  staffProcedure,
} from "../../trpc/procedures.ts";
import { approveBooking } from "./approvals/approve-booking.ts";
import { findApproval } from "./approvals/find-approval.ts";
import { refuseBooking } from "./approvals/refuse-booking.ts";
import { cancelBooking } from "./cancel-booking.ts";
import { confirmBooking } from "./confirm-booking.ts";
import { findBookingForStaff } from "./find-booking-for-staff.ts";
import { findBooking } from "./find-booking.ts";
import { holdPlaces } from "./hold-places.ts";
import { listBookingHistory } from "./list-booking-history.ts";
import { listBookingMails } from "./list-booking-mails.ts";
import { listBookings } from "./list-bookings.ts";
import { listOwnBookings } from "./list-own-bookings.ts";
import { listLatePayments } from "./payments/list-late-payments.ts";
import { recordPayment } from "./payments/record-payment.ts";
import { resolvePayment } from "./payments/resolve-payment.ts";
import { resendConfirmation } from "./resend-confirmation.ts";
import { searchBookings } from "./search-bookings.ts";
import { startPayment } from "./start-payment.ts";

/** What can be in the way of making places one's own. */
const mayNotConfirm = mayFail(
  "NotFound",
  "Conflict",
  "HoldExpired",
  "NotBookable",
  "TooManyPlaces",
  "DiscountNotUsable",
  "Forbidden",
  "IdempotencyMismatch",
);

export const bookingsRouter = router({
  /** Sets places of a run aside until a time. */
  hold: publicProcedure
    .errors(
      mayFail(
        "NotFound",
        "SoldOut",
        "NotBookable",
        "TooManyPlaces",
        "DiscountNotUsable",
        "IdempotencyMismatch",
      ),
    )
    .input(BookingHoldInput)
    .output(BookingHeld)
    .mutation((opts) => holdPlaces(opts.ctx.db, callOf(opts), opts.input)),

  /**
   * Turns a hold into a booking that is paid by invoice, or that waits for its company's approval; a hold
   * that lapsed gets its places again if there are any.
   */
  confirm: provenProcedure({ key: "booking" })
    .errors(mayNotConfirm)
    .input(BookingConfirmInput)
    .output(BookingDetail)
    .mutation((opts) => confirmBooking(opts.ctx.db, callOf(opts), opts.input)),

  /** Writes down who books, and extends the hold, once, for the time that paying takes. */
  startPayment: provenProcedure({ key: "booking" })
    .errors(mayNotConfirm)
    .input(BookingStartPaymentInput)
    .output(BookingDetail)
    .mutation((opts) => startPayment(opts.ctx.db, callOf(opts), opts.input)),

  /** Gives the places of a booking back. */
  cancel: provenProcedure({ key: "booking", isOwners: true, permission: "bookings.cancel.any" })
    .errors(mayFail("NotFound", "Conflict", "Forbidden", "IdempotencyMismatch"))
    .input(BookingCancelInput)
    .output(BookingDetail)
    .mutation((opts) => cancelBooking(opts.ctx.db, callOf(opts), opts.input)),

  /** A booking, for whoever holds its key, and for staff. */
  byReference: provenProcedure({ key: "booking", isOwners: true, permission: "bookings.read.any" })
    .errors(mayFail("NotFound"))
    .input(BookingProof)
    .output(BookingDetail)
    .query((opts) => findBooking(opts.ctx.db, callOf(opts), opts.input)),

  /** A booking that waits for approval, for whoever was asked for it, who manages its company, and staff. */
  approval: provenProcedure({ key: "approval", permission: "bookings.change.any" })
    .errors(mayFail("NotFound"))
    .input(BookingApprovalInput)
    .output(BookingApproval)
    .query((opts) => findApproval(opts.ctx.db, callOf(opts), opts.input)),

  approve: provenProcedure({ key: "approval", permission: "bookings.change.any" })
    .errors(mayNotConfirm)
    .input(BookingApproveInput)
    .output(BookingApproval)
    .mutation((opts) => approveBooking(opts.ctx.db, callOf(opts), opts.input)),

  refuse: provenProcedure({ key: "approval", permission: "bookings.change.any" })
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(BookingRefuseInput)
    .output(BookingApproval)
    .mutation((opts) => refuseBooking(opts.ctx.db, callOf(opts), opts.input)),

  /** One's own bookings, the newest first. */
  mine: signedInProcedure()
    .input(PageInput)
    .output(OwnBookings)
    .query((opts) =>
      listOwnBookings(opts.ctx.db, opts.ctx.actor.id, opts.ctx.language, opts.input),
    ),

  /** Bookings, the newest first. */
  list: scopedProcedure("bookings.read.any")
    .input(BookingsListInput)
    .output(BookingsList)
    .query((opts) => listBookings(opts.ctx.db, opts.ctx.reach, opts.input)),

  /** The same as staff look for them, with what they are for. */
  search: scopedProcedure("bookings.read.any")
    .input(BookingsSearchInput)
    .output(BookingsFound)
    .query((opts) => searchBookings(opts.ctx.db, opts.ctx.reach, opts.ctx.language, opts.input)),

  /** One as staff work with it, whatever its state. */
  forStaff: scopedProcedure("bookings.read.any")
    .errors(mayFail("NotFound"))
    .input(BookingForStaffInput)
    .output(BookingForStaff)
    .query((opts) => findBookingForStaff(opts.ctx.db, callOf(opts), opts.input)),

  /** What happened to one. */
  history: scopedProcedure("bookings.read.any")
    .errors(mayFail("NotFound"))
    .input(BookingHistoryInput)
    .output(BookingHistory)
    .query((opts) => listBookingHistory(opts.ctx.db, callOf(opts), opts.input)),

  /** Mails about one, for who may read mails. */
  mails: staffProcedure("mail.read")
    .errors(mayFail("NotFound"))
    .input(BookingMailsInput)
    .output(MailListOutput)
    .query((opts) => listBookingMails(opts.ctx.db, callOf(opts), opts.input)),

  /** Sends the confirmation, or what asks a company for approval, once more. */
  resend: scopedProcedure("bookings.change.any")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(BookingResendInput)
    .output(BookingResent)
    .mutation((opts) => resendConfirmation(opts.ctx.db, callOf(opts), opts.input)),

  /** Money that came in for a booking. */
  recordPayment: staffProcedure("payments.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(PaymentRecordInput)
    .output(PaymentRecorded)
    .mutation((opts) => recordPayment(opts.ctx.db, callOf(opts), opts.input)),

  /** Money that came too late and waits for a decision. */
  latePayments: scopedProcedure("bookings.read.any")
    .input(LatePaymentsInput)
    .output(LatePayments)
    .query((opts) => listLatePayments(opts.ctx.db, opts.ctx.reach, opts.input)),

  resolvePayment: staffProcedure("payments.write")
    .errors(mayFail("NotFound", "Conflict", "SoldOut", "IdempotencyMismatch"))
    .input(PaymentResolveInput)
    .output(PaymentRecorded)
    .mutation((opts) => resolvePayment(opts.ctx.db, callOf(opts), opts.input)),
});
