import { operatorActor } from "@lectern/auth/actor";
import type { Database } from "@lectern/database/connect";
import { booking, registration, waitlistEntry } from "@lectern/database/schema/bookings";
import { courseRun } from "@lectern/database/schema/scheduling";
import { person } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { createTestRun, newKey } from "../../testing/factories.ts";
import { letLapse } from "../../testing/lapse.ts";
import {
  addressOf,
  apiAs,
  apiOf,
  createTestOrganisation,
  giveAddress,
  signInAt,
} from "../../testing/organisations.ts";
import { type SignedIn, signIn } from "../../testing/signed-in.ts";
import { refusalOfCall } from "../../testing/test-browser.ts";
import { createFullRun } from "../../testing/waiting.ts";
import { claimGuestBookings } from "./claim-guest-bookings.ts";

const database = useTestDatabase();
type Api = ReturnType<typeof apiAs>;

const guest = () => apiAs(database().db);
const DAY_MS = 86_400_000;
/** A day of next year, in that month. */
const yearAhead = (month: string) => {
  const day = `${new Date().getUTCFullYear() + 1}-${month}-01`;
  return { localStart: `${day}T09:00`, localEnd: `${day}T17:00`, capacity: 20 };
};
const newAddress = () => `Ingrid.${newKey()}@Example.com`;

interface Wanted {
  readonly email?: string;
  readonly places?: number;
  readonly learners?: readonly string[];
  readonly organisationId?: string;
  readonly runId?: string;
}

/** Holds places, by the procedures. */
async function hold(api: Api, { places = 1, runId }: Wanted = {}) {
  const id = runId ?? (await createTestRun(database().db, { capacity: 20 })).id;
  return api.bookings.hold({ runId: id, places, idempotencyKey: newKey() });
}

function orderOf(held: { reference: string; accessKey: string }, wanted: Wanted) {
  return {
    reference: held.reference,
    accessKey: held.accessKey,
    booker: { name: "Ingrid Berg", email: wanted.email ?? newAddress() },
    learners: (wanted.learners ?? []).map((email) => ({ name: "Learner", email })),
    organisationId: wanted.organisationId ?? null,
    acceptsTerms: true as const,
    idempotencyKey: newKey(),
  };
}

async function book(api: Api, wanted: Wanted = {}) {
  const held = await hold(api, wanted);
  const detail = await api.bookings.confirm(orderOf(held, wanted));
  return { ...held, detail };
}

async function rowOf(reference: string) {
  const [row] = await database()
    .db.select({
      id: booking.id,
      bookerId: booking.bookerId,
      organisationId: booking.organisationId,
    })
    .from(booking)
    .where(eq(booking.reference, reference));
  if (row === undefined) throw new Error("There is no such booking");
  return row;
}

async function learnersOf(reference: string) {
  const { id } = await rowOf(reference);
  const rows = await database()
    .db.select({ learnerId: registration.learnerId })
    .from(registration)
    .where(eq(registration.bookingId, id))
    .orderBy(registration.position);
  return rows.map(({ learnerId }) => learnerId);
}

async function signInWith(db: Database, email: string): Promise<SignedIn> {
  const who = await signIn(db);
  await giveAddress(db, who.id, email);
  return who;
}

/** Makes an account, and gives it what was booked with its address, as signing up does. */
async function signUpWith(
  db: Database,
  email: string,
  meanwhile = async () => {},
): Promise<string> {
  const id = uuidv7();
  await transaction(db, {}, async (tx) => {
    await tx
      .insert(person)
      .values({ id, name: "Ingrid", email, emailVerifiedAt: sql`clock_timestamp()` });
    await meanwhile();
    await claimGuestBookings(tx, id, email);
  });
  return id;
}

describe("a booking", () => {
  it("is of whoever was signed in as it was confirmed, or as payment began, whatever the address", async () => {
    const { db } = database();
    const who = await signIn(db);
    const api = await apiOf(db, who);
    const confirmed = await book(api);
    expect((await rowOf(confirmed.reference)).bookerId).toBe(who.id);

    const held = await hold(api);
    expect((await rowOf(held.reference)).bookerId).toBeNull();
    await api.bookings.startPayment(orderOf(held, {}));
    expect((await rowOf(held.reference)).bookerId).toBe(who.id);

    // Without its key, as it is theirs; not so for anybody else.
    const proof = { reference: confirmed.reference };
    expect((await api.bookings.byReference(proof)).reference).toBe(confirmed.reference);
    const other = await apiOf(db, await signIn(db));
    expect((await refusalOfCall(other.bookings.byReference(proof))).code).toBe("NotFound");
    expect((await refusalOfCall(guest().bookings.byReference(proof))).code).toBe("NotFound");
    await api.bookings.cancel({ ...proof, idempotencyKey: newKey() });
  });

  it("is not of somebody who owes a second factor yet", async () => {
    const { db } = database();
    const who = await signIn(db);
    const half = { ...(await who.actor()), needsSecondFactor: { isEnrolled: true } };
    const made = await book(apiAs(db, half));
    expect((await rowOf(made.reference)).bookerId).toBeNull();
    expect((await refusalOfCall(apiAs(db, half).bookings.mine({}))).code).toBe(
      "SecondFactorRequired",
    );
  });

  it("stays theirs when it is confirmed later without signing in", async () => {
    const { db } = database();
    const who = await signIn(db);
    const api = await apiOf(db, who);
    const held = await hold(api);
    await api.bookings.startPayment(orderOf(held, {}));
    await guest().bookings.confirm(orderOf(held, {}));
    expect((await rowOf(held.reference)).bookerId).toBe(who.id);
  });

  it("of a guest is of the account that its address has, in any letter case, or of nobody yet", async () => {
    const { db } = database();
    const email = newAddress();
    const who = await signInWith(db, email.toLowerCase());
    const own = await book(guest(), { email: email.toUpperCase() });
    expect((await rowOf(own.reference)).bookerId).toBe(who.id);
    const others = await book(guest());
    expect((await rowOf(others.reference)).bookerId).toBeNull();
    for (const [column, value] of [
      ["emailVerifiedAt", null],
      ["erasedAt", new Date()],
    ] as const) {
      const gone = await signInWith(db, newAddress());
      await db
        .update(person)
        .set({ [column]: value })
        .where(eq(person.id, gone.id));
      const made = await book(guest(), { email: await addressOf(db, gone.id) });
      expect((await rowOf(made.reference)).bookerId).toBeNull();
    }
  });

  it("that staff make is the customer's, and not theirs", async () => {
    const { db } = database();
    const seller = await signIn(db, { role: "sales" });
    const customer = await signIn(db);
    const api = await apiOf(db, seller);
    const known = await book(api, { email: await addressOf(db, customer.id) });
    expect((await rowOf(known.reference)).bookerId).toBe(customer.id);
    const unknown = await book(api);
    expect((await rowOf(unknown.reference)).bookerId).toBeNull();
    const own = await book(api, { email: await addressOf(db, seller.id) });
    expect((await rowOf(own.reference)).bookerId).toBe(seller.id);
    expect((await api.bookings.mine({})).items.map(({ reference }) => reference)).toEqual([
      own.reference,
    ]);
  });

  it("is among its owner's, the newest first, a page at a time", async () => {
    const { db } = database();
    const who = await signIn(db);
    const api = await apiOf(db, who);
    const made: string[] = [];
    for (let count = 0; count < 3; count += 1) made.unshift((await book(api)).reference);
    await book(await apiOf(db, await signIn(db)));
    const first = await api.bookings.mine({ limit: 2 });
    const rest = await api.bookings.mine({ limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map(({ reference }) => reference)).toEqual(made);
    expect([first.total, rest.total, rest.nextCursor]).toEqual([3, 3, null]);
    expect(first.items[0]).toMatchObject({
      status: "confirmed",
      places: 1,
      organisation: null,
      run: { placesLeft: 19 },
    });
    for (const list of [guest().bookings, guest().registrations, guest().waitlist]) {
      expect((await refusalOfCall(list.mine({}))).code).toBe("Unauthenticated");
    }
  });
});

describe("a place", () => {
  it("is of the learner whose verified address it was named with, in any letter case", async () => {
    const { db } = database();
    const email = newAddress();
    const who = await signInWith(db, email.toLowerCase());
    const learners = [email.toUpperCase(), newAddress()];
    const confirmed = await book(guest(), { places: 3, learners });
    expect(await learnersOf(confirmed.reference)).toEqual([who.id, null, null]);
    const api = await apiOf(db, who);
    const mine = await api.registrations.mine({});
    expect(mine).toMatchObject({
      total: 1,
      items: [
        {
          id: confirmed.detail.registrations[0]?.id,
          status: "confirmed",
          booker: { name: "Ingrid Berg" },
          run: { id: confirmed.runId },
        },
      ],
    });
    // A learner does not see the booking, nor what it cost.
    expect(JSON.stringify(mine)).not.toContain(confirmed.reference);
    expect(
      (await refusalOfCall(api.bookings.byReference({ reference: confirmed.reference }))).code,
    ).toBe("NotFound");
  });

  it("goes from one learner's list to another's when it is given to them, or claimed", async () => {
    const { db } = database();
    const [first, second, third] = [await signIn(db), await signIn(db), await signIn(db)];
    const addressed = (who: SignedIn) => addressOf(db, who.id);
    const made = await book(guest(), { places: 2, learners: [await addressed(first)] });
    const [named, open] = made.detail.registrations;
    const proof = { reference: made.reference, accessKey: made.accessKey };
    await guest().registrations.substitute({
      ...proof,
      registrationId: named?.id ?? "",
      learner: { name: "Second", email: (await addressed(second)).toUpperCase() },
      idempotencyKey: newKey(),
    });
    expect(await learnersOf(made.reference)).toEqual([second.id, null]);
    expect((await (await apiOf(db, first)).registrations.mine({})).items).toEqual([]);

    const link = await guest().registrations.claimLink({
      ...proof,
      registrationId: open?.id ?? "",
      idempotencyKey: newKey(),
    });
    await guest().registrations.claim({
      ...link,
      learner: { name: "Third", email: (await addressed(third)).toUpperCase() },
      acceptsTerms: true,
      idempotencyKey: newKey(),
    });
    expect(await learnersOf(made.reference)).toEqual([second.id, third.id]);
    // Given to a guest, it is nobody's again.
    await guest().registrations.substitute({
      ...proof,
      registrationId: named?.id ?? "",
      learner: { name: "Guest", email: newAddress() },
      idempotencyKey: newKey(),
    });
    expect(await learnersOf(made.reference)).toEqual([null, third.id]);
  });

  it("that is moved to another date stays its booker's, its learner's and its company's", async () => {
    const { db } = database();
    const organisationId = await createTestOrganisation(db);
    const booker = await signInAt(db, organisationId, "company_manager");
    const learner = await signIn(db);
    const api = await apiOf(db, booker);
    const made = await book(api, {
      places: 2,
      learners: [await addressOf(db, learner.id)],
      organisationId,
    });
    const there = await createTestRun(db);
    const { to } = await api.registrations.transfer({
      reference: made.reference,
      registrationIds: made.detail.registrations.map(({ id }) => id),
      toRunId: there.id,
      idempotencyKey: newKey(),
    });
    expect(await rowOf(to.reference)).toMatchObject({ bookerId: booker.id, organisationId });
    expect(await learnersOf(to.reference)).toEqual([learner.id, null]);
    const mine = await (await apiOf(db, learner)).registrations.mine({});
    expect(mine.items.map(({ status }) => status)).toEqual(["confirmed", "transferred"]);
  });

  it("is ahead of its learner, the next one first, and behind them once it is over, cancelled or moved", async () => {
    const { db } = database();
    const who = await signIn(db);
    const api = await apiOf(db, who);
    const learners = [await addressOf(db, who.id)];
    const early = await createTestRun(db, yearAhead("03"));
    const late = await createTestRun(db, yearAhead("09"));
    const over = await createTestRun(db, yearAhead("05"));
    const [second, first] = [
      await book(guest(), { runId: late.id, learners }),
      await book(guest(), { runId: early.id, learners }),
    ];
    const third = await book(guest(), { runId: over.id, learners });
    const idsOf = async (when: "upcoming" | "past") => {
      const runIds: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await api.registrations.mine({ when, limit: 1, cursor });
        runIds.push(...page.items.map(({ run }) => run.id));
        expect(page.total).toBe(when === "upcoming" ? 3 - behind : behind);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return runIds;
    };
    let behind = 0;
    expect(await idsOf("upcoming")).toEqual([first.runId, third.runId, second.runId]);
    expect(await idsOf("past")).toEqual([]);

    await db
      .update(courseRun)
      .set({ startsAt: new Date(Date.now() - 2 * DAY_MS), endsAt: new Date(Date.now() - DAY_MS) })
      .where(eq(courseRun.id, third.runId));
    behind = 1;
    expect(await idsOf("upcoming")).toEqual([first.runId, second.runId]);
    expect(await idsOf("past")).toEqual([third.runId]);

    const { reference, accessKey } = second;
    await guest().bookings.cancel({ reference, accessKey, idempotencyKey: newKey() });
    behind = 2;
    expect(await idsOf("upcoming")).toEqual([first.runId]);
    expect(await idsOf("past")).toEqual([second.runId, third.runId]);
    // A cursor is of its list alone.
    const { nextCursor } = await api.registrations.mine({ when: "past", limit: 1 });
    expect(
      (await refusalOfCall(api.registrations.mine({ when: "upcoming", cursor: nextCursor }))).code,
    ).toBe("Invalid");
  });

  it("whose hold lapsed, and was taken again, is of those who are named then", async () => {
    const { db } = database();
    const who = await signIn(db);
    const held = await hold(guest());
    await guest().bookings.startPayment(orderOf(held, { learners: [await addressOf(db, who.id)] }));
    expect(await learnersOf(held.reference)).toEqual([who.id]);
    await letLapse(db, held.reference);
    const order = orderOf(held, { learners: [newAddress()] });
    await guest().bookings.confirm(order);
    expect(await learnersOf(held.reference)).toEqual([null]);
    expect((await (await apiOf(db, who)).registrations.mine({})).total).toBe(0);
  });
});

describe("an entry of the waiting list", () => {
  it("is of whoever is signed in, and so is the booking that its offer becomes", async () => {
    const { db } = database();
    const who = await signIn(db);
    const api = await apiOf(db, who);
    const run = await createFullRun(db, [1, 1]);
    const joined = await api.waitlist.join({
      runId: run.id,
      quantity: 1,
      name: "Ingrid",
      email: newAddress(),
      idempotencyKey: newKey(),
    });
    expect(await api.waitlist.mine({})).toMatchObject({
      total: 1,
      items: [{ entryId: joined.entryId, status: "waiting", position: 1, run: { id: run.id } }],
    });
    await run.free();
    // Without the entry's key: it is theirs.
    const accepted = await api.waitlist.accept({
      entryId: joined.entryId,
      idempotencyKey: newKey(),
    });
    expect((await rowOf(accepted.reference)).bookerId).toBe(who.id);
    expect((await api.waitlist.mine({})).items).toMatchObject([{ status: "accepted" }]);
    const other = await apiOf(db, await signIn(db));
    expect((await other.waitlist.mine({})).items).toEqual([]);
    expect((await refusalOfCall(other.waitlist.byKey({ entryId: joined.entryId }))).code).toBe(
      "NotFound",
    );
  });

  it("of a guest is of the account that its address has by the time that its offer is accepted", async () => {
    const { db } = database();
    const email = newAddress();
    const run = await createFullRun(db, [1, 1]);
    const joined = await guest().waitlist.join({
      runId: run.id,
      quantity: 1,
      name: "Ingrid",
      email,
      idempotencyKey: newKey(),
    });
    await run.free();
    const personId = await signUpWith(db, email.toLowerCase());
    const [entry] = await db
      .select({ personId: waitlistEntry.personId })
      .from(waitlistEntry)
      .where(eq(waitlistEntry.id, joined.entryId));
    expect(entry?.personId).toBe(personId);
    const accepted = await guest().waitlist.accept({
      entryId: joined.entryId,
      accessKey: joined.accessKey,
      idempotencyKey: newKey(),
    });
    expect((await rowOf(accepted.reference)).bookerId).toBe(personId);
    expect(await learnersOf(accepted.reference)).toEqual([personId]);
  });

  it("that staff write down is the party's, and not theirs", async () => {
    const { db } = database();
    const seller = await signIn(db, { role: "sales" });
    const customer = await signIn(db);
    const run = await createFullRun(db, [1]);
    const api = await apiOf(db, seller);
    await api.waitlist.join({
      runId: run.id,
      quantity: 1,
      name: "Customer",
      email: await addressOf(db, customer.id),
      idempotencyKey: newKey(),
    });
    expect((await api.waitlist.mine({})).total).toBe(0);
    expect((await (await apiOf(db, customer)).waitlist.mine({})).total).toBe(1);
  });
});

describe("what guests booked", () => {
  it("is of the account that is made with their address, in any letter case, and nothing else is", async () => {
    const { db } = database();
    const email = newAddress();
    const owner = await signIn(db);
    const booked = await book(guest(), {
      email: email.toUpperCase(),
      places: 2,
      learners: [email],
    });
    const others = await book(guest(), { places: 1, learners: [newAddress()] });
    // Booked with that address by somebody with an account: it stays theirs.
    const taken = await book(await apiOf(db, owner), { email });
    const personId = await signUpWith(db, email.toLowerCase());
    expect((await rowOf(booked.reference)).bookerId).toBe(personId);
    expect(await learnersOf(booked.reference)).toEqual([personId, null]);
    expect((await rowOf(others.reference)).bookerId).toBeNull();
    expect(await learnersOf(others.reference)).toEqual([null]);
    expect((await rowOf(taken.reference)).bookerId).toBe(owner.id);
    const again = await transaction(db, {}, (tx) => claimGuestBookings(tx, personId, email));
    expect(again).toEqual({ bookings: 0, registrations: 0, waitlistEntries: 0 });
  });

  it("is theirs even if it was booked as the account was being made", async () => {
    const { db } = database();
    const { id: runId } = await createTestRun(db, { capacity: 200 });
    for (let round = 0; round < 8; round += 1) {
      const email = newAddress();
      const held = await Promise.all([1, 2, 3].map(() => hold(guest(), { runId })));
      const [signedUp, ...booked] = await Promise.all([
        signUpWith(db, email),
        ...held.map((each, index) =>
          guest().bookings.confirm(
            orderOf(each, { email, learners: index === 0 ? [email.toUpperCase()] : [] }),
          ),
        ),
      ]);
      for (const { reference } of booked) {
        expect((await rowOf(reference)).bookerId).toBe(signedUp);
      }
      expect(await learnersOf(held[0]?.reference ?? "")).toEqual([signedUp]);
    }
  });

  it("waits for an account that is there but not committed, and finds it then", async () => {
    const { db } = database();
    const email = newAddress();
    const held = await hold(guest());
    let confirming: Promise<unknown> = Promise.resolve();
    const personId = uuidv7();
    await transaction(db, {}, async (tx) => {
      await tx
        .insert(person)
        .values({ id: personId, name: "Ingrid", email, emailVerifiedAt: sql`clock_timestamp()` });
      await claimGuestBookings(tx, personId, email);
      confirming = guest().bookings.confirm(orderOf(held, { email }));
      // It has to wait for this transaction: it can't have found the account before.
      await waitForLock(db);
    });
    await confirming;
    expect((await rowOf(held.reference)).bookerId).toBe(personId);
  });
});

/** Resolves once some statement waits for an advisory lock. */
async function waitForLock(db: Database): Promise<void> {
  for (;;) {
    const { count } = await db.execute(sql`
      SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    if (count > 0) return;
  }
}

describe("booking for a company", () => {
  it("is open to those who may book for it, and to nobody else", async () => {
    const { db } = database();
    const [own, other] = [await createTestOrganisation(db), await createTestOrganisation(db)];
    for (const role of ["company_booker", "company_manager"] as const) {
      const who = await signInAt(db, own, role);
      const made = await book(await apiOf(db, who), { organisationId: own });
      expect(await rowOf(made.reference)).toMatchObject({
        bookerId: who.id,
        organisationId: own,
      });
    }
    const seller = await apiOf(db, await signIn(db, { role: "sales" }));
    expect(
      (await rowOf((await book(seller, { organisationId: own })).reference)).organisationId,
    ).toBe(own);

    const booker = await apiOf(db, await signInAt(db, own, "company_booker"));
    const learner = await apiOf(db, await signInAt(db, own, "learner"));
    const instructor = await apiOf(db, await signIn(db, { role: "instructor" }));
    const refused = [
      [booker, other],
      [booker, uuidv7()],
      [learner, own],
      [instructor, own],
      [guest(), own],
    ] as const;
    for (const [api, organisationId] of refused) {
      const held = await hold(api);
      for (const call of [
        () => api.bookings.confirm(orderOf(held, { organisationId })),
        () => api.bookings.startPayment(orderOf(held, { organisationId })),
      ]) {
        expect(await refusalOfCall(call())).toEqual({
          code: "Forbidden",
          data: { permission: "bookings.make.any" },
        });
      }
      expect((await rowOf(held.reference)).organisationId).toBeNull();
    }
    const operator = apiAs(db, operatorActor("test-operator"));
    const held = await hold(operator);
    const nowhere = orderOf(held, { organisationId: uuidv7() });
    expect((await refusalOfCall(operator.bookings.confirm(nowhere))).code).toBe("NotFound");
    const archived = await createTestOrganisation(db, { archivedAt: new Date() });
    expect(
      await refusalOfCall(operator.bookings.confirm(orderOf(held, { organisationId: archived }))),
    ).toMatchObject({ code: "Conflict", data: { reason: "wrong_state", entity: "organisation" } });
  });

  it("lets its managers change what is booked for it, its bookers see it, and others do neither", async () => {
    const { db } = database();
    const [own, other] = [await createTestOrganisation(db), await createTestOrganisation(db)];
    const made = await book(await apiOf(db, await signInAt(db, own, "company_booker")), {
      organisationId: own,
      places: 2,
    });
    const proof = { reference: made.reference };
    const cancel = () => ({ ...proof, idempotencyKey: newKey() });
    const colleague = await apiOf(db, await signInAt(db, own, "company_booker"));
    expect((await colleague.bookings.byReference(proof)).places).toBe(2);
    expect((await refusalOfCall(colleague.bookings.cancel(cancel()))).code).toBe("NotFound");
    for (const who of [
      await signInAt(db, own, "learner"),
      await signInAt(db, other, "company_manager"),
      await signIn(db),
    ]) {
      const api = await apiOf(db, who);
      expect((await refusalOfCall(api.bookings.byReference(proof))).code).toBe("NotFound");
      expect((await refusalOfCall(api.bookings.cancel(cancel()))).code).toBe("NotFound");
    }
    const manager = await apiOf(db, await signInAt(db, own, "company_manager"));
    const [seat] = made.detail.registrations;
    await manager.registrations.substitute({
      ...proof,
      registrationId: seat?.id ?? "",
      learner: { name: "Kari", email: newAddress() },
      idempotencyKey: newKey(),
    });
    // For the academy decide its own people alone.
    expect(
      await refusalOfCall(manager.bookings.cancel({ ...cancel(), waiveFee: true })),
    ).toMatchObject({
      code: "Forbidden",
    });
    expect((await manager.bookings.cancel(cancel())).status).toBe("cancelled");

    const list = await manager.bookings.list({ organisationId: own });
    expect(list.items).toMatchObject([{ reference: made.reference, organisation: { id: own } }]);
    expect((await manager.bookings.list({ organisationId: other })).total).toBe(0);
    const operator = apiAs(db, operatorActor("test-operator"));
    expect((await operator.bookings.list({ organisationId: own })).total).toBe(1);
  });
});
