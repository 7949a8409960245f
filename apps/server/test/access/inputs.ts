import { FREE_YEAR, type Part, type Subject } from "./world.ts";

/** How a procedure is asked about one thing, and what of its answer shows that it was found. */
export interface Question {
  readonly input: (subject: Subject) => object;
  /** Of a list: what is in it when the subject is. Without it, anything but "there is no such thing" shows it. */
  readonly listed?: (subject: Subject) => string;
  /** What a key of its own opens: put in beside the rest. */
  readonly key?: (subject: Subject) => object;
  /** What is not found when it may not be seen; by default what it is about. */
  readonly hidden?: string;
  /** How something new is refused that would be out of reach: there is nothing yet that could not be found. */
  readonly beyond?: "Forbidden";
  /** What the scopes of the permission are compared with. A booking is its company's; a run is not. */
  readonly about: "booking" | "run" | "venue" | "organisation";
  /** What has to be there for it. */
  readonly parts?: readonly Part[];
}

function keyed<Input extends object>(input: Input): Input & { idempotencyKey: string } {
  return { ...input, idempotencyKey: crypto.randomUUID() };
}

const booking = (rest: (subject: Subject) => object = () => ({})): Question => ({
  about: "booking",
  parts: ["booking"],
  input: (subject) => keyed({ reference: subject.reference, ...rest(subject) }),
  key: ({ accessKey }) => ({ accessKey }),
});

/** As the academy's own people work with it: that it is their company's opens it to nobody. */
const officeBooking = (): Question => ({
  about: "run",
  parts: ["booking"],
  input: ({ reference }) => keyed({ reference }),
  hidden: "booking",
});

const approval = (): Question => ({
  about: "booking",
  parts: ["booking"],
  input: ({ reference }) => keyed({ reference }),
  key: ({ approvalKey }) => ({ approvalKey }),
});

const entry = (): Question => ({
  about: "run",
  parts: ["entry"],
  input: ({ entryId }) => keyed({ entryId }),
  key: ({ waitlistKey }) => ({ accessKey: waitlistKey }),
});

const run = (rest: (subject: Subject) => object = () => ({})): Question => ({
  about: "run",
  input: (subject) => keyed({ id: subject.runId, ...rest(subject) }),
});

const organisation = (
  rest: (subject: Subject) => object = () => ({}),
  parts: readonly Part[] = [],
): Question => ({
  about: "organisation",
  parts,
  input: (subject) => keyed({ organisationId: subject.organisationId, ...rest(subject) }),
});

const sitting = (rest: object): Question => ({
  about: "run",
  input: ({ sessionId, registrationId }) =>
    keyed({ sessionId, marks: [{ registrationId, version: 0, ...rest }] }),
  hidden: "session",
});

/** Of whoever comes to a run. */
const seat = (): Question => ({
  about: "run",
  parts: ["seat"],
  input: ({ seatRunId }) => ({ runId: seatRunId, position: 1 }),
});

const PATTERN = {
  from: `${FREE_YEAR}-01-04`,
  sessions: 1,
  start: "09:00",
  end: "10:00",
  weekdays: ["mon", "tue", "wed", "thu", "fri"],
};

const { from: _, ...SITTINGS } = PATTERN;
const SERIES = { starts: { kind: "dates", dates: [PATTERN.from] }, pattern: SITTINGS };
const PLACE = { name: "x", street: null, city: "x", timeZone: "UTC" };
/** When the runs of the world are. */
const NEXT_YEAR = new Date().getUTCFullYear() + 1;

/** A run that would be in the subject's room. What is found is refused for its instructor. */
const proposal = (rest: object): Question => ({
  about: "run",
  input: ({ courseId, roomId }) =>
    keyed({
      courseId,
      roomId,
      deliveryMode: "classroom",
      timeZone: "Europe/Oslo",
      instructorIds: [crypto.randomUUID()],
      capacity: 5,
      ...rest,
    }),
  hidden: "room",
});

/** Of sums there is nothing to find but that a city has some: in this world, it is called as its country. */
const report = (period: object, parts: readonly Part[] = []): Question => ({
  about: "venue",
  parts,
  input: () => ({ ...period, by: "city" }),
  listed: ({ country }) => `"value":"${country}","label":"${country}"`,
});

const venue = (rest: (subject: Subject) => object = () => ({})): Question => ({
  about: "venue",
  input: (subject) => keyed({ id: subject.venueId, ...rest(subject) }),
});

const room = (rest: object): Question => ({
  about: "venue",
  input: ({ roomId }) => keyed({ id: roomId, ...rest }),
  hidden: "room",
});

/** A version that nothing has: what is found is changed by nobody. */
const STALE = 99_999;

/** Questions about data, for every procedure that keeps to a scope or takes a proof. */
export const QUESTIONS: Readonly<Record<string, Question>> = {
  "bookings.byReference": booking(),
  "bookings.cancel": booking(),
  "bookings.approval": approval(),
  "bookings.approve": approval(),
  "bookings.refuse": approval(),
  "bookings.list": {
    about: "booking",
    parts: ["booking"],
    input: () => ({ limit: 100 }),
    listed: ({ reference }) => reference,
  },
  "bookings.latePayments": {
    about: "booking",
    parts: ["booking", "late payment"],
    input: () => ({ limit: 100, cursor: null }),
    listed: ({ reference }) => reference,
  },
  "bookings.search": {
    about: "booking",
    parts: ["booking"],
    input: () => ({ limit: 100 }),
    listed: ({ reference }) => reference,
  },
  "bookings.forStaff": officeBooking(),
  "bookings.history": officeBooking(),
  "bookings.resend": officeBooking(),
  "registrations.cancel": booking(({ registrationId }) => ({ registrationIds: [registrationId] })),
  "registrations.cancellationCost": booking(),
  "registrations.choices": booking(),
  "registrations.choose": booking(({ registrationId }) => ({
    choices: [{ registrationId, choice: "stays" }],
  })),
  "registrations.claimLink": booking(({ registrationId }) => ({ registrationId })),
  "registrations.substitute": booking(({ registrationId }) => ({
    registrationId,
    learner: { name: "Ada", email: `${registrationId}@example.com` },
  })),
  "registrations.transfer": booking(({ registrationId, runId }) => ({
    registrationIds: [registrationId],
    toRunId: runId,
  })),
  "registrations.transferCost": booking(({ runId }) => ({ toRunId: runId })),
  "waitlist.byKey": entry(),
  "waitlist.accept": entry(),
  "waitlist.decline": entry(),
  "waitlist.withdraw": entry(),
  "waitlist.list": {
    about: "run",
    input: ({ fullRunId }) => ({ runId: fullRunId }),
  },
  "waitlist.offers": {
    about: "run",
    parts: ["offer"],
    input: () => ({ limit: 100 }),
    listed: ({ entryId }) => entryId,
  },
  "waitlist.demand": {
    about: "run",
    parts: ["entry"],
    input: () => ({ limit: 100 }),
    listed: ({ fullRunId }) => fullRunId,
  },
  "attendance.byRun": { about: "run", input: ({ runId }) => ({ runId }) },
  // It is too early for both: what is found is refused for that.
  "attendance.mark": sitting({ mark: "present" }),
  "attendance.clear": sitting({}),
  "runs.forStaff": run(),
  "runs.history": run(),
  "runs.messages": run(),
  "runs.needs": run(),
  "runs.previewCancel": run(),
  "runs.previewMessage": run(() => ({ subject: "x", body: "x" })),
  "runs.sendMessage": run(() => ({ subject: "x", body: "x", recipients: 100_000 })),
  "calendar.joining": seat(),
  "calendar.join": seat(),
  "runs.setJoinLink": run(() => ({ url: null })),
  "runs.joinLinks": run(),
  "runs.ledger": run(),
  "runs.roster": run(),
  "runs.invitation": run(),
  "runs.cancel": run(() => ({ version: STALE, reason: "x" })),
  "runs.confirm": run(() => ({ version: STALE })),
  "runs.changeCapacity": run(() => ({ capacity: 50_000, reason: "x" })),
  "runs.blockPlaces": run(() => ({ quantity: 1, reason: "x" })),
  "runs.reschedule": run(() => ({ version: STALE, pattern: PATTERN, reason: "x" })),
  "runs.setOrganisation": run(() => ({ version: STALE, organisationId: null })),
  "runs.unblockPlaces": {
    about: "run",
    parts: ["block"],
    input: ({ blockId }) => keyed({ allocationId: blockId }),
  },
  "runs.schedule": proposal({ language: "en", pattern: PATTERN, price: null }),
  "runs.calendar": {
    about: "run",
    input: () => ({ from: `${NEXT_YEAR}-06-01`, to: `${NEXT_YEAR}-06-30` }),
    listed: ({ runId }) => runId,
  },
  "runs.checkSchedule": proposal({ pattern: PATTERN }),
  "runs.previewSeries": proposal(SERIES),
  "runs.scheduleSeries": proposal({ ...SERIES, language: "en", price: null }),
  "runs.previewReschedule": run(() => ({ version: STALE, shift: { days: 1 } })),
  "runs.options": { about: "venue", input: () => ({}), listed: ({ roomId }) => roomId },
  "runs.conflicts": {
    about: "run",
    input: () => ({ limit: 100 }),
    listed: ({ roomlessRunId }) => roomlessRunId,
  },
  "runs.private": {
    about: "run",
    input: () => ({ limit: 50 }),
    listed: ({ roomlessRunId }) => roomlessRunId,
  },
  "venues.list": {
    about: "venue",
    input: () => ({ limit: 100 }),
    listed: ({ venueId }) => venueId,
  },
  "venues.byId": venue(),
  "venues.tooLarge": room({ capacity: 1 }),
  "venues.create": {
    about: "venue",
    input: ({ country }) => keyed({ ...PLACE, name: crypto.randomUUID(), country }),
    beyond: "Forbidden",
  },
  "venues.update": venue(({ country }) => ({ ...PLACE, version: STALE, country })),
  "venues.retire": venue(() => ({ version: STALE })),
  "venues.restore": venue(() => ({ version: STALE })),
  "venues.addRoom": {
    about: "venue",
    input: ({ venueId }) => keyed({ venueId, name: crypto.randomUUID(), capacity: 1 }),
  },
  "venues.updateRoom": room({ version: STALE, name: "x", capacity: 1 }),
  "venues.retireRoom": room({ version: STALE }),
  "venues.restoreRoom": room({ version: STALE }),
  "runs.undecided": { about: "run", input: () => ({ limit: 100 }), listed: ({ runId }) => runId },
  "reports.options": {
    about: "venue",
    input: () => ({}),
    listed: ({ country }) => `"city":"${country}"`,
  },
  "reports.bookings": report({ preset: "last_30_days" }, ["booking"]),
  "reports.cancellations": report({ preset: "last_30_days" }, ["booking"]),
  "reports.demand": report({ preset: "last_30_days" }, ["entry"]),
  "reports.occupancy": report({ from: `${NEXT_YEAR}-06-01`, to: `${NEXT_YEAR}-06-30` }),
  "prices.byRun": { about: "run", input: ({ runId }) => ({ runId }) },
  "prices.set": {
    about: "run",
    input: ({ runId }) =>
      keyed({
        runId,
        version: STALE,
        price: null,
        taxCategory: "standard",
        rules: { earlyBird: [], volume: [] },
        regions: [],
      }),
  },
  "organisations.list": {
    about: "organisation",
    input: () => ({ limit: 100 }),
    listed: ({ organisationId }) => organisationId,
  },
  "organisations.byId": {
    about: "organisation",
    input: ({ organisationId }) => ({ id: organisationId }),
  },
  "organisations.update": {
    about: "organisation",
    input: ({ organisationId }) => keyed({ id: organisationId, version: STALE, changes: {} }),
  },
  "organisations.addDomain": organisation(({ entryId }) => ({
    domain: `n${entryId.slice(-12)}.example`,
  })),
  "organisations.verifyDomain": organisation(({ domainId }) => ({ domainId }), ["domain"]),
  "organisations.removeDomain": organisation(({ domainId }) => ({ domainId }), ["domain"]),
  "organisations.members": organisation(),
  "organisations.invitations": organisation(),
  "organisations.bookings": organisation(),
  "organisations.seats": organisation(),
  "organisations.statement": organisation(),
  "organisations.invite": organisation(({ entryId }) => ({
    name: "Ada",
    email: `${entryId}@example.com`,
    role: "learner",
  })),
  "organisations.withdrawInvitation": organisation(
    ({ invitationId }) => ({ id: invitationId }),
    ["invitation"],
  ),
  "organisations.changeRole": organisation(
    ({ memberId }) => ({ personId: memberId, role: "company_booker" }),
    ["member"],
  ),
  "organisations.removeMember": organisation(
    ({ memberId }) => ({ personId: memberId }),
    ["member"],
  ),
};

/** Procedures that take nothing but a key, of which the tests of their features tell. */
export const BY_KEY_ALONE = [
  "bookings.confirm",
  "bookings.startPayment",
  "quotes.accept",
  "quotes.byKey",
  "quotes.decline",
  "registrations.claim",
  "registrations.claimDetails",
  // A stream: its first event is what `waitlist.byKey` answers.
  "waitlist.watch",
];
