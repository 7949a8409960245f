import type { PersonActor } from "@lectern/auth/actor";
import type { Grant, Scope } from "@lectern/auth/roles";
import { ROLES, type Role } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/connect";
import { booking } from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import { useTestDatabase } from "@lectern/database/testing/database";
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import { createReference } from "../features/bookings/reference.ts";
import { createTestCourse, createTestRun, createTestVenue, newKey } from "../testing/factories.ts";
import {
  apiAs,
  createTestOrganisation,
  letTeach,
  signInAsInstructor,
} from "../testing/organisations.ts";
import { domainErrorCodeOf } from "../testing/test-browser.ts";

/**
 * Of whatever roles somebody has, wherever they hold: lists show exactly what is within their reach, and what
 * is not is not there. The academy is a small random one; what somebody may see of it is said a second time
 * here, in plain words.
 */

const database = useTestDatabase();

const COUNTRIES = ["NO", "SE", "DK"] as const;
const COMPANIES = 3;
const INSTRUCTORS = 3;

const runShape = fc.record({
  country: fc.option(fc.constantFrom(...COUNTRIES)),
  company: fc.option(fc.nat(COMPANIES - 1)),
  taughtBy: fc.subarray([0, 1, 2]),
  isUndecided: fc.boolean(),
} as const);
const bookingShape = fc.record({
  run: fc.nat(),
  company: fc.option(fc.nat(COMPANIES - 1)),
  booker: fc.option(fc.nat(INSTRUCTORS - 1), { freq: 2 }),
  isPaidLate: fc.boolean(),
} as const);

interface Run {
  readonly id: string;
  readonly country: string | null;
  readonly organisationId: string | null;
  /** Persons. */
  readonly teachers: readonly string[];
  readonly isUndecided: boolean;
}

interface Booking {
  readonly reference: string;
  readonly run: Run;
  readonly organisationId: string | null;
  readonly bookerId: string | null;
  readonly isPaidLate: boolean;
}

interface Academy {
  readonly people: readonly string[];
  readonly organisations: readonly string[];
  readonly runs: readonly Run[];
  readonly bookings: readonly Booking[];
}

async function createAcademy(db: Database, seed: number): Promise<Academy> {
  const [runShapes, bookingShapes] = fc.sample(
    fc.tuple(
      fc.array(runShape, { minLength: 16, maxLength: 16 }),
      fc.array(bookingShape, { minLength: 40, maxLength: 40 }),
    ),
    { seed, numRuns: 1 },
  )[0] ?? [[], []];
  const instructors: Awaited<ReturnType<typeof signInAsInstructor>>[] = [];
  for (let count = 0; count < INSTRUCTORS; count += 1) {
    instructors.push(await signInAsInstructor(db));
  }
  const organisations: string[] = [];
  for (let count = 0; count < COMPANIES; count += 1) {
    organisations.push(await createTestOrganisation(db));
  }
  const venues = new Map<string, string>();
  for (const country of COUNTRIES) venues.set(country, await createTestVenue(db, { country }));
  const { id: courseId } = await createTestCourse(db);

  const runs: Run[] = [];
  const soon = new Date(Date.now() + 3_600_000);
  for (const [index, shape] of runShapes.entries()) {
    const organisationId = shape.company === null ? null : (organisations[shape.company] ?? null);
    const day = String(index + 1).padStart(2, "0");
    const year = new Date().getUTCFullYear() + 1;
    const run = await createTestRun(db, {
      courseId,
      // No instructor is in two places at once.
      localStart: `${year}-06-${day}T09:00`,
      localEnd: `${year}-06-${day}T17:00`,
      values: {
        venueId: shape.country === null ? null : (venues.get(shape.country) ?? null),
        organisationId,
        visibility: organisationId === null ? "public" : "private",
        ...(shape.isUndecided && { status: "tentative", decisionAt: soon }),
      },
    });
    const teachers = shape.taughtBy.flatMap((at) => instructors[at] ?? []);
    await letTeach(
      db,
      run,
      teachers.map(({ instructorId }) => instructorId),
    );
    const { country, isUndecided } = shape;
    runs.push({
      id: run.id,
      country,
      organisationId,
      teachers: teachers.map(({ id }) => id),
      isUndecided,
    });
  }

  const bookings: Booking[] = [];
  for (const shape of bookingShapes) {
    const run = runs[shape.run % runs.length];
    if (run === undefined) throw new Error("The academy has no runs");
    const made = {
      reference: createReference(),
      organisationId: shape.company === null ? null : (organisations[shape.company] ?? null),
      bookerId: shape.booker === null ? null : (instructors[shape.booker]?.id ?? null),
    };
    const id = uuidv7();
    await db.insert(booking).values({
      id,
      ...made,
      runId: run.id,
      status: "confirmed",
      places: 1,
      bookerName: "Ingrid Berg",
      bookerEmail: "ingrid@example.com",
      confirmedAt: new Date(),
    });
    if (shape.isPaidLate) {
      await db.insert(payment).values({
        id: uuidv7(),
        bookingId: id,
        reference: newKey(),
        amount: 100,
        currency: "NOK",
        outcome: "late",
      });
    }
    bookings.push({ ...made, run, isPaidLate: shape.isPaidLate });
  }
  return { people: instructors.map(({ id }) => id), organisations, runs, bookings };
}

/** Where a grant holds, before the academy is there: companies by their number. */
type Placed =
  | { readonly role: Role; readonly at: "everywhere" }
  | { readonly role: Role; readonly at: "country"; readonly country: string }
  | { readonly role: Role; readonly at: "company"; readonly company: number }
  | { readonly role: Role; readonly at: "own_runs" };

const role = fc.constantFrom(...ROLES);
/** Any role for any scope, sensible or not: what makes no sense gives nothing. */
const placed: fc.Arbitrary<Placed> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ role, at: fc.constant("everywhere" as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      role,
      at: fc.constant("country" as const),
      country: fc.constantFrom(...COUNTRIES),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      role,
      at: fc.constant("company" as const),
      company: fc.nat(COMPANIES - 1),
    }),
  },
  { weight: 4, arbitrary: fc.record({ role, at: fc.constant("own_runs" as const) }) },
);

const READ_ROSTERS: readonly Role[] = ["instructor", "sales", "finance", "administrator"];
const READ_BOOKINGS: readonly Role[] = [
  "company_booker",
  "company_manager",
  "sales",
  "finance",
  "administrator",
];
const READ_RUNS: readonly Role[] = [
  "instructor",
  "course_editor",
  "sales",
  "finance",
  "administrator",
];
const READ_ORGANISATIONS: readonly Role[] = [
  "company_booker",
  "company_manager",
  "sales",
  "finance",
  "administrator",
];

/** The reference: what somebody sees, row by row and role by role. */
class Model {
  readonly #grants: readonly Grant[];
  readonly #personId: string;

  constructor(grants: readonly Grant[], personId: string) {
    this.#grants = grants;
    this.#personId = personId;
  }

  #some(roles: readonly Role[], isWithin: (scope: Scope) => boolean): boolean {
    return this.#grants.some((grant) => roles.includes(grant.role) && isWithin(grant.scope));
  }

  #isTaughtWithin(run: Run, scope: Scope): boolean {
    if (scope.kind === "everywhere") return true;
    if (scope.kind === "country") return run.country === scope.country;
    return scope.kind === "own_runs" && run.teachers.includes(this.#personId);
  }

  listsBooking({ run, organisationId }: Booking): boolean {
    return this.#some(READ_BOOKINGS, (scope) =>
      scope.kind === "organisation"
        ? organisationId === scope.organisationId
        : scope.kind !== "own_runs" && this.#isTaughtWithin(run, scope),
    );
  }

  opensBooking(one: Booking): boolean {
    return one.bookerId === this.#personId || this.listsBooking(one);
  }

  opensRoster(run: Run): boolean {
    return this.#some(READ_ROSTERS, (scope) => this.#isTaughtWithin(run, scope));
  }

  /** All that a run's bookings show together. */
  opensLedger(run: Run): boolean {
    return this.#some(
      READ_BOOKINGS,
      (scope) => scope.kind !== "own_runs" && this.#isTaughtWithin(run, scope),
    );
  }

  readsRun(run: Run): boolean {
    return this.#some(READ_RUNS, (scope) => this.#isTaughtWithin(run, scope));
  }

  readsOrganisation(id: string): boolean {
    return this.#some(
      READ_ORGANISATIONS,
      (scope) =>
        scope.kind === "everywhere" ||
        (scope.kind === "organisation" && scope.organisationId === id),
    );
  }

  /** Whether anything of that kind is theirs at all: else they are told that they may not. */
  mayListBookings(): boolean {
    // Bookings are not held for the runs that somebody teaches.
    return this.#some(READ_BOOKINGS, ({ kind }) => kind !== "own_runs");
  }

  mayListRosters(): boolean {
    return this.#some(READ_ROSTERS, ({ kind }) => kind !== "organisation");
  }

  mayListRuns(): boolean {
    // Runs are not held for a company.
    return this.#some(READ_RUNS, ({ kind }) => kind !== "organisation");
  }

  mayListOrganisations(): boolean {
    return this.#some(
      READ_ORGANISATIONS,
      ({ kind }) => kind === "everywhere" || kind === "organisation",
    );
  }
}

function actorWith(personId: string, grants: readonly Grant[]): PersonActor {
  return {
    kind: "person",
    id: personId,
    name: "Somebody",
    email: "somebody@example.org",
    grants,
    session: { id: "session", hasSecondFactor: true, confirmedAt: new Date() },
    needsSecondFactor: null,
  };
}

/** @returns all items of a list, a few at a time; what it counts must be as many */
async function allOf<Item>(
  list: (page: { limit: number; cursor: string | null }) => Promise<{
    items: Item[];
    nextCursor: string | null;
    total: number;
  }>,
): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | null = null;
  let total: number;
  do {
    const page = await list({ limit: 7, cursor });
    found.push(...page.items);
    ({ nextCursor: cursor, total } = page);
  } while (cursor !== null);
  expect(found).toHaveLength(total);
  return found;
}

/** What a call did: its answer, or the code that it was refused with. */
async function orCode<T>(call: Promise<T>): Promise<T | string> {
  return call.catch((error: unknown) => domainErrorCodeOf(error));
}

let academy: Academy;
beforeAll(async () => {
  academy = await createAcademy(database().db, 20_27);
});

const someGrants = fc.record({
  person: fc.nat(INSTRUCTORS - 1),
  grants: fc.array(placed, { maxLength: 3 }),
} as const);

/** @returns somebody with these roles, and what they should see */
function whoHas({ person, grants }: { person: number; grants: readonly Placed[] }) {
  const personId = academy.people[person] ?? "";
  const held = grants.map((grant): Grant => {
    const scopeOf = (): Scope => {
      if (grant.at === "country") return { kind: "country", country: grant.country };
      if (grant.at === "own_runs") return { kind: "own_runs", personId };
      if (grant.at === "everywhere") return { kind: "everywhere" };
      return { kind: "organisation", organisationId: academy.organisations[grant.company] ?? "" };
    };
    return { role: grant.role, scope: scopeOf() };
  });
  return {
    api: apiAs(database().db, actorWith(personId, held)),
    model: new Model(held, personId),
  };
}

describe("whatever roles somebody has", () => {
  it("lists show what is within their reach: all of it, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(someGrants, async (who) => {
        const { api, model } = whoHas(who);
        const bookings = await orCode(allOf((page) => api.bookings.list(page)));
        expect(namesOf(bookings, ({ reference }) => reference)).toEqual(
          model.mayListBookings()
            ? academy.bookings
                .filter((one) => model.listsBooking(one))
                .map(({ reference }) => reference)
                .toSorted()
            : "Forbidden",
        );
        const late = await orCode(allOf((page) => api.bookings.latePayments(page)));
        expect(namesOf(late, ({ reference }) => reference)).toEqual(
          model.mayListBookings()
            ? academy.bookings
                .filter((one) => one.isPaidLate && model.listsBooking(one))
                .map(({ reference }) => reference)
                .toSorted()
            : "Forbidden",
        );
        const undecided = await orCode(allOf((page) => api.runs.undecided(page)));
        expect(namesOf(undecided, ({ run }) => run.id)).toEqual(
          model.mayListRuns()
            ? academy.runs
                .filter((run) => run.isUndecided && model.readsRun(run))
                .map(({ id }) => id)
                .toSorted()
            : "Forbidden",
        );
        const organisations = await orCode(allOf((page) => api.organisations.list(page)));
        expect(namesOf(organisations, ({ id }) => id)).toEqual(
          model.mayListOrganisations()
            ? academy.organisations.filter((id) => model.readsOrganisation(id)).toSorted()
            : "Forbidden",
        );
      }),
      { numRuns: 120 },
    );
  }, 120_000);

  it("what is out of their reach is not there, and what is within it is", async () => {
    await fc.assert(
      fc.asyncProperty(someGrants, async (who) => {
        const { api, model } = whoHas(who);
        for (const one of academy.bookings) {
          const found = await orCode(api.bookings.byReference({ reference: one.reference }));
          const seen = typeof found === "string" ? found : found.reference;
          expect(seen).toBe(model.opensBooking(one) ? one.reference : "NotFound");
        }
        for (const run of academy.runs) {
          const roster = await orCode(api.runs.roster({ id: run.id }));
          expect(typeof roster === "string" ? roster : roster.run.id).toBe(
            model.opensRoster(run) ? run.id : model.mayListRosters() ? "NotFound" : "Forbidden",
          );
          const ledger = await orCode(api.runs.ledger({ id: run.id }));
          expect(typeof ledger === "string" ? ledger : ledger.id).toBe(
            model.opensLedger(run) ? run.id : model.mayListBookings() ? "NotFound" : "Forbidden",
          );
          const prices = await orCode(api.prices.byRun({ runId: run.id }));
          expect(typeof prices === "string" ? prices : prices.runId).toBe(
            model.readsRun(run) ? run.id : model.mayListRuns() ? "NotFound" : "Forbidden",
          );
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

/** @returns what names the items, in order; a code as it is */
function namesOf<Item>(found: Item[] | string, nameOf: (item: Item) => string): string[] | string {
  return typeof found === "string" ? found : found.map(nameOf).toSorted();
}
