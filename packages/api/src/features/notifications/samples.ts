import type { MailKind } from "@lectern/contract/vocabulary";
import type {
  AboutAccount,
  AboutLink,
  AboutSecurity,
  BookerFacts,
  BookingFacts,
  CostFacts,
  LearnerFacts,
  MailContent,
  MailFacts,
  PaymentFacts,
  QueueFacts,
  QuoteFacts,
  RunFacts,
} from "./letters/facts.ts";

/**
 * A mail of each kind with invented facts: for whoever edits a template and wants to see it, and for
 * tests of what all kinds have in common. The keys in its links open nothing.
 */

const SITE = "https://academy.example";
const KEY = "sample-key-that-opens-nothing-at-all-0000000";

/** Days around the change to summer time of 2027. */
const RUN: RunFacts = {
  title: "Kubernetes in Production",
  courseUrl: `${SITE}/courses/kubernetes-in-production`,
  deliveryMode: "classroom",
  place: "Lectern House, Storgata 1, Oslo",
  joinUrl: null,
  startsAt: new Date("2027-03-25T08:00:00Z"),
  endsAt: new Date("2027-03-29T14:00:00Z"),
  sittings: [
    sitting("2027-03-25T08:00:00Z", "2027-03-25T16:00:00Z"),
    sitting("2027-03-26T08:00:00Z", "2027-03-26T16:00:00Z"),
    sitting("2027-03-29T07:00:00Z", "2027-03-29T14:00:00Z"),
  ],
  zone: "Europe/Oslo",
};

const ONLINE: RunFacts = {
  ...RUN,
  deliveryMode: "virtual",
  place: null,
  joinUrl: `${SITE}/join#sample.1.${KEY}`,
  sittings: RUN.sittings.map((each) => ({ ...each, room: null })),
  zone: "America/New_York",
};

const BEFORE: RunFacts = {
  ...RUN,
  startsAt: new Date("2027-02-01T08:00:00Z"),
  endsAt: new Date("2027-02-01T16:00:00Z"),
  sittings: [sitting("2027-02-01T08:00:00Z", "2027-02-01T16:00:00Z")],
};

const BOOKING: BookingFacts = {
  reference: "LC-7K3F-92QD",
  url: `${SITE}/bookings/LC-7K3F-92QD#key=${KEY}`,
  booker: "Grace Hopper",
  company: "Fjord Analytics AS",
  purchaseOrder: "PO-2027-118",
  seats: [
    { position: 1, learner: "Ada Lovelace", claimUrl: null },
    { position: 2, learner: null, claimUrl: `${SITE}/claim#sample-2.1.${KEY}` },
    { position: 3, learner: null, claimUrl: `${SITE}/claim#sample-3.1.${KEY}` },
  ],
  total: { amount: 37_500_00, currency: "NOK" },
  expiresAt: new Date("2027-02-08T15:30:00Z"),
};

const [NAMED = { position: 1, learner: null, claimUrl: null }, UNNAMED = NAMED] = BOOKING.seats;

const BOOKER: BookerFacts = { role: "booker", booking: BOOKING };
const LEARNER: LearnerFacts = {
  role: "learner",
  reference: BOOKING.reference,
  bookedBy: BOOKING.booker,
};

const COST: CostFacts = {
  fee: { amount: 3_125_00, currency: "NOK" },
  refund: { amount: 9_375_00, currency: "NOK" },
  surcharge: null,
};

const ENTRY: QueueFacts = {
  name: "Grace Hopper",
  quantity: 3,
  takesFewer: true,
  position: 2,
  offered: 2,
  offerExpiresAt: new Date("2027-03-01T11:00:00Z"),
  url: `${SITE}/waitlist#sample.${KEY}`,
};

const PAYMENT: PaymentFacts = {
  amount: { amount: 37_500_00, currency: "NOK" },
  receivedAt: new Date("2027-02-09T09:12:00Z"),
  reference: "2027-0209-4711",
};

const QUOTE: QuoteFacts = {
  number: "Q-1042",
  url: `${SITE}/quote#sample.${KEY}`,
  name: "Grace Hopper",
  company: "Fjord Analytics AS",
  places: 12,
  unitPrice: { amount: 9_800_00, currency: "NOK" },
  total: { amount: 117_600_00, currency: "NOK" },
  message: "Thank you for your enquiry.\nWe would teach all three days in your own rooms.",
  until: new Date("2027-03-01T22:59:00Z"),
  zone: "Europe/Oslo",
};

const ACCOUNT: AboutAccount = { name: "Grace Hopper", email: "grace@example.com" };

const SECURITY: AboutSecurity = { ...ACCOUNT, securityUrl: `${SITE}/account/security` };

const LINK: Omit<AboutLink, "url"> = {
  ...ACCOUNT,
  expiresAt: new Date("2027-03-02T11:00:00Z"),
  zone: "Europe/Oslo",
};

const CONTACT = `${SITE}/contact`;

const SAMPLES: MailFacts = {
  booking_confirmed: { run: RUN, ...BOOKER },
  approval_requested: {
    run: RUN,
    booking: BOOKING,
    approver: "Katherine Johnson",
    url: `${SITE}/approve#LC-7K3F-92QD.${KEY}`,
  },
  approval_refused: { run: RUN, ...BOOKER, reason: "The budget of this quarter is spent." },
  hold_expiring: { run: RUN, ...BOOKER },
  booking_cancelled: { run: RUN, ...BOOKER, cost: COST, reason: "Another project comes first." },
  registration_cancelled: {
    run: RUN,
    ...BOOKER,
    seats: [NAMED, UNNAMED],
    cost: COST,
    isReplaced: false,
  },
  registration_transferred: {
    run: RUN,
    ...BOOKER,
    from: BEFORE,
    cost: { ...COST, refund: null, surcharge: { amount: 1_000_00, currency: "NOK" } },
  },
  learner_named: { run: ONLINE, ...LEARNER, learner: "Ada Lovelace" },
  claim_link: {
    run: RUN,
    ...BOOKER,
    position: UNNAMED.position,
    claimUrl: `${SITE}/claim#sample-2.1.${KEY}`,
  },
  offer: { run: RUN, entry: ENTRY },
  waitlist_joined: { run: RUN, entry: ENTRY },
  offer_lapsed: { run: RUN, entry: ENTRY },
  waitlist_closed: { run: RUN, entry: ENTRY },
  run_cancelled: {
    run: RUN,
    ...BOOKER,
    reason: "The instructor has fallen ill.",
    isAsked: true,
  },
  run_rescheduled: { run: RUN, ...BOOKER, isAsked: true },
  run_confirmed: { run: RUN, ...BOOKER },
  run_undecided: {
    run: RUN,
    runId: "0199f4a0-6d2c-7c3e-9c7e-000000000001",
    decisionAt: new Date("2027-03-11T11:00:00Z"),
    taken: 3,
    minPlaces: 6,
  },
  run_message: {
    run: RUN,
    subject: "Bring your own laptop",
    body: "Please bring a **laptop** with:\n\n- Docker\n- your favourite editor\n\nThe [venue](https://academy.example/venue) has lunch for everybody.",
    author: "Katherine Johnson",
    isAnswered: true,
  },
  reminder: { run: ONLINE, ...LEARNER },
  late_payment_seated: { run: RUN, ...BOOKER, payment: PAYMENT },
  late_payment_pending: { run: RUN, ...BOOKER, payment: PAYMENT },
  late_payment_staff: { run: RUN, booking: BOOKING, payment: PAYMENT },
  quote: { run: RUN, quote: QUOTE },
  quote_accepted: {
    run: RUN,
    quote: QUOTE,
    booking: {
      reference: BOOKING.reference,
      url: BOOKING.url,
      expiresAt: new Date("2027-03-04T11:00:00Z"),
    },
  },
  quote_withdrawn: { run: RUN, quote: QUOTE },
  quote_answered: {
    run: RUN,
    quote: QUOTE,
    isAccepted: true,
    reason: null,
    reference: BOOKING.reference,
    enquiryUrl: `${SITE}/office/enquiries/0199f4a0-6d2c-7c3e-9c7e-000000000002`,
  },
  verify_email: { ...LINK, url: `${SITE}/account/verify#sample.${KEY}` },
  already_registered: {
    ...ACCOUNT,
    signInUrl: `${SITE}/sign-in`,
    resetUrl: `${SITE}/forgotten-password`,
  },
  reset_password: { ...LINK, url: `${SITE}/account/reset-password#sample.${KEY}` },
  password_changed: { ...SECURITY, resetUrl: `${SITE}/forgotten-password` },
  email_change_asked: { ...LINK, url: `${SITE}/account/change-email#sample.${KEY}` },
  email_changed: { ...SECURITY, newEmail: "r…@navy.example", contactUrl: CONTACT },
  new_sign_in: {
    ...SECURITY,
    at: new Date("2027-03-01T07:42:00Z"),
    zone: "America/New_York",
    client: "Mozilla/5.0 (X11; Linux x86_64; rv:148.0) Gecko/20100101 Firefox/148.0",
    address: "192.0.2.7",
  },
  factors_changed: SECURITY,
  invitation: {
    ...LINK,
    inviter: "Katherine Johnson",
    organisation: "Fjord Analytics AS",
    url: `${SITE}/account/invitation#sample.${KEY}`,
  },
  account_suspended: {
    ...ACCOUNT,
    reason: "Your company has asked for it.",
    contactUrl: CONTACT,
  },
  accounts_merged: { ...ACCOUNT, otherEmail: "r…@navy.example", contactUrl: CONTACT },
  export_ready: {
    ...SECURITY,
    url: `${SITE}/account/privacy`,
    until: new Date("2027-03-08T11:00:00Z"),
    zone: "Europe/Oslo",
  },
  erasure_asked: {
    ...SECURITY,
    url: `${SITE}/account/privacy`,
    dueAt: new Date("2027-03-29T11:00:00Z"),
    zone: "Europe/Oslo",
  },
  erasure_done: { contactUrl: CONTACT },
};

/** The kinds that learners get as well, in other words. */
const FOR_LEARNERS: readonly MailContent[] = [
  { kind: "booking_cancelled", facts: { run: RUN, ...LEARNER, cost: COST, reason: null } },
  {
    kind: "registration_cancelled",
    facts: { run: RUN, ...LEARNER, seats: [NAMED], cost: COST, isReplaced: false },
  },
  {
    kind: "registration_cancelled",
    facts: { run: RUN, ...LEARNER, seats: [NAMED], cost: COST, isReplaced: true },
  },
  {
    kind: "registration_transferred",
    facts: { run: ONLINE, ...LEARNER, from: BEFORE, cost: COST },
  },
  {
    kind: "run_cancelled",
    facts: { run: RUN, ...LEARNER, reason: "The instructor has fallen ill.", isAsked: true },
  },
  {
    kind: "claim_link",
    facts: { run: ONLINE, ...LEARNER, position: 2, claimUrl: `${SITE}/claim#sample-2.1.${KEY}` },
  },
  { kind: "run_rescheduled", facts: { run: ONLINE, ...LEARNER, isAsked: true } },
  { kind: "reminder", facts: { run: RUN, ...BOOKER, isForOthers: true } },
];

/** The kinds that speak of what need not be known. */
const WITH_LESS: readonly MailContent[] = [
  { kind: "quote", facts: { run: ONLINE, quote: { ...QUOTE, company: null, message: null } } },
  {
    kind: "quote_answered",
    facts: {
      ...SAMPLES.quote_answered,
      isAccepted: false,
      reason: "Another academy teaches it in our own rooms.",
      reference: null,
    },
  },
  { kind: "new_sign_in", facts: { ...SAMPLES.new_sign_in, client: null, address: null } },
  { kind: "invitation", facts: { ...SAMPLES.invitation, inviter: null, organisation: null } },
  { kind: "account_suspended", facts: { ...SAMPLES.account_suspended, reason: null } },
];

function sitting(startsAt: string, endsAt: string): RunFacts["sittings"][number] {
  return { startsAt: new Date(startsAt), endsAt: new Date(endsAt), room: "Room 2" };
}

/** @returns the sample of a kind, and further ones where it is written in other words, too */
export function sampleMails(kind: MailKind): readonly [MailContent, ...MailContent[]] {
  const others = [...FOR_LEARNERS, ...WITH_LESS];
  return [sampleOf(kind), ...others.filter((sample) => sample.kind === kind)];
}

function sampleOf(kind: MailKind): MailContent;
function sampleOf<K extends MailKind>(kind: K): { kind: K; facts: MailFacts[K] } {
  return { kind, facts: SAMPLES[kind] };
}
