import type { MailKind } from "@lectern/contract/vocabulary";
import {
  accountSuspended,
  accountsMerged,
  alreadyRegistered,
  emailChangeAsked,
  emailChanged,
  erasureAsked,
  erasureDone,
  exportReady,
  factorsChanged,
  invited,
  passwordChanged,
  passwordReset,
  signedIn,
  verificationAsked,
} from "./about-accounts.ts";
import {
  approvalRefused,
  approvalRequested,
  bookingCancelled,
  bookingConfirmed,
  holdExpiring,
} from "./about-bookings.ts";
import { latePaymentForStaff, latePaymentPending, latePaymentSeated } from "./about-payments.ts";
import { quoteAccepted, quoteAnswered, quoteSent, quoteWithdrawn } from "./about-quotes.ts";
import { offerLapsed, offerMade, waitlistClosed, waitlistJoined } from "./about-queue.ts";
import {
  claimLinkSent,
  learnerNamed,
  registrationCancelled,
  registrationTransferred,
  reminded,
} from "./about-registrations.ts";
import { runMessageWritten } from "./about-messages.ts";
import { runCancelled, runConfirmed, runRescheduled, runUndecided } from "./about-runs.ts";
import type { Gather } from "./mail-draft.ts";

/** Who is told of what, by the kind of mail: the table of `tell`, as code. */
export const GATHER: Readonly<Record<MailKind, Gather>> = {
  booking_confirmed: bookingConfirmed,
  approval_requested: approvalRequested,
  approval_refused: approvalRefused,
  hold_expiring: holdExpiring,
  booking_cancelled: bookingCancelled,
  registration_cancelled: registrationCancelled,
  registration_transferred: registrationTransferred,
  learner_named: learnerNamed,
  claim_link: claimLinkSent,
  offer: offerMade,
  waitlist_joined: waitlistJoined,
  offer_lapsed: offerLapsed,
  waitlist_closed: waitlistClosed,
  run_cancelled: runCancelled,
  run_rescheduled: runRescheduled,
  run_confirmed: runConfirmed,
  run_undecided: runUndecided,
  run_message: runMessageWritten,
  reminder: reminded,
  late_payment_seated: latePaymentSeated,
  late_payment_pending: latePaymentPending,
  late_payment_staff: latePaymentForStaff,
  quote: quoteSent,
  quote_accepted: quoteAccepted,
  quote_withdrawn: quoteWithdrawn,
  quote_answered: quoteAnswered,
  verify_email: verificationAsked,
  already_registered: alreadyRegistered,
  reset_password: passwordReset,
  password_changed: passwordChanged,
  email_change_asked: emailChangeAsked,
  email_changed: emailChanged,
  new_sign_in: signedIn,
  factors_changed: factorsChanged,
  invitation: invited,
  account_suspended: accountSuspended,
  accounts_merged: accountsMerged,
  export_ready: exportReady,
  erasure_asked: erasureAsked,
  erasure_done: erasureDone,
};
