import type { appRouter } from "@lectern/api/app-router";
import { testContext } from "@lectern/api/testing/factories";
import { PUBLIC_ACTOR } from "@lectern/auth/actor";
import { oneTimeKey } from "@lectern/auth/one-time";
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
  "keys.status":
    "Counts the values of every encrypted column, a statement each, in one snapshot: for administrators, who ask once in a quarter.",
};

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

export const CALLS: readonly CountedCall[] = [
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
  { name: "articles.list", as: "public", call: (c) => c.articles.list(page) },
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
    name: "courses.bySlug",
    as: "public",
    call: (c, { courseSlug: slug }) => c.courses.bySlug({ slug }),
  },
  { name: "courses.export", call: (c) => c.courses.export(page) },
  { name: "courses.facets", as: "public", call: (c) => c.courses.facets({}) },
  {
    name: "courses.facets searched",
    as: "public",
    call: (c) => c.courses.facets({ query: "test" }),
  },
  { name: "courses.list", as: "public", call: (c) => c.courses.list(page) },
  {
    name: "courses.list searched",
    as: "public",
    call: (c) => c.courses.list({ ...page, query: "test course" }),
  },
  {
    name: "courses.list by next run",
    as: "public",
    call: (c) => c.courses.list({ ...page, sort: "next_run" }),
  },
  { name: "courses.topics", as: "public", call: (c) => c.courses.topics() },
  {
    name: "devices.describe",
    isOfOne: true,
    call: (c, { deviceCode: userCode }) => c.devices.describe({ userCode }),
  },
  { name: "discounts.list", call: (c) => c.discounts.list(page) },
  { name: "enquiries.list", call: (c) => c.enquiries.list(page) },
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
  { name: "runs.byId", as: "public", call: (c, { runId: id }) => c.runs.byId({ id }) },
  { name: "runs.export", call: (c) => c.runs.export(page) },
  {
    name: "runs.invitation",
    isOfOne: true,
    call: (c, { privateRunId: id }) => c.runs.invitation({ id }),
  },
  { name: "runs.ledger", call: (c, { runId: id }) => c.runs.ledger({ ...page, id }) },
  { name: "runs.options", call: (c) => c.runs.options() },
  { name: "runs.roster", call: (c, { runId: id }) => c.runs.roster({ ...page, id }) },
  { name: "runs.undecided", call: (c) => c.runs.undecided(page) },
  { name: "runs.upcoming", as: "public", call: (c) => c.runs.upcoming(page) },
  {
    name: "runs.upcoming searched",
    as: "public",
    call: (c) => c.runs.upcoming({ ...page, query: "test" }),
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
  { name: "waitlist.list", call: (c, { fullRunId: runId }) => c.waitlist.list({ ...page, runId }) },
  { name: "waitlist.mine", call: (c) => c.waitlist.mine(page) },

  // Changes, of as many parts as the world has.
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
