import type { Money } from "@lectern/contract/primitives";
import type { DeliveryMode, MailKind } from "@lectern/contract/vocabulary";

/**
 * What mails speak of: plain values, read once. The words of each language make letters of them, so
 * that nothing here is a sentence.
 */

export interface Sitting {
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** The room, where it is not a virtual one. */
  readonly room: string | null;
}

export interface RunFacts {
  readonly title: string;
  readonly courseUrl: string;
  readonly deliveryMode: DeliveryMode;
  /** Name, street and city of the venue; `null` where there is none. */
  readonly place: string | null;
  /** Where whoever has a place comes in online, once a session begins: a page of the site, with the reader's own key. */
  readonly joinUrl: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** At least one, in their order. */
  readonly sittings: readonly Sitting[];
  /**
   * The IANA zone that its times are shown in: its own where people meet in a room, the reader's where
   * they sit at home.
   */
  readonly zone: string;
}

export interface SeatFacts {
  /** From 1 on, as the booking counts its places. */
  readonly position: number;
  /** Name of the learner; `null` for a place that nobody is named for. */
  readonly learner: string | null;
  /** Where a learner can be named; `null` where one is, or where it can't be done any more. */
  readonly claimUrl: string | null;
}

/** For the booker alone: it opens the booking. */
export interface BookingFacts {
  readonly reference: string;
  readonly url: string;
  readonly booker: string;
  readonly company: string | null;
  readonly purchaseOrder: string | null;
  readonly seats: readonly SeatFacts[];
  /** Of the places that are not cancelled; `null` for a price on request. */
  readonly total: Money | null;
  readonly expiresAt: Date | null;
}

/** What a learner may know of a booking: nothing that opens it. */
export interface LearnerFacts {
  readonly role: "learner";
  readonly reference: string;
  readonly bookedBy: string;
}

export interface BookerFacts {
  readonly role: "booker";
  readonly booking: BookingFacts;
}

export type Reader = BookerFacts | LearnerFacts;

/** What a change cost; `null` where there was no price, or nothing was written down. */
export interface CostFacts {
  readonly fee: Money | null;
  readonly refund: Money | null;
  /** Of a transfer: what is to be paid for the new date beyond what was paid for the old one. */
  readonly surcharge: Money | null;
}

export interface QueueFacts {
  readonly name: string;
  readonly quantity: number;
  readonly takesFewer: boolean;
  /** Counted from 1; `null` for who does not wait any more. */
  readonly position: number | null;
  readonly offered: number | null;
  readonly offerExpiresAt: Date | null;
  readonly url: string;
}

export interface PaymentFacts {
  readonly amount: Money;
  readonly receivedAt: Date;
  /** The payer's. */
  readonly reference: string;
}

/** For its recipient alone: it opens the quote. */
export interface QuoteFacts {
  readonly number: string;
  readonly url: string;
  readonly name: string;
  readonly company: string | null;
  readonly places: number;
  readonly unitPrice: Money;
  readonly total: Money;
  /** What staff wrote; `null`: nothing. */
  readonly message: string | null;
  /** The last moment at which it can be accepted. */
  readonly until: Date;
  /** The IANA zone of the academy, in which its last day is counted. */
  readonly zone: string;
}

export interface AboutRun {
  readonly run: RunFacts;
}

export interface AboutBooking extends AboutRun, BookerFacts {}

export interface AboutEntry extends AboutRun {
  readonly entry: QueueFacts;
}

export interface AboutQuote extends AboutRun {
  readonly quote: QuoteFacts;
}

export interface AboutPayment extends AboutBooking {
  readonly payment: PaymentFacts;
}

/** Somebody with an account. */
export interface AboutAccount {
  readonly name: string;
  /** The address that the letter speaks of: the account's, or the one that it is written to. */
  readonly email: string;
}

/** What a link that is good once is sent with. */
export interface AboutLink extends AboutAccount {
  readonly url: string;
  readonly expiresAt: Date;
  /** The IANA zone of whoever reads it. */
  readonly zone: string;
}

export interface AboutSecurity extends AboutAccount {
  /** Where people see how and from where they sign in. */
  readonly securityUrl: string;
}

/** What the mails of each kind speak of. */
export interface MailFacts {
  booking_confirmed: AboutBooking;
  approval_requested: AboutRun & {
    readonly url: string;
    readonly booking: Omit<BookingFacts, "url">;
    readonly approver: string;
  };
  approval_refused: AboutBooking & { readonly reason: string | null };
  hold_expiring: AboutBooking;
  booking_cancelled: AboutRun &
    Reader & { readonly cost: CostFacts; readonly reason: string | null };
  registration_cancelled: AboutRun &
    Reader & {
      /** The places that are cancelled. */
      readonly seats: readonly SeatFacts[];
      readonly cost: CostFacts;
      /** Somebody else comes instead of this learner. */
      readonly isReplaced: boolean;
    };
  registration_transferred: AboutRun &
    Reader & {
      /** The date that it was before. */
      readonly from: RunFacts | null;
      readonly cost: CostFacts;
    };
  learner_named: AboutRun & LearnerFacts & { readonly learner: string };
  /** To the booker, or to whom the booker has it sent. */
  claim_link: AboutRun & Reader & { readonly position: number; readonly claimUrl: string };
  offer: AboutEntry;
  waitlist_joined: AboutEntry;
  offer_lapsed: AboutEntry;
  waitlist_closed: AboutEntry;
  run_cancelled: AboutRun &
    Reader & {
      readonly reason: string | null;
      /** Whether another date or the money is still to be chosen. */
      readonly isAsked: boolean;
    };
  run_rescheduled: AboutRun & Reader & { readonly isAsked: boolean };
  run_confirmed: AboutBooking;
  run_undecided: AboutRun & {
    readonly runId: string;
    readonly decisionAt: Date | null;
    readonly taken: number;
    readonly minPlaces: number;
  };
  /** What staff wrote to those who come. */
  run_message: AboutRun & {
    readonly subject: string;
    /** Markdown. */
    readonly body: string;
    /** Name of whoever wrote it; `null` for a program. */
    readonly author: string | null;
    /** Whether an answer to it is read. */
    readonly isAnswered: boolean;
  };
  reminder: AboutRun & (LearnerFacts | (BookerFacts & { readonly isForOthers: boolean }));
  late_payment_seated: AboutPayment;
  late_payment_pending: AboutPayment;
  late_payment_staff: AboutRun & {
    readonly booking: Omit<BookingFacts, "url">;
    readonly payment: PaymentFacts;
  };
  quote: AboutQuote;
  quote_accepted: AboutQuote & {
    readonly booking: {
      readonly reference: string;
      readonly url: string;
      /** Until when the places are set aside. */
      readonly expiresAt: Date;
    };
  };
  quote_withdrawn: AboutRun & { readonly quote: Omit<QuoteFacts, "url"> };
  /** To staff. */
  quote_answered: AboutRun & {
    readonly quote: Omit<QuoteFacts, "url">;
    readonly isAccepted: boolean;
    /** Why it was declined, if they said. */
    readonly reason: string | null;
    /** Of the booking that it led to. */
    readonly reference: string | null;
    /** Where staff work with the enquiry. */
    readonly enquiryUrl: string;
  };
  verify_email: AboutLink;
  already_registered: AboutAccount & { readonly signInUrl: string; readonly resetUrl: string };
  reset_password: AboutLink;
  /** With where to choose another: whoever changed it may be somebody else. */
  password_changed: AboutSecurity & { readonly resetUrl: string };
  /** To the new address. */
  email_change_asked: AboutLink;
  /** To the old address, which opens nothing any more: so with where to write to. */
  email_changed: AboutSecurity & {
    /** Partly hidden. */
    readonly newEmail: string;
    readonly contactUrl: string;
  };
  new_sign_in: AboutSecurity & {
    readonly at: Date;
    readonly zone: string;
    /** What the browser calls itself. */
    readonly client: string | null;
    /** Where it is in the network. */
    readonly address: string | null;
  };
  factors_changed: AboutSecurity;
  invitation: AboutLink & {
    readonly inviter: string | null;
    /** Name of the organisation that they are invited to; `null` for the academy itself. */
    readonly organisation: string | null;
  };
  account_suspended: AboutAccount & {
    readonly reason: string | null;
    readonly contactUrl: string;
  };
  accounts_merged: AboutAccount & {
    /** Of the account that is no more, partly hidden. */
    readonly otherEmail: string;
    readonly contactUrl: string;
  };
  export_ready: AboutSecurity & {
    readonly url: string;
    readonly until: Date;
    readonly zone: string;
  };
  erasure_asked: AboutSecurity & {
    readonly url: string;
    readonly dueAt: Date;
    readonly zone: string;
  };
  /** Nothing of whom it is about: that was erased. */
  erasure_done: { readonly contactUrl: string };
}

/** A kind with the facts of its mails. */
export type MailContent = {
  [K in MailKind]: { readonly kind: K; readonly facts: MailFacts[K] };
}[MailKind];
