import { catalogueInMemory } from "@lectern/api/features/courses/in-memory/catalogue-in-memory";
import type { appRouter } from "@lectern/api/app-router";
import { joinLinkPlace } from "@lectern/api/features/calendar/joining/join";
import { TEST_FIELDS, createTestRun, testContext } from "@lectern/api/testing/factories";
import { PUBLIC_ACTOR } from "@lectern/auth/actor";
import { oneTimeKey } from "@lectern/auth/one-time";
import { course } from "@lectern/database/schema/catalogue";
import { calendarFeed } from "@lectern/database/schema/people";
import { joinLink, room, session, venue } from "@lectern/database/schema/scheduling";
import { eq } from "drizzle-orm";
import type { World } from "./world.ts";

/** How each procedure is called, so that what its answer tells has as many parts as the world has. */

export type Caller = ReturnType<typeof appRouter.createCaller>;

export interface CountedCall {
  /** Of the procedure; what follows a space tells one call of it from another. */
  readonly name: string;
  /** Whom it is called as; by default the owner, who may do everything. */
  readonly as?: "public" | "manager" | "token";
  /** The answer is as long however large the world is. */
  readonly isOfOne?: true;
  readonly call: (caller: Caller, world: World) => Promise<unknown>;
  /** What has to be there before, and is not counted. */
  readonly prepare?: (world: World) => Promise<void>;
}

/** What the pages of the site are made of that everybody may see, and one's own lists: one round trip each. */
export const PAGES: ReadonlySet<string> = new Set([
  "account.me",
  "articles.bySlug",
  "articles.list",
  "bookings.byReference",
  "bookings.hold",
  "bookings.mine",
  "courses.bySlug",
  "courses.facets",
  "courses.list",
  "courses.topics",
  "identity.options",
  "prices.quote",
  "registrations.mine",
  "runs.byId",
  "runs.upcoming",
  "system.info",
  "waitlist.byKey",
  "waitlist.mine",
]);

/** What visitors ask for all the time: nothing is sent that is not prepared. */
export const HOT: ReadonlySet<string> = new Set([
  ...PAGES,
  "registrations.cancellationCost",
  "registrations.choices",
  "registrations.claimDetails",
  "registrations.transferCost",
]);

/** Procedures that send more than others may, though not more for more; and why. */
export const COUNT_EXCEPTIONS: Readonly<Record<string, string>> = {
  "registrations.transfer":
    "Locks the counters of both dates one after the other, settles them, and moves places between two bookings: each a statement with a name, of which none is for one registration alone.",
  "runs.previewReschedule":
    "Moves the date as `runs.reschedule` does, looks at what that has changed, and takes it back: for staff who are about to move it.",
  "keys.status":
    "Counts the values of every encrypted column, a statement each, in one snapshot: for administrators, who ask once in a quarter.",
};

/** As in an instance that has been asked before. */
async function keepCatalogueInMemory({ db }: World): Promise<void> {
  await catalogueInMemory(db).load();
  // What has changed since.
  if ((await catalogueInMemory(db).facets(db, {}, undefined)) === undefined)
    await catalogueInMemory(db).load();
}

/** Queries that are not counted, and why. */
export const NOT_COUNTED: Readonly<Record<string, string>> = {};

const page = { limit: 100 };

function key(): { idempotencyKey: string } {
  return { idempotencyKey: crypto.randomUUID() };
}

export function callerOf(world: World, { as }: Pick<CountedCall, "as">) {
  const { owner, manager, tokenActor } = world;
  const actors = { public: PUBLIC_ACTOR, manager, token: tokenActor };
  return testContext(world.db, as === undefined ? owner : actors[as]);
}

function proofOf({ booked }: World) {
  return { reference: booked.reference, accessKey: booked.accessKey };
}

function keyFor(
  { db }: World,
  ...subject: Parameters<ReturnType<typeof testContext>["accessKeys"]["keyFor"]>
) {
  return testContext(db).accessKeys.keyFor(...subject);
}

/** As if nobody had changed the course yet. */
async function writeCourseAnew({ db, editedCourseId: id }: World): Promise<void> {
  await db.update(course).set({ version: 1 }).where(eq(course.id, id));
}

const ONLINE_RUN = crypto.randomUUID();
const ROOMY_VENUE = crypto.randomUUID();

/** A venue with as many rooms as everything else has parts, and as many that are nowhere. */
async function buildRooms({ db, size }: World): Promise<void> {
  await db
    .insert(venue)
    .values({
      id: ROOMY_VENUE,
      name: "Roomy",
      city: "Oslo",
      country: "NO",
      timeZone: "Europe/Oslo",
    })
    .onConflictDoNothing();
  for (let number = 0; number < size; number++) {
    const name = `Room ${number}`;
    await db
      .insert(room)
      .values([
        { id: crypto.randomUUID(), venueId: ROOMY_VENUE, kind: "physical", name, capacity: 5 },
        { id: crypto.randomUUID(), venueId: null, kind: "virtual", name, capacity: 5 },
      ])
      .onConflictDoNothing();
  }
}

/** Lets a run meet online, in a session that is about to begin. */
async function meetOnline({ db, courseId }: World): Promise<void> {
  if ((await db.$count(joinLink, eq(joinLink.runId, ONLINE_RUN))) > 0) return;
  const run = await createTestRun(db, { courseId, values: { id: ONLINE_RUN } });
  const startsAt = new Date(Date.now() + 60_000);
  const endsAt = new Date(startsAt.getTime() + 3_600_000);
  const { timeZone, localStart, localEnd } = run;
  await db.insert(session).values({
    id: crypto.randomUUID(),
    runId: run.id,
    position: 1,
    timeZone,
    localStart,
    localEnd,
    startsAt,
    endsAt,
  });
  const id = crypto.randomUUID();
  const url = await TEST_FIELDS.encrypt(joinLinkPlace(id), "https://meet.example.org");
  await db.insert(joinLink).values({ id, runId: run.id, url });
}

/** When the runs are that the world has more of: the first of them. */
function february(): { from: string; to: string } {
  const year = new Date().getUTCFullYear() + 2;
  return { from: `${year}-02-01`, to: `${year}-02-28` };
}

const HOURS = {
  start: "09:00",
  end: "10:00",
  weekdays: ["mon", "tue", "wed", "thu", "fri"] as ("mon" | "tue" | "wed" | "thu" | "fri")[],
};

function proposalOf({ courseId, roomId, instructorIds }: World) {
  const deliveryMode = "virtual" as const;
  const room = { courseId, roomId, instructorIds, deliveryMode };
  return { ...room, timeZone: "Europe/Oslo", capacity: 5 };
}

/** As many sittings as the size is, where no others are. */
function sittingsOf({ size }: World) {
  return { ...HOURS, from: `${new Date().getUTCFullYear() + 40 + size}-01-04`, sessions: size };
}

/** As many runs, of as many sessions. */
function seriesOf({ size }: World) {
  const year = new Date().getUTCFullYear() + 100 + 4 * size;
  const starts = {
    kind: "weekly" as const,
    from: `${year}-01-04`,
    everyWeeks: 4,
    weekdays: ["mon" as const],
    runs: size,
  };
  return { starts, pattern: { ...HOURS, sessions: size } };
}

export const CALLS: readonly CountedCall[] = [
  { name: "academy.settings", isOfOne: true, call: (c) => c.academy.settings() },
  { name: "account.details", isOfOne: true, call: (c) => c.account.details() },
  {
    name: "account.invitation",
    as: "public",
    isOfOne: true,
    call: (c, { db, invitationId: id }) =>
      c.account.invitation({ proof: { id, key: oneTimeKey(testContext(db).accessKeys, id) } }),
  },
  { name: "account.me", isOfOne: true, call: (c) => c.account.me() },
  { name: "account.sessions", call: (c) => c.account.sessions() },
  {
    name: "articles.bySlug",
    as: "public",
    isOfOne: true,
    call: (c, { article }) => c.articles.bySlug({ slug: article }),
  },
  {
    name: "articles.forEditing",
    isOfOne: true,
    call: (c, { articleId: id }) => c.articles.forEditing({ id }),
  },
  { name: "articles.list", as: "public", call: (c) => c.articles.list(page) },
  { name: "articles.listForEditing", call: (c) => c.articles.listForEditing(page) },
  {
    name: "attendance.byRun",
    prepare: (world) => world.markAnew(),
    call: (c, { attended }) => c.attendance.byRun({ runId: attended.id }),
  },
  { name: "calendar.feed", isOfOne: true, call: (c) => c.calendar.feed() },
  {
    name: "calendar.feedAddress",
    isOfOne: true,
    prepare: async ({ db, ownerId: personId }) => {
      await db
        .insert(calendarFeed)
        .values({ id: crypto.randomUUID(), personId })
        .onConflictDoNothing();
    },
    call: (c) => c.calendar.feedAddress(),
  },
  {
    name: "calendar.join",
    isOfOne: true,
    prepare: meetOnline,
    call: (c) => c.calendar.join({ runId: ONLINE_RUN, position: 1 }),
  },
  { name: "calendar.joining", call: (c, { runId }) => c.calendar.joining({ runId }) },
  { name: "calendar.online", call: (c) => c.calendar.online() },
  { name: "audit.list", call: (c) => c.audit.list(page) },
  {
    name: "bookings.approval",
    call: (c, { booked: { reference } }) => c.bookings.approval({ reference }),
  },
  {
    name: "bookings.byReference",
    as: "public",
    call: (c, world) => c.bookings.byReference(proofOf(world)),
  },
  { name: "bookings.latePayments", call: (c) => c.bookings.latePayments(page) },
  { name: "bookings.list", call: (c) => c.bookings.list(page) },
  {
    name: "bookings.list of a run",
    call: (c, { runId }) => c.bookings.list({ ...page, runId }),
  },
  { name: "bookings.list of a company", as: "manager", call: (c) => c.bookings.list(page) },
  { name: "bookings.mine", call: (c) => c.bookings.mine(page) },
  {
    name: "bookings.forStaff",
    call: (c, { booked: { reference } }) => c.bookings.forStaff({ reference }),
  },
  {
    name: "bookings.history",
    call: (c, { booked: { reference } }) => c.bookings.history({ reference }),
  },
  {
    name: "bookings.mails",
    call: (c, { booked: { reference } }) => c.bookings.mails({ ...page, reference }),
  },
  { name: "bookings.search", call: (c) => c.bookings.search(page) },
  {
    name: "bookings.search by name",
    call: (c) => c.bookings.search({ ...page, query: "berg" }),
  },
  {
    name: "bookings.search of somebody",
    call: (c, { ownerId: personId }) => c.bookings.search({ ...page, personId }),
  },
  {
    name: "bookings.search of those that are open",
    call: (c) => c.bookings.search({ ...page, statuses: ["awaiting_approval"] }),
  },
  {
    name: "bookings.search by date",
    call: (c) =>
      c.bookings.search({ ...page, startsFrom: "2020-01-01T00:00:00Z", sort: "next_run" }),
  },
  {
    name: "courses.bySlug",
    as: "public",
    call: (c, { courseSlug: slug }) => c.courses.bySlug({ slug }),
  },
  { name: "courses.export", call: (c) => c.courses.export(page) },
  {
    name: "courses.facets",
    as: "public",
    prepare: keepCatalogueInMemory,
    call: (c) => c.courses.facets({}),
  },
  {
    name: "courses.facets searched",
    as: "public",
    prepare: keepCatalogueInMemory,
    call: (c) => c.courses.facets({ query: "test" }),
  },
  { name: "courses.forEditing", call: (c, { editedCourseId: id }) => c.courses.forEditing({ id }) },
  {
    name: "courses.facets dated",
    as: "public",
    call: (c) => c.courses.facets({ from: "2020-01-01" }),
  },
  {
    name: "courses.facets dated, searched",
    as: "public",
    call: (c) => c.courses.facets({ from: "2020-01-01", query: "test" }),
  },
  { name: "courses.list", as: "public", call: (c) => c.courses.list(page) },
  {
    name: "courses.list searched",
    as: "public",
    call: (c) => c.courses.list({ ...page, query: "test course" }),
  },
  {
    name: "courses.list in another language",
    as: "public",
    call: (c) => c.courses.list({ ...page, language: "nb" }),
  },
  {
    name: "courses.list by next run",
    as: "public",
    call: (c) => c.courses.list({ ...page, sort: "next_run" }),
  },
  { name: "courses.listForEditing", call: (c) => c.courses.listForEditing(page) },
  {
    name: "courses.listForEditing by title",
    call: (c) => c.courses.listForEditing({ ...page, sort: "title" }),
  },
  { name: "courses.topics", as: "public", call: (c) => c.courses.topics() },
  {
    name: "courses.version",
    isOfOne: true,
    call: (c, { editedCourseId: id }) => c.courses.version({ id, version: 1 }),
  },
  {
    name: "courses.versions",
    call: (c, { editedCourseId: id }) => c.courses.versions({ ...page, id }),
  },
  {
    name: "devices.describe",
    isOfOne: true,
    call: (c, { deviceCode: userCode }) => c.devices.describe({ userCode }),
  },
  {
    name: "discounts.byId",
    isOfOne: true,
    call: (c, { discountId: id }) => c.discounts.byId({ id }),
  },
  { name: "discounts.list", call: (c) => c.discounts.list(page) },
  {
    name: "discounts.preview",
    isOfOne: true,
    call: (c, { runId }) =>
      c.discounts.preview({ runId, places: 2, value: { kind: "percent", basisPoints: 1000 } }),
  },
  { name: "discounts.uses", call: (c, { discountId: id }) => c.discounts.uses({ ...page, id }) },
  { name: "enquiries.byId", call: (c, { enquiryId: id }) => c.enquiries.byId({ id }) },
  { name: "enquiries.counts", isOfOne: true, call: (c) => c.enquiries.counts({}) },
  {
    name: "enquiries.counts by name",
    isOfOne: true,
    call: (c) => c.enquiries.counts({ query: "berg" }),
  },
  { name: "enquiries.list", call: (c) => c.enquiries.list(page) },
  {
    name: "enquiries.list of one state",
    call: (c) => c.enquiries.list({ ...page, statuses: ["won"] }),
  },
  { name: "enquiries.list by name", call: (c) => c.enquiries.list({ ...page, query: "example" }) },
  {
    name: "enquiries.list of one course",
    isOfOne: true,
    call: (c, { courseSlug }) => c.enquiries.list({ ...page, course: courseSlug }),
  },
  { name: "factors.mine", call: (c) => c.factors.mine() },
  { name: "identity.linked", call: (c) => c.identity.linked() },
  { name: "identity.listProviders", call: (c) => c.identity.listProviders(page) },
  {
    name: "identity.options",
    as: "public",
    isOfOne: true,
    call: (c) => c.identity.options({ email: "grace@example.com" }),
  },
  { name: "jobs.dead", isOfOne: true, call: (c) => c.jobs.dead(page) },
  { name: "jobs.statistics", isOfOne: true, call: (c) => c.jobs.statistics() },
  {
    name: "keys.rotation",
    isOfOne: true,
    call: (c, { rotationId: id }) => c.keys.rotation({ id }),
  },
  { name: "keys.status", isOfOne: true, call: (c) => c.keys.status() },
  { name: "mail.byId", isOfOne: true, call: (c, { mailId: id }) => c.mail.byId({ id }) },
  { name: "mail.list", call: (c) => c.mail.list(page) },
  { name: "organisations.byId", call: (c, { organisationId: id }) => c.organisations.byId({ id }) },
  {
    name: "organisations.bookings",
    call: (c, { organisationId }) => c.organisations.bookings({ ...page, organisationId }),
  },
  {
    name: "organisations.invitations",
    call: (c, { organisationId }) => c.organisations.invitations({ ...page, organisationId }),
  },
  { name: "organisations.joinable", isOfOne: true, call: (c) => c.organisations.joinable() },
  { name: "organisations.list", call: (c) => c.organisations.list(page) },
  {
    name: "organisations.list (found)",
    call: (c) => c.organisations.list({ ...page, query: "-" }),
  },
  {
    name: "organisations.list (of a company)",
    as: "manager",
    isOfOne: true,
    call: (c) => c.organisations.list(page),
  },
  {
    name: "organisations.members",
    call: (c, { organisationId }) => c.organisations.members({ ...page, organisationId }),
  },
  {
    name: "organisations.privateRuns",
    call: (c, { organisationId }) => c.organisations.privateRuns({ ...page, organisationId }),
  },
  {
    name: "organisations.seats",
    // Places that nobody is named for: none.
    isOfOne: true,
    call: (c, { organisationId }) => c.organisations.seats({ ...page, organisationId }),
  },
  {
    name: "organisations.statement",
    call: (c, { organisationId }) => c.organisations.statement({ ...page, organisationId }),
  },
  { name: "people.byId", call: (c, { ownerId: id }) => c.people.byId({ id }) },
  { name: "people.list", call: (c) => c.people.list(page) },
  {
    name: "people.list (found)",
    call: (c) => c.people.list({ ...page, query: "example" }),
  },
  { name: "prices.byRun", isOfOne: true, call: (c, { runId }) => c.prices.byRun({ runId }) },
  {
    name: "prices.quote",
    as: "public",
    call: (c, { runId, size }) => c.prices.quote({ runId, places: size }),
  },
  { name: "privacy.consents", isOfOne: true, call: (c) => c.privacy.consents() },
  { name: "privacy.requests", call: (c) => c.privacy.requests() },
  { name: "privacy.allRequests", call: (c) => c.privacy.allRequests(page) },
  { name: "privacy.retention", isOfOne: true, call: (c) => c.privacy.retention() },
  {
    name: "registrations.cancellationCost",
    as: "public",
    call: (c, world) => c.registrations.cancellationCost(proofOf(world)),
  },
  {
    name: "registrations.choices",
    as: "public",
    call: (c, world) => c.registrations.choices(proofOf(world)),
  },
  {
    name: "registrations.claimDetails",
    as: "public",
    isOfOne: true,
    call: (c, world) => {
      const [registrationId = ""] = world.booked.ids;
      const claimKey = keyFor(world, "claim", `${registrationId}:1`);
      return c.registrations.claimDetails({ registrationId, claimVersion: 1, claimKey });
    },
  },
  { name: "registrations.mine", call: (c) => c.registrations.mine(page) },
  {
    name: "registrations.transferCost",
    as: "public",
    call: (c, world) =>
      c.registrations.transferCost({ ...proofOf(world), toRunId: world.fullRunId }),
  },
  {
    name: "reports.bookings",
    call: (c) => c.reports.bookings({ preset: "last_30_days", by: "city" }),
  },
  { name: "reports.cancellations", call: (c) => c.reports.cancellations({}) },
  { name: "reports.demand", isOfOne: true, call: (c) => c.reports.demand({}) },
  { name: "reports.enquiries", call: (c) => c.reports.enquiries({}) },
  {
    name: "reports.occupancy",
    call: (c) => c.reports.occupancy({ preset: "next_12_months", withTentative: true }),
  },
  { name: "reports.options", call: (c) => c.reports.options() },
  { name: "quotes.byId", isOfOne: true, call: (c, { quoteId: id }) => c.quotes.byId({ id }) },
  {
    name: "quotes.byKey",
    as: "public",
    isOfOne: true,
    call: (c, world) => {
      const { quoteId } = world;
      return c.quotes.byKey({ quoteId, accessKey: keyFor(world, "quote", quoteId) });
    },
  },
  { name: "quotes.list", call: (c) => c.quotes.list(page) },
  {
    name: "quotes.list of an enquiry",
    call: (c, { enquiryId }) => c.quotes.list({ ...page, enquiryId }),
  },
  {
    name: "quotes.list of those that are open",
    call: (c) => c.quotes.list({ ...page, statuses: ["sent"] }),
  },
  {
    name: "quotes.list by name",
    isOfOne: true,
    call: (c) => c.quotes.list({ ...page, query: "person" }),
  },
  {
    name: "venues.byId",
    prepare: buildRooms,
    call: (c) => c.venues.byId({ id: ROOMY_VENUE }),
  },
  { name: "venues.list", call: (c) => c.venues.list(page) },
  {
    name: "venues.tooLarge",
    isOfOne: true,
    call: (c, { roomId: id }) => c.venues.tooLarge({ id, capacity: 1 }),
  },
  { name: "venues.virtualRooms", prepare: buildRooms, call: (c) => c.venues.virtualRooms() },
  { name: "runs.byId", as: "public", call: (c, { runId: id }) => c.runs.byId({ id }) },
  {
    name: "runs.joinLinks",
    isOfOne: true,
    prepare: meetOnline,
    call: (c) => c.runs.joinLinks({ id: ONLINE_RUN }),
  },
  { name: "runs.calendar", call: (c) => c.runs.calendar(february()) },
  {
    name: "runs.calendar of instructors",
    call: (c, { instructorIds }) => c.runs.calendar({ ...february(), instructorIds }),
  },
  {
    name: "runs.checkSchedule",
    call: (c, world) => c.runs.checkSchedule({ ...proposalOf(world), pattern: sittingsOf(world) }),
  },
  {
    name: "runs.previewReschedule",
    isOfOne: true,
    call: (c, { fullRunId: id }) =>
      c.runs.previewReschedule({ id, version: 1, shift: { days: 1 } }),
  },
  {
    name: "runs.previewSeries",
    call: (c, world) => c.runs.previewSeries({ ...proposalOf(world), ...seriesOf(world) }),
  },
  { name: "runs.export", call: (c) => c.runs.export(page) },
  {
    name: "runs.forStaff",
    call: (c, { runId: id }) => c.runs.forStaff({ id }),
  },
  { name: "runs.history", call: (c, { runId: id }) => c.runs.history({ ...page, id }) },
  {
    name: "runs.invitation",
    isOfOne: true,
    call: (c, { privateRunId: id }) => c.runs.invitation({ id }),
  },
  { name: "runs.ledger", call: (c, { runId: id }) => c.runs.ledger({ ...page, id }) },
  { name: "runs.messages", call: (c, { runId: id }) => c.runs.messages({ ...page, id }) },
  {
    name: "runs.needs",
    isOfOne: true,
    call: (c, { runId: id }) => c.runs.needs({ id }),
  },
  { name: "runs.options", call: (c) => c.runs.options() },
  {
    name: "runs.previewCancel",
    isOfOne: true,
    call: (c, { runId: id }) => c.runs.previewCancel({ id }),
  },
  {
    name: "runs.previewMessage",
    isOfOne: true,
    call: (c, { runId: id }) => c.runs.previewMessage({ id, subject: "x", body: "x" }),
  },
  { name: "runs.roster", call: (c, { runId: id }) => c.runs.roster({ ...page, id }) },
  { name: "runs.teaching", call: (c) => c.runs.teaching(page) },
  { name: "runs.conflicts", call: (c) => c.runs.conflicts(page) },
  { name: "runs.private", call: (c) => c.runs.private({ limit: 50 }) },
  {
    name: "runs.private (searched)",
    call: (c) => c.runs.private({ limit: 50, query: "test" }),
  },
  { name: "runs.undecided", call: (c) => c.runs.undecided(page) },
  { name: "runs.upcoming", as: "public", call: (c) => c.runs.upcoming(page) },
  {
    name: "runs.upcoming searched",
    as: "public",
    call: (c) => c.runs.upcoming({ ...page, query: "test" }),
  },
  {
    name: "runs.upcoming in another language",
    as: "public",
    call: (c) => c.runs.upcoming({ ...page, language: "nb" }),
  },
  { name: "system.info", as: "public", isOfOne: true, call: (c) => c.system.info() },
  { name: "tokens.list", call: (c) => c.tokens.list(page) },
  { name: "tokens.self", as: "token", isOfOne: true, call: (c) => c.tokens.self() },
  {
    name: "waitlist.byKey",
    as: "public",
    isOfOne: true,
    call: (c, world) => {
      const { entryId } = world;
      return c.waitlist.byKey({ entryId, accessKey: keyFor(world, "waitlist", entryId) });
    },
  },
  { name: "waitlist.demand", call: (c) => c.waitlist.demand(page) },
  { name: "waitlist.offers", call: (c) => c.waitlist.offers(page) },
  { name: "waitlist.list", call: (c, { fullRunId: runId }) => c.waitlist.list({ ...page, runId }) },
  { name: "waitlist.mine", call: (c) => c.waitlist.mine(page) },

  // Changes, of as many parts as the world has.
  {
    name: "attendance.mark",
    prepare: (world) => world.attendAnew(),
    call: (c, { attended: { sessionIds, places } }) =>
      c.attendance.mark({
        sessionId: sessionIds[0],
        marks: places.map((registrationId) => ({ registrationId, mark: "present", version: 0 })),
        ...key(),
      }),
  },
  {
    name: "attendance.clear",
    prepare: (world) => world.markAnew(),
    call: (c, { attended: { sessionIds, places } }) =>
      c.attendance.clear({
        sessionId: sessionIds[0],
        marks: places.map((registrationId) => ({ registrationId, version: 1 })),
        ...key(),
      }),
  },
  {
    name: "bookings.hold",
    as: "public",
    isOfOne: true,
    call: (c, { runId, size }) => c.bookings.hold({ runId, places: size, ...key() }),
  },
  {
    name: "bookings.cancel",
    as: "public",
    prepare: (world) => world.bookAnew(),
    call: (c, { fresh: { reference, accessKey } }) =>
      c.bookings.cancel({ reference, accessKey, ...key() }),
  },
  {
    name: "registrations.cancel",
    as: "public",
    prepare: (world) => world.bookAnew(),
    call: (c, { fresh: { reference, accessKey, ids } }) =>
      c.registrations.cancel({ reference, accessKey, registrationIds: [...ids], ...key() }),
  },
  {
    name: "registrations.transfer",
    prepare: (world) => world.bookAnew(),
    call: (c, { fresh: { reference, ids }, otherRunId: toRunId }) =>
      c.registrations.transfer({ reference, registrationIds: [...ids], toRunId, ...key() }),
  },
  {
    name: "registrations.choose",
    as: "public",
    call: (c, { booked: { reference, accessKey, ids } }) =>
      c.registrations.choose({
        reference,
        accessKey,
        choices: ids.map((registrationId) => ({ registrationId, choice: "stays" })),
        ...key(),
      }),
  },
  {
    name: "runs.scheduleSeries",
    call: (c, world) =>
      c.runs.scheduleSeries({
        ...proposalOf(world),
        ...seriesOf(world),
        language: "en",
        status: "draft",
        price: null,
        ...key(),
      }),
  },
  {
    name: "runs.schedule",
    isOfOne: true,
    call: (c, { courseId, roomId, instructorIds, size }) =>
      c.runs.schedule({
        courseId,
        roomId,
        deliveryMode: "virtual",
        timeZone: "Europe/Oslo",
        language: "en",
        instructorIds,
        pattern: {
          from: `${new Date().getUTCFullYear() + 5 + size}-01-04`,
          sessions: size,
          start: "09:00",
          end: "10:00",
          weekdays: ["mon", "tue", "wed", "thu", "fri"],
        },
        capacity: 5,
        price: null,
        ...key(),
      }),
  },
  {
    name: "courses.update",
    isOfOne: true,
    prepare: writeCourseAnew,
    call: (c, { editedCourseId: id, topicSlugs: topics }) =>
      c.courses.update({ id, version: 1, changes: { title: "Anew", topics }, ...key() }),
  },
  {
    name: "courses.restore",
    isOfOne: true,
    prepare: writeCourseAnew,
    call: (c, { editedCourseId: id }) =>
      c.courses.restore({ id, version: 1, restored: 1, ...key() }),
  },
  {
    name: "courses.create",
    isOfOne: true,
    call: (c, { topicSlugs, size }) =>
      c.courses.create({
        code: `NEW-${size}`,
        slug: `new-${size}`,
        title: "New",
        topics: topicSlugs,
        ...key(),
      }),
  },
];
