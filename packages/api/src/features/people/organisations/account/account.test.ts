import { operatorActor } from "@lectern/auth/actor";
import type { Money } from "@lectern/contract/primitives";
import { booking } from "@lectern/database/schema/bookings";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type TestRunOptions, createTestRun, newKey } from "../../../../testing/factories.ts";
import {
  apiAs,
  apiOf,
  createTestOrganisation,
  signInAt,
} from "../../../../testing/organisations.ts";
import { signIn } from "../../../../testing/signed-in.ts";
import { refusalOfCall } from "../../../../testing/test-browser.ts";

const database = useTestDatabase();
const operator = () => apiAs(database().db, operatorActor("test-operator"));
type Api = ReturnType<typeof apiAs>;

interface Wanted {
  readonly organisationId?: string;
  readonly places?: number;
  readonly learners?: readonly string[];
  readonly run?: TestRunOptions;
  readonly runId?: string;
  /** Whether somebody has to approve it. */
  readonly approver?: boolean;
}

async function book(api: Api, wanted: Wanted) {
  const { places = 1, learners = [] } = wanted;
  const runId = wanted.runId ?? (await createTestRun(database().db, wanted.run)).id;
  const held = await api.bookings.hold({ runId, places, idempotencyKey: newKey() });
  const detail = await api.bookings.confirm({
    reference: held.reference,
    accessKey: held.accessKey,
    booker: { name: "Ingrid Berg", email: `${newKey()}@example.com` },
    learners: learners.map((email) => ({ name: "Learner", email })),
    organisationId: wanted.organisationId ?? null,
    ...(wanted.approver && { approver: { name: "Boss", email: newAddress() } }),
    acceptsTerms: true,
    idempotencyKey: newKey(),
  });
  return { reference: held.reference, runId, ids: detail.registrations.map(({ id }) => id) };
}

async function createCompany() {
  const { db } = database();
  const organisationId = await createTestOrganisation(db);
  const manager = await apiOf(db, await signInAt(db, organisationId, "company_manager"));
  return { organisationId, manager };
}

async function pay(reference: string, amount: number, currency = "NOK") {
  await operator().bookings.recordPayment({
    reference,
    paymentReference: newKey(),
    amount: { amount, currency },
    idempotencyKey: newKey(),
  });
}

const newAddress = () => `${newKey()}@example.com`;

describe("the seats of an organisation", () => {
  it("are those of its confirmed bookings to come that nobody is named for, the soonest first", async () => {
    const { db } = database();
    const { organisationId, manager } = await createCompany();
    const year = new Date().getUTCFullYear() + 1;
    const later = { localStart: `${year}-09-01T09:00`, localEnd: `${year}-09-02T17:00` };
    const inAutumn = await book(manager, { organisationId, places: 2, run: later });
    const inSummer = await book(manager, { organisationId, places: 2, learners: [newAddress()] });
    // None of these.
    await book(manager, { places: 2 });
    await book(manager, { organisationId, learners: [newAddress()] });
    const cancelled = await book(manager, { organisationId, places: 2 });
    await manager.bookings.cancel({ reference: cancelled.reference, idempotencyKey: newKey() });
    const begun = await book(manager, { organisationId });
    await db
      .update(courseRun)
      .set({ startsAt: sql`clock_timestamp() - interval '1 minute'` })
      .where(eq(courseRun.id, begun.runId));
    const { runId } = inSummer;
    const held = await manager.bookings.hold({ runId, places: 1, idempotencyKey: newKey() });
    await db.update(booking).set({ organisationId }).where(eq(booking.reference, held.reference));
    const elsewhere = await createCompany();
    await book(elsewhere.manager, { organisationId: elsewhere.organisationId, places: 2 });

    const first = await manager.organisations.seats({ organisationId, limit: 2 });
    const rest = await manager.organisations.seats({ organisationId, cursor: first.nextCursor });
    expect([first.total, rest.total, rest.nextCursor]).toEqual([3, 3, null]);
    expect(first).toMatchObject({ named: 2, unnamed: 3 });
    expect([...first.items, ...rest.items].map(({ learner }) => learner)).toEqual([
      null,
      null,
      null,
    ]);
    const named = await manager.organisations.seats({ organisationId, show: "named" });
    expect([named.total, named.items.map(({ learner }) => learner?.name)]).toEqual([
      2,
      ["Learner", "Learner"],
    ]);
    expect((await manager.organisations.seats({ organisationId, show: "all" })).total).toBe(5);
    expect([...first.items, ...rest.items]).toMatchObject([
      { registrationId: inSummer.ids[1], reference: inSummer.reference, position: 2 },
      { registrationId: inAutumn.ids[0], booker: { name: "Ingrid Berg" }, position: 1 },
      { registrationId: inAutumn.ids[1], run: { id: inAutumn.runId }, position: 2 },
    ]);

    // Naming goes the usual way.
    await manager.registrations.substitute({
      reference: inSummer.reference,
      registrationId: inSummer.ids[1] ?? "",
      learner: { name: "Kari", email: newAddress() },
      idempotencyKey: newKey(),
    });
    await manager.registrations.claimLink({
      reference: inAutumn.reference,
      registrationId: inAutumn.ids[0] ?? "",
      sendTo: newAddress(),
      idempotencyKey: newKey(),
    });
    expect((await manager.organisations.seats({ organisationId })).total).toBe(2);
    const stranger = elsewhere.manager.registrations.claimLink({
      reference: inAutumn.reference,
      registrationId: inAutumn.ids[0] ?? "",
      idempotencyKey: newKey(),
    });
    expect((await refusalOfCall(stranger)).code).toBe("NotFound");
  });
});

describe("the bookings of an organisation", () => {
  it("are all that were made for it, whoever made them, with who is to approve them", async () => {
    const { db } = database();
    const { organisationId, manager } = await createCompany();
    const booker = await apiOf(db, await signInAt(db, organisationId, "company_booker"));
    const theirs = await book(booker, { organisationId });
    const waiting = await book(booker, { organisationId, approver: true });
    const own = await book(manager, { organisationId, approver: true });
    await book(manager, { places: 1 });

    const all = await manager.organisations.bookings({ organisationId, limit: 2 });
    const rest = await manager.organisations.bookings({ organisationId, cursor: all.nextCursor });
    expect(all.total).toBe(3);
    expect([...all.items, ...rest.items]).toMatchObject([
      { reference: own.reference, isOwn: true, approver: { name: "Boss" } },
      { reference: waiting.reference, isOwn: false, status: "awaiting_approval" },
      { reference: theirs.reference, approver: null, run: { id: theirs.runId } },
    ]);
    const wait = await booker.organisations.bookings({
      organisationId,
      status: "awaiting_approval",
    });
    expect(wait.total).toBe(2);
    const stranger = (await createCompany()).manager;
    expect((await refusalOfCall(stranger.organisations.bookings({ organisationId }))).code).toBe(
      "NotFound",
    );
  });

  it("are approved and refused by its managers, but for those that they made themselves", async () => {
    const { db } = database();
    const { organisationId, manager } = await createCompany();
    const booker = await apiOf(db, await signInAt(db, organisationId, "company_booker"));
    const [first, second] = [
      await book(booker, { organisationId, approver: true }),
      await book(booker, { organisationId, approver: true }),
    ];
    const own = await book(manager, { organisationId, approver: true });
    const approve = (api: Api, { reference }: { reference: string }) =>
      api.bookings.approve({ reference, idempotencyKey: newKey() });
    const stranger = (await createCompany()).manager;
    for (const [api, what] of [
      [booker, first],
      [stranger, first],
      [manager, own],
    ] as const) {
      expect((await refusalOfCall(approve(api, what))).code).toBe("NotFound");
    }
    expect(await approve(manager, first)).toMatchObject({ status: "confirmed" });
    const other = await apiOf(db, await signInAt(db, organisationId, "company_manager"));
    expect(await approve(other, own)).toMatchObject({ status: "confirmed" });
    const { reference } = second;
    const refused = await manager.bookings.refuse({ reference, idempotencyKey: newKey() });
    expect(refused).toMatchObject({ status: "cancelled" });
  });
});

describe("the statement of an organisation", () => {
  const priced = (amount: number, currency = "NOK") => ({
    values: { priceAmount: amount, priceCurrency: currency },
  });
  const nok = (amount: number): Money => ({ amount, currency: "NOK" });

  it("says what its bookings cost, what was paid and what is open, in each currency", async () => {
    const { organisationId, manager } = await createCompany();
    const open = await book(manager, { organisationId, places: 2, run: priced(1000_00) });
    const part = await book(manager, { organisationId, run: priced(500_00) });
    const paid = await book(manager, { organisationId, run: priced(300_00, "EUR") });
    const free = await book(manager, { organisationId, run: priced(0, "EUR") });
    const onRequest = await book(manager, {
      organisationId,
      run: { values: { priceAmount: null, priceCurrency: null } },
    });
    await pay(part.reference, 200_00);
    await pay(paid.reference, 300_00, "EUR");
    // Not its own, and not confirmed.
    await book(manager, { run: priced(9000_00) });
    await manager.bookings.hold({ runId: open.runId, places: 1, idempotencyKey: newKey() });

    const statement = await manager.organisations.statement({ organisationId });
    expect(statement.items).toMatchObject([
      { reference: onRequest.reference, total: null, paid: null, open: null },
      { reference: free.reference, total: { amount: 0 }, paid: { amount: 0 }, open: { amount: 0 } },
      {
        reference: paid.reference,
        paymentState: "paid",
        total: { amount: 300_00, currency: "EUR" },
        open: { amount: 0, currency: "EUR" },
      },
      { reference: part.reference, total: nok(500_00), paid: nok(200_00), open: nok(300_00) },
      {
        reference: open.reference,
        places: 2,
        total: nok(2000_00),
        paid: nok(0),
        open: nok(2000_00),
      },
    ]);
    expect(statement).toMatchObject({
      total: 5,
      withoutPrice: 1,
      totals: [
        { currency: "EUR", total: 300_00, paid: 300_00, open: 0 },
        { currency: "NOK", total: 2500_00, paid: 200_00, open: 2300_00 },
      ],
    });
    const first = await manager.organisations.statement({ organisationId, limit: 3 });
    const rest = await manager.organisations.statement({
      organisationId,
      cursor: first.nextCursor,
      limit: 3,
    });
    expect([...first.items, ...rest.items]).toEqual(statement.items);
    expect(rest.totals).toEqual(statement.totals);
  });

  it("is of a period, where one is asked for", async () => {
    const { db } = database();
    const { organisationId, manager } = await createCompany();
    const [old, recent] = [
      await book(manager, { organisationId, run: priced(1000_00) }),
      await book(manager, { organisationId, run: priced(500_00) }),
    ];
    await db
      .update(booking)
      .set({ createdAt: new Date("2026-03-31T23:59:00Z") })
      .where(eq(booking.reference, old.reference));
    const of = async (from: string | null, until: string | null) => {
      const { items, total, totals } = await manager.organisations.statement({
        organisationId,
        from,
        until,
      });
      return [items.map(({ reference }) => reference), total, totals[0]?.total];
    };
    expect(await of("2026-03-31", "2026-03-31")).toEqual([[old.reference], 1, 1000_00]);
    expect(await of("2026-04-01", null)).toEqual([[recent.reference], 1, 500_00]);
    expect(await of(null, "2026-03-30")).toEqual([[], 0, undefined]);
    expect(await of(null, null)).toEqual([[recent.reference, old.reference], 2, 1500_00]);
  });

  it("counts a cancelled place with what cancelling it cost, and what was paid as to be given back", async () => {
    const { organisationId, manager } = await createCompany();
    const policy = { cancellationPolicy: { tiers: [{ daysBefore: 0, feeBasisPoints: 2500 }] } };
    const run = { values: { ...priced(1000_00).values, ...policy } };
    const made = await book(manager, { organisationId, places: 2, run });
    await pay(made.reference, 2000_00);
    await manager.registrations.cancel({
      reference: made.reference,
      registrationIds: [made.ids[0] ?? ""],
      idempotencyKey: newKey(),
    });
    const one = await manager.organisations.statement({ organisationId });
    expect(one.items).toMatchObject([
      { places: 1, total: nok(1250_00), paid: nok(2000_00), open: { amount: -750_00 } },
    ]);
    await manager.bookings.cancel({ reference: made.reference, idempotencyKey: newKey() });
    const none = await manager.organisations.statement({ organisationId });
    expect(none.items).toMatchObject([
      { status: "cancelled", places: 0, total: nok(500_00), open: { amount: -1500_00 } },
    ]);
    expect(none.totals).toEqual([
      { currency: "NOK", total: 500_00, paid: 2000_00, open: -1500_00 },
    ]);
  });

  it("takes what was paid along with places that are moved, and counts nothing twice", async () => {
    for (const isPaid of [true, false]) {
      const { organisationId, manager } = await createCompany();
      const tiers = [{ daysBefore: 0, feeBasisPoints: 0, transferFeeBasisPoints: 1000 }];
      const run = { values: { ...priced(1000_00).values, cancellationPolicy: { tiers } } };
      const made = await book(manager, { organisationId, places: 2, run });
      if (isPaid) await pay(made.reference, 2000_00);
      const there = await createTestRun(database().db, priced(1200_00));
      const moved = await manager.registrations.transfer({
        reference: made.reference,
        registrationIds: [made.ids[0] ?? ""],
        toRunId: there.id,
        idempotencyKey: newKey(),
      });
      const statement = await manager.organisations.statement({ organisationId });
      const paid = isPaid ? [900_00, 1100_00] : [0, 0];
      expect(statement.items).toMatchObject([
        { reference: moved.to.reference, total: nok(1200_00), paid: { amount: paid[0] } },
        { reference: made.reference, places: 1, total: nok(1100_00), paid: { amount: paid[1] } },
      ]);
      expect(statement.totals).toEqual([
        {
          currency: "NOK",
          total: 2300_00,
          paid: isPaid ? 2000_00 : 0,
          // The difference of the prices and the fee: what the transfer said.
          open: isPaid ? (moved.toPay?.amount ?? 0) : 2300_00,
        },
      ]);
    }
  });
});

describe("the private dates of an organisation", () => {
  it("are seen by all its people and by staff, and by nobody else", async () => {
    const { db } = database();
    const [own, other] = [await createTestOrganisation(db), await createTestOrganisation(db)];
    const forCompany = (organisationId: string | null, values = {}) =>
      createTestRun(db, { values: { visibility: "private", organisationId, ...values } });
    const run = await forCompany(own);
    await forCompany(other);
    await forCompany(null);
    await forCompany(own, { status: "draft" });
    await forCompany(own, { status: "cancelled" });
    const begun = await forCompany(own);
    await db
      .update(courseRun)
      .set({ startsAt: sql`clock_timestamp() - interval '1 minute'` })
      .where(eq(courseRun.id, begun.id));

    for (const role of ["learner", "company_booker", "company_manager"] as const) {
      const api = await apiOf(db, await signInAt(db, own, role));
      expect(await api.organisations.privateRuns({ organisationId: own })).toMatchObject({
        total: 1,
        items: [{ id: run.id, placesLeft: 10, bookability: "open" }],
      });
      expect(
        (await refusalOfCall(api.organisations.privateRuns({ organisationId: other }))).code,
      ).toBe("NotFound");
    }
    const seller = await apiOf(db, await signIn(db, { role: "sales" }));
    expect((await seller.organisations.privateRuns({ organisationId: own })).total).toBe(1);
    const stranger = await apiOf(db, await signIn(db));
    expect(
      (await refusalOfCall(stranger.organisations.privateRuns({ organisationId: own }))).code,
    ).toBe("NotFound");
    // To the public it is still not there.
    expect((await refusalOfCall(apiAs(db).runs.byId({ id: run.id }))).code).toBe("NotFound");
  });

  it("are listed the soonest first, a page at a time", async () => {
    const { db } = database();
    const { organisationId, manager } = await createCompany();
    const year = new Date().getUTCFullYear() + 1;
    const ids: string[] = [];
    for (const month of ["03", "05", "04"]) {
      const run = await createTestRun(db, {
        localStart: `${year}-${month}-01T09:00`,
        values: { visibility: "private", organisationId },
      });
      ids.push(run.id);
    }
    const first = await manager.organisations.privateRuns({ organisationId, limit: 2 });
    const rest = await manager.organisations.privateRuns({
      organisationId,
      cursor: first.nextCursor,
    });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([ids[0], ids[2], ids[1]]);
  });

  it("are booked by its bookers without an invitation, and by no other", async () => {
    const { db } = database();
    const [own, other] = [await createTestOrganisation(db), await createTestOrganisation(db)];
    const run = await createTestRun(db, {
      values: { visibility: "private", organisationId: own },
    });
    const hold = () => ({ runId: run.id, places: 1, idempotencyKey: newKey() });
    for (const role of ["company_booker", "company_manager"] as const) {
      const api = await apiOf(db, await signInAt(db, own, role));
      const made = await book(api, { organisationId: own, runId: run.id });
      expect((await api.bookings.byReference({ reference: made.reference })).run.id).toBe(run.id);
    }
    for (const who of [
      await signInAt(db, own, "learner"),
      await signInAt(db, other, "company_manager"),
      await signIn(db, { role: "instructor" }),
    ]) {
      const api = await apiOf(db, who);
      expect(await refusalOfCall(api.bookings.hold(hold()))).toMatchObject({
        code: "NotBookable",
        data: { reason: "private" },
      });
    }
    // That a date is for a company does not open what others have of it.
    const manager = await apiOf(db, await signInAt(db, own, "company_manager"));
    const { invitationKey } = await operator().runs.invitation({ id: run.id });
    const guest = await apiAs(db).bookings.hold({ ...hold(), invitationKey });
    expect(
      (await refusalOfCall(manager.bookings.byReference({ reference: guest.reference }))).code,
    ).toBe("NotFound");
    for (const call of [
      () => manager.runs.ledger({ id: run.id }),
      () => manager.waitlist.list({ runId: run.id }),
    ]) {
      expect((await refusalOfCall(call())).code).toBe("NotFound");
    }
    const roster = manager.runs.roster({ id: run.id });
    expect((await refusalOfCall(roster)).code).toBe("Forbidden");
  });

  it("are given to it, and taken from it again, by staff", async () => {
    const { db } = database();
    const { organisationId, manager } = await createCompany();
    const run = await createTestRun(db, { values: { visibility: "private" } });
    const give = { id: run.id, version: 1, organisationId, idempotencyKey: newKey() };
    expect((await refusalOfCall(manager.runs.setOrganisation(give))).code).toBe("Forbidden");
    const given = await operator().runs.setOrganisation(give);
    expect(given.version).toBe(2);
    expect((await manager.organisations.privateRuns({ organisationId })).total).toBe(1);
    const stale = { ...give, organisationId: null, idempotencyKey: newKey() };
    expect((await refusalOfCall(operator().runs.setOrganisation(stale))).code).toBe("Conflict");
    await operator().runs.setOrganisation({ ...stale, version: 2 });
    expect((await manager.organisations.privateRuns({ organisationId })).total).toBe(0);

    const open = await createTestRun(db);
    const forAll = { ...give, id: open.id, idempotencyKey: newKey() };
    const refused = operator().runs.setOrganisation(forAll);
    expect(await refusalOfCall(refused)).toMatchObject({
      code: "Conflict",
      data: { reason: "wrong_state", detail: "public" },
    });
    const archived = await createTestOrganisation(db, { archivedAt: new Date() });
    const late = { ...give, version: 3, organisationId: archived, idempotencyKey: newKey() };
    expect(await refusalOfCall(operator().runs.setOrganisation(late))).toMatchObject({
      code: "Conflict",
      data: { entity: "organisation" },
    });
  });
});
