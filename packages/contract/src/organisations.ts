import { z } from "zod";
import { BookingReference, OwnBooking } from "./bookings.ts";
import {
  CountryCode,
  CurrencyCode,
  Email,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  LocalDate,
  Money,
  PageInput,
  line,
  multiline,
  page,
  Version,
} from "./primitives.ts";
import { SignedMoney } from "./registrations.ts";
import { RunSummary } from "./runs.ts";
import { BookingStatus, OrganisationRole, PaymentState } from "./vocabulary.ts";

/** Organisations: companies that book for their people. */

/** So many domains one organisation can have. */
export const ORGANISATION_DOMAINS_MAX = 20;

/** Before the domain: where the record stands that shows whose a domain is. */
export const DOMAIN_RECORD_LABEL = "_lectern";

/** Of a mail address: `example.com`. In letters of the alphabet, as the DNS writes it. */
export const DomainName = z
  .string()
  .min(4)
  .max(253)
  .regex(
    /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/u,
    "use a domain such as example.com",
  );

const Details = z.object({
  name: line(200),
  country: CountryCode,
  /** In the register of companies of its country. */
  registrationNumber: line(50).nullable(),
  billingEmail: Email.nullable(),
  billingAddress: multiline(1000).nullable(),
});

export const OrganisationCreateInput = Details.partial({
  registrationNumber: true,
  billingEmail: true,
  billingAddress: true,
}).extend({ idempotencyKey: IdempotencyKey });

export const OrganisationUpdateInput = z.object({
  id: Id,
  version: Version,
  /** What is left out stays as it is. */
  changes: Details.partial(),
  idempotencyKey: IdempotencyKey,
});

export const OrganisationVersionInput = z.object({
  id: Id,
  version: Version,
  idempotencyKey: IdempotencyKey,
});

export const OrganisationsListInput = PageInput.extend({
  /** A part of the name, of a domain or of the registration number. */
  query: line(200).nullish(),
  /** Those that were archived, too. */
  withArchived: z.boolean().default(false),
});

export const OrganisationListItem = z.object({
  id: Id,
  name: line(200),
  country: CountryCode,
  registrationNumber: z.string().max(50).nullable(),
  members: z.int().min(0),
  archivedAt: Instant.nullable(),
});
/** In the order of their names. */
export const OrganisationsList = page(OrganisationListItem);

/** A domain of an organisation, and what has to stand in the DNS for it to be one. */
export const OrganisationDomain = z.object({
  id: Id,
  domain: DomainName,
  /** The name and the text of the TXT record. */
  recordName: z.string().max(300),
  recordValue: z.string().max(200),
  /** `null`: not yet. */
  verifiedAt: Instant.nullable(),
  /** When the record was looked for last. */
  checkedAt: Instant.nullable(),
});
export type OrganisationDomain = z.infer<typeof OrganisationDomain>;

export const OrganisationByIdInput = z.object({ id: Id });

export const OrganisationDetail = Details.extend({
  id: Id,
  version: Version,
  members: z.int().min(0),
  domains: z.array(OrganisationDomain).max(ORGANISATION_DOMAINS_MAX),
  createdAt: Instant,
  archivedAt: Instant.nullable(),
});
export type OrganisationDetail = z.infer<typeof OrganisationDetail>;

export const OrganisationMembersInput = PageInput.extend({ organisationId: Id });
export const OrganisationMember = z.object({
  personId: Id,
  name: line(200),
  email: Email,
  role: OrganisationRole,
  since: Instant,
  isSuspended: z.boolean(),
});
/** In the order of their names. */
export const OrganisationMembers = page(OrganisationMember);

export const OrganisationChangeRoleInput = z.object({
  organisationId: Id,
  personId: Id,
  role: OrganisationRole,
  idempotencyKey: IdempotencyKey,
});
export const OrganisationRemoveMemberInput = z.object({
  organisationId: Id,
  personId: Id,
  idempotencyKey: IdempotencyKey,
});

/** What somebody is in an organisation; `null`: nothing any more. */
export const MembershipChanged = z.object({
  organisationId: Id,
  personId: Id,
  role: OrganisationRole.nullable(),
});
export type MembershipChanged = z.infer<typeof MembershipChanged>;

/** To join or to leave one, for oneself. */
export const OrganisationOwnInput = z.object({
  organisationId: Id,
  idempotencyKey: IdempotencyKey,
});

export const OrganisationInviteInput = z.object({
  organisationId: Id,
  name: line(200),
  email: Email,
  role: OrganisationRole,
  /** Of the mail to somebody who has no account; left out: English. An account has its own. */
  language: LanguageTag.nullish(),
  idempotencyKey: IdempotencyKey,
});
export const OrganisationInvitation = z.object({
  id: Id,
  name: line(200),
  email: Email,
  role: OrganisationRole,
  invitedAt: Instant,
  expiresAt: Instant,
});
export type OrganisationInvitation = z.infer<typeof OrganisationInvitation>;
export const OrganisationInvitationsInput = PageInput.extend({ organisationId: Id });
/** Those that are still good, the newest first. */
export const OrganisationInvitations = page(OrganisationInvitation);
export const OrganisationWithdrawInvitationInput = z.object({
  organisationId: Id,
  id: Id,
  idempotencyKey: IdempotencyKey,
});
export const InvitationWithdrawn = z.object({ id: Id });

export const OrganisationAddDomainInput = z.object({
  organisationId: Id,
  domain: DomainName,
  idempotencyKey: IdempotencyKey,
});
export const OrganisationDomainInput = z.object({
  organisationId: Id,
  domainId: Id,
  idempotencyKey: IdempotencyKey,
});
/** What was found in the DNS. */
export const DOMAIN_CHECKS = ["verified", "record_missing", "lookup_failed"] as const;
export const DomainChecked = z.object({
  outcome: z.enum(DOMAIN_CHECKS),
  domain: OrganisationDomain,
});
export type DomainChecked = z.infer<typeof DomainChecked>;
export const DomainRemoved = z.object({ domainId: Id });

/** Organisations that somebody can join by the domain of their address: most often one. */
export const OrganisationsJoinable = z.object({
  items: z.array(z.object({ id: Id, name: line(200), domain: DomainName })).max(20),
});

/** What concerns one organisation, a page at a time. */
export const OrganisationPageInput = PageInput.extend({ organisationId: Id });

/** Which places of an organisation are listed. */
export const SEATS_SHOWN = ["unnamed", "named", "all"] as const;
export const OrganisationSeatsInput = OrganisationPageInput.extend({
  show: z.enum(SEATS_SHOWN).default("unnamed"),
});

/** A place of a confirmed booking, on a date to come. */
export const OrganisationSeat = z.object({
  registrationId: Id,
  reference: BookingReference,
  position: z.int().min(1),
  run: RunSummary,
  /** Who booked it. */
  booker: z.object({ name: line(200), email: Email }).nullable(),
  /** Who comes; `null`: nobody is named yet. */
  learner: z.object({ name: line(200), email: Email }).nullable(),
  /** Booked by whoever asks. */
  isOwn: z.boolean(),
});
/** The soonest first; and how many there are, whichever are shown. */
export const OrganisationSeats = page(OrganisationSeat).extend({
  named: z.int().min(0),
  unnamed: z.int().min(0),
});

export const OrganisationBookingsInput = OrganisationPageInput.extend({
  status: BookingStatus.nullish(),
});
/** The bookings of an organisation, whoever made them, the newest first. */
export const OrganisationBookings = page(
  OwnBooking.extend({
    /** Who was asked to approve it. */
    approver: z.object({ name: line(200), email: Email }).nullable(),
    isOwn: z.boolean(),
  }),
);

export const OrganisationStatementInput = OrganisationPageInput.extend({
  /** Booked from this day on, and until that one, in UTC; left out: whenever. */
  from: LocalDate.nullish(),
  until: LocalDate.nullish(),
});

/** The private runs of an organisation that have not begun, the soonest first; they can be booked by its bookers. */
export const OrganisationPrivateRuns = page(RunSummary);

/** What one booking comes to: what it costs, fees included, what was paid, and what is still open. */
export const StatementItem = z.object({
  reference: BookingReference,
  run: RunSummary,
  status: BookingStatus,
  paymentState: PaymentState,
  /** Places that were neither cancelled nor moved. */
  places: z.int().min(0),
  purchaseOrder: z.string().max(100).nullable(),
  bookedAt: Instant,
  /** `null` where a price is on request, and so is what is open. */
  total: Money.nullable(),
  /** In the currency of the booking; `null` where it has none, and nothing was paid. */
  paid: SignedMoney.nullable(),
  /** Below zero: the academy owes it. */
  open: SignedMoney.nullable(),
});
/**
 * The account of an organisation: the bookings that it made and confirmed, the newest first, and what they
 * come to in each currency. Of bookings, not of invoices: those that have no price yet do not count.
 */
export const OrganisationStatement = page(StatementItem).extend({
  totals: z
    .array(
      z.object({
        currency: CurrencyCode,
        total: z.int(),
        paid: z.int(),
        open: z.int(),
      }),
    )
    .max(200),
  /** Bookings whose price is on request. */
  withoutPrice: z.int().min(0),
});
