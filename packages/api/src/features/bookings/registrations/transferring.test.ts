import type { RegistrationsTransferred } from "@lectern/contract/registrations";
import type { Database } from "@lectern/database/connect";
import {
  booking,
  registration,
  registrationChange,
  runCapacity,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import { auditEntry } from "@lectern/database/schema/operations";
import { runPrice } from "@lectern/database/schema/prices";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, inArray, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Call } from "../../../call.ts";
import {
  OPERATOR_CALL,
  createTestCourse,
  createTestRun,
  newKey,
  testCall,
} from "../../../testing/factories.ts";
import { keptAnswers } from "../../../testing/kept-answers.ts";
import { queuedMails } from "../../../testing/queued-mails.ts";
import { refusalOf } from "../../../testing/refusal.ts";
import {
  type Booked,
  createTestBooking,
  holdTestPlaces,
  newLearner,
  outcomesOf,
  queueTestParty,
  seatsOf,
  wellWith,
} from "../../../testing/registrations.ts";
import { findBooking } from "../find-booking.ts";
import { findTransferCost } from "./find-transfer-cost.ts";
import { transferRegistrations } from "./transfer-registrations.ts";

const database = useTestDatabase({ poolSize: 10 });
const call = testCall();

type Proof = Pick<Booked, "reference" | "accessKey">;

interface More {
  waiveFee?: boolean;
  invitationKey?: string;
  idempotencyKey?: string;
}

function transfer(
  { reference, accessKey }: Proof,
  registrationIds: readonly string[],
  toRunId: string,
  more: More = {},
  by: Call = call,
): Promise<RegistrationsTransferred> {
  return transferRegistrations(database().db, by, {
    reference,
    accessKey,
    registrationIds: [...registrationIds],
    toRunId,
    idempotencyKey: newKey(),
    ...more,
  });
}

function costOf({ reference, accessKey }: Proof, toRunId: string, more: More = {}) {
  return findTransferCost(database().db, call, { reference, accessKey, toRunId, ...more });
}

async function rowsOf(db: Database, reference: string) {
  const [row] = await db.select().from(booking).where(eq(booking.reference, reference));
  if (row === undefined) throw new Error("No such booking");
  const registrations = await db
    .select()
    .from(registration)
    .where(eq(registration.bookingId, row.id))
    .orderBy(registration.position);
  return { booking: row, registrations };
}

async function changesOf(ids: readonly string[]) {
  return database()
    .db.select()
    .from(registrationChange)
    .where(inArray(registrationChange.registrationId, [...ids]))
    .orderBy(registrationChange.createdAt, registrationChange.id);
}

const NOK = (amount: number) => ({ amount, currency: "NOK" });

describe("a transfer", () => {
  it("takes places there and gives them back here, with all that belongs to them", async () => {
    const { db } = database();
    const from = await createTestRun(db, { capacity: 4 });
    const to = await createTestRun(db, { capacity: 4 });
    const learners = [newLearner(), newLearner()];
    const booked = await createTestBooking(db, from.id, 3, learners);
    const moving = booked.ids.slice(1);
    const moved = await transfer(booked, moving, to.id);
    expect(await seatsOf(db, from.id)).toEqual(wellWith(1));
    expect(await seatsOf(db, to.id)).toEqual(wellWith(2));

    expect(moved.from).toMatchObject({ status: "confirmed", reference: booked.reference });
    expect(moved.from.registrations.map(({ status, successor }) => [status, successor])).toEqual([
      ["confirmed", null],
      ...moved.to.registrations.map(({ toId: id }) => [
        "transferred",
        { id, reference: moved.to.reference, runId: to.id },
      ]),
    ]);
    const there = await findBooking(db, call, moved.to);
    expect(there).toMatchObject({
      status: "confirmed",
      places: 2,
      origin: booked.reference,
      booker: booked.detail.booker,
      run: { id: to.id },
    });
    expect(there.registrations.map(({ learner }) => learner?.email ?? null)).toEqual([
      learners[1],
      null,
    ]);
    expect(moved.to.registrations.map(({ fromId }) => fromId)).toEqual(moving);
    const { registrations } = await rowsOf(db, booked.reference);
    expect(registrations.map(({ successorId }) => successorId)).toEqual([
      null,
      ...moved.to.registrations.map(({ toId }) => toId),
    ]);
    for (const { toId } of moved.to.registrations) {
      expect(await queuedMails(db, toId)).toEqual(["registration_transferred"]);
    }
  });

  it("ends the old booking with its last registration", async () => {
    const { db } = database();
    const [from, to] = [await createTestRun(db), await createTestRun(db)];
    const booked = await createTestBooking(db, from.id, 2);
    const moved = await transfer(booked, booked.ids, to.id);
    expect(moved.from.status).toBe("cancelled");
    expect(await seatsOf(db, from.id)).toEqual(wellWith(0));
    expect(await refusalOf(transfer(booked, booked.ids, to.id))).toMatchObject({
      data: { reason: "wrong_state", detail: "transferred" },
    });
    expect(await seatsOf(db, to.id)).toEqual(wellWith(2));
  });

  it("can be followed by another: the line of registrations goes on", async () => {
    const { db } = database();
    const runs = await Promise.all(Array.from({ length: 3 }, () => createTestRun(db)));
    const [a, b, c] = runs.map(({ id }) => id);
    const booked = await createTestBooking(db, a ?? "", 1);
    const first = await transfer(booked, booked.ids, b ?? "");
    const second = await transfer(
      first.to,
      first.to.registrations.map(({ toId }) => toId),
      c ?? "",
    );
    expect(second.from.origin).toBe(booked.reference);
    expect((await findBooking(db, call, second.to)).origin).toBe(first.to.reference);
    const taken = await Promise.all(runs.map(({ id }) => seatsOf(db, id)));
    expect(taken).toEqual([wellWith(0), wellWith(0), wellWith(1)]);
  });

  it("offers the old places to the queue in the same transaction", async () => {
    const { db } = database();
    const from = await createTestRun(db, { capacity: 1 });
    const to = await createTestRun(db, { capacity: 1 });
    const booked = await createTestBooking(db, from.id, 1);
    const entryId = await queueTestParty(db, from.id, 1);
    await transfer(booked, booked.ids, to.id);
    const [entry] = await db.select().from(waitlistEntry).where(eq(waitlistEntry.id, entryId));
    expect(entry?.status).toBe("offered");
    expect(await seatsOf(db, from.id)).toEqual(wellWith(1));
  });

  it("has one effect for a key, and gives the new booking's key each time; it is stored nowhere", async () => {
    const { db } = database();
    const [from, to] = [await createTestRun(db), await createTestRun(db)];
    const booked = await createTestBooking(db, from.id, 1);
    const idempotencyKey = newKey();
    const [answer, ...repeated] = await Promise.all(
      Array.from({ length: 5 }, () => transfer(booked, booked.ids, to.id, { idempotencyKey })),
    );
    for (const again of repeated) expect(again).toEqual(answer);
    expect(await seatsOf(db, to.id)).toEqual(wellWith(1));
    const answers = await keptAnswers(db);
    expect(answers).toContain(answer?.to.reference);
    expect(answers).not.toContain(answer?.to.accessKey);
  });

  it("leaves a trace without personal data", async () => {
    const { db } = database();
    const [from, to] = [await createTestRun(db), await createTestRun(db)];
    const booked = await createTestBooking(db, from.id, 1, ["audit-me@example.com"]);
    const moved = await transfer(booked, booked.ids, to.id);
    const { booking: there } = await rowsOf(db, moved.to.reference);
    const { booking: here } = await rowsOf(db, booked.reference);
    const entries = await db
      .select()
      .from(auditEntry)
      .where(inArray(auditEntry.entityId, [...booked.ids, there.id, here.id]))
      .orderBy(auditEntry.id);
    expect(entries.map(({ action }) => action)).toEqual([
      "booking.hold",
      "booking.confirm",
      "booking.create",
      "registration.transfer",
      "booking.cancel",
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/audit-me|Ingrid|Fjordkraft/u);
  });
});

describe("a transfer is refused, and changes nothing,", () => {
  async function expectRefused(
    prepare: (to: string) => Promise<unknown>,
    expected: object,
    more: More = {},
  ): Promise<void> {
    const { db } = database();
    const from = await createTestRun(db);
    const to = await createTestRun(db, { capacity: 2 });
    const booked = await createTestBooking(db, from.id, 3);
    await prepare(to.id);
    const before = await seatsOf(db, to.id);
    expect(await refusalOf(transfer(booked, booked.ids.slice(1), to.id, more))).toMatchObject(
      expected,
    );
    expect(await seatsOf(db, from.id)).toEqual(wellWith(3));
    expect(await seatsOf(db, to.id)).toEqual(before);
    expect((await findBooking(db, call, booked)).registrations).toMatchObject(
      Array.from({ length: 3 }, () => ({ status: "confirmed" })),
    );
  }
  const change = (values: object) => (id: string) =>
    database().db.update(courseRun).set(values).where(eq(courseRun.id, id));

  it("when there are too few places", async () => {
    await expectRefused((id) => createTestBooking(database().db, id, 1), {
      code: "SoldOut",
      data: { placesLeft: 1, requested: 2 },
    });
  });

  it.each([
    ["a draft", { status: "draft" }, { code: "NotFound" }],
    ["cancelled", { status: "cancelled" }, { data: { reason: "cancelled" } }],
    ["private", { visibility: "private" }, { data: { reason: "private" } }],
    ["closed", { bookingClosesAt: sql`now() - interval '1 hour'` }, { data: { reason: "closed" } }],
    ["begun", { startsAt: sql`now() - interval '1 hour'` }, { data: { reason: "closed" } }],
    [
      "not open yet",
      { bookingOpensAt: sql`now() + interval '1 hour'` },
      { data: { reason: "not_open_yet" } },
    ],
    [
      "in another currency",
      { priceCurrency: "SEK" },
      { code: "Invalid", data: { issues: [{ path: "toRunId" }] } },
    ],
    [
      "only for fewer places of one booker",
      { placesPerBooker: 1 },
      { code: "TooManyPlaces", data: { limit: 1, requested: 2 } },
    ],
  ])("when the other date is %s", async (_, values, expected) => {
    await expectRefused(change(values), expected);
  });

  it("when the other course is not published, or the date does not exist", async () => {
    const { id: courseId } = await createTestCourse(database().db, { status: "retired" });
    await expectRefused(change({ courseId }), { data: { reason: "not_published" } });
    const from = await createTestRun(database().db);
    const booked = await createTestBooking(database().db, from.id, 1);
    expect((await refusalOf(transfer(booked, booked.ids, newKey()))).code).toBe("NotFound");
    expect((await refusalOf(transfer(booked, booked.ids, from.id))).code).toBe("Invalid");
  });

  it("when a learner has a place there already", async () => {
    const { db } = database();
    const [from, to] = [await createTestRun(db), await createTestRun(db)];
    const learner = newLearner();
    const booked = await createTestBooking(db, from.id, 1, [learner]);
    await createTestBooking(db, to.id, 1, [learner.toUpperCase()]);
    expect(await refusalOf(transfer(booked, booked.ids, to.id))).toMatchObject({
      data: { reason: "duplicate_learner" },
    });
    expect(await seatsOf(db, from.id)).toEqual(wellWith(1));
    expect(await seatsOf(db, to.id)).toEqual(wellWith(1));
  });

  it("when the booking is not confirmed, or its date has begun", async () => {
    const { db } = database();
    const [from, to] = [await createTestRun(db), await createTestRun(db)];
    const held = await holdTestPlaces(db, from.id, 1);
    const { registrations } = await findBooking(db, call, held);
    const ids = registrations.map(({ id }) => id);
    expect(await refusalOf(transfer(held, ids, to.id))).toMatchObject({
      data: { detail: "not_confirmed" },
    });
    const booked = await createTestBooking(db, from.id, 1);
    await change({ startsAt: sql`now()` })(from.id);
    expect(await refusalOf(transfer(booked, booked.ids, to.id))).toMatchObject({
      data: { detail: "begun" },
    });
  });

  it("when somebody else than staff wants the fee waived", async () => {
    await expectRefused(() => Promise.resolve(), { code: "Forbidden" }, { waiveFee: true });
  });
});

describe("a private date", () => {
  it("can be moved to with its invitation, or by staff", async () => {
    const { db } = database();
    const from = await createTestRun(db);
    const to = await createTestRun(db, { values: { visibility: "private" } });
    const booked = await createTestBooking(db, from.id, 3);
    const [first = "", second = "", third = ""] = booked.ids;
    const invitationKey = call.accessKeys.keyFor("invitation", to.id);
    expect((await refusalOf(costOf(booked, to.id))).code).toBe("NotBookable");
    expect((await costOf(booked, to.id, { invitationKey })).registrations).toHaveLength(3);
    await transfer(booked, [first], to.id, { invitationKey });
    const other = call.accessKeys.keyFor("invitation", from.id);
    expect(
      (await refusalOf(transfer(booked, [second], to.id, { invitationKey: other }))).code,
    ).toBe("NotBookable");
    await transfer(booked, [second, third], to.id, {}, OPERATOR_CALL);
    expect(await seatsOf(db, to.id)).toEqual(wellWith(3));
  });
});

describe("what a transfer costs", () => {
  async function createPair(newPrice: number | null, days = 20) {
    const { db } = database();
    const from = await createTestRun(db, {
      values: {
        startsAt: new Date(Date.now() + days * 86_400_000 + 3_600_000),
        endsAt: new Date(Date.now() + (days + 3) * 86_400_000),
        cancellationPolicy: {
          tiers: [
            { daysBefore: 30, feeBasisPoints: 0 },
            { daysBefore: 7, feeBasisPoints: 5000, transferFeeBasisPoints: 1000 },
          ],
        },
      },
    });
    const to = await createTestRun(db, {
      values: {
        priceAmount: newPrice,
        priceCurrency: newPrice === null ? null : "NOK",
        priceRules: { earlyBird: [], volume: [{ fromPlaces: 2, basisPoints: 1000 }] },
      },
    });
    return { from, to };
  }

  it.each([
    // The fee is a tenth of 12,500.00.
    ["dearer", 15_000_00, { fee: 1_250_00, difference: 2_500_00, toPay: 3_750_00, refund: 0 }],
    ["cheaper", 10_000_00, { fee: 1_250_00, difference: -2_500_00, toPay: 0, refund: 1_250_00 }],
    ["the same", 12_500_00, { fee: 1_250_00, difference: 0, toPay: 1_250_00, refund: 0 }],
  ])("is told before, and charged so: %s", async (_, price, expected) => {
    const { db } = database();
    const { from, to } = await createPair(price);
    const booked = await createTestBooking(db, from.id, 1);
    const shown = await costOf(booked, to.id);
    const money = Object.fromEntries(
      Object.entries(expected).map(([name, amount]) => [name, NOK(amount)]),
    );
    expect(shown).toMatchObject({ ...money, noticeDays: 20, feeBasisPoints: 1000 });
    expect(shown.registrations).toMatchObject([
      { ...money, oldPrice: NOK(12_500_00), newPrice: NOK(price), canBeTransferred: true },
    ]);
    const moved = await transfer(booked, booked.ids, to.id);
    expect(moved).toMatchObject(money);
    expect(await changesOf(booked.ids)).toMatchObject([
      {
        kind: "transfer",
        decidedBy: "booker",
        feeAmount: expected.fee,
        differenceAmount: expected.difference,
        refundAmount: expected.refund,
        currency: "NOK",
        noticeDays: 20,
        feeBasisPoints: 1000,
      },
    ]);
    expect(moved.from.registrations[0]?.fee).toEqual(NOK(expected.fee));
  });

  it("freezes the new date's price, for as many places as are moved, with its explanation", async () => {
    const { db } = database();
    const { from, to } = await createPair(15_000_00);
    const booked = await createTestBooking(db, from.id, 3);
    const moved = await transfer(booked, booked.ids.slice(0, 2), to.id);
    const there = await findBooking(db, call, moved.to);
    for (const { price, priceExplanation } of there.registrations) {
      expect(price).toEqual(NOK(13_500_00));
      expect(priceExplanation).toMatchObject([
        { kind: "base", amount: 15_000_00 },
        { kind: "volume", amount: -1_500_00 },
      ]);
    }
    expect(moved).toMatchObject({ fee: NOK(2_500_00), toPay: NOK(4_500_00) });
  });

  it("asks for the price of the booking's country", async () => {
    const { db } = database();
    const { from, to } = await createPair(15_000_00);
    const booked = await createTestBooking(db, from.id, 1);
    await db.update(booking).set({ region: "SE" }).where(eq(booking.reference, booked.reference));
    await db
      .insert(runPrice)
      .values({ runId: to.id, region: "SE", amount: 9_000_00, currency: "NOK" });
    expect((await transfer(booked, booked.ids, to.id)).difference).toEqual(NOK(-3_500_00));
  });

  it("is no fee when staff waive it; the difference remains", async () => {
    const { db } = database();
    const { from, to } = await createPair(15_000_00);
    const booked = await createTestBooking(db, from.id, 1);
    const moved = await transfer(booked, booked.ids, to.id, { waiveFee: true }, OPERATOR_CALL);
    expect(moved).toMatchObject({ fee: NOK(0), toPay: NOK(2_500_00) });
    expect(await changesOf(booked.ids)).toMatchObject([
      { decidedBy: "staff", feeAmount: 0, feeBasisPoints: 1000 },
    ]);
  });

  it("is not known where a price is on request", async () => {
    const { db } = database();
    const { from, to } = await createPair(null);
    const booked = await createTestBooking(db, from.id, 1);
    const moved = await transfer(booked, booked.ids, to.id);
    expect(moved).toMatchObject({ fee: NOK(1_250_00), difference: null, toPay: null });
    expect((await findBooking(db, call, moved.to)).total).toBeNull();
  });

  it("names what stands in the way of those that can't be moved", async () => {
    const { db } = database();
    const { from, to } = await createPair(15_000_00);
    const third = await createTestRun(db);
    const booked = await createTestBooking(db, from.id, 2);
    await transfer(booked, booked.ids.slice(0, 1), third.id);
    const shown = await costOf(booked, to.id);
    expect(shown.registrations).toMatchObject([
      { canBeTransferred: false, obstacle: "transferred", newPrice: null, fee: null },
      // Without the volume price: one place is moved.
      { canBeTransferred: true, obstacle: null, newPrice: NOK(15_000_00) },
    ]);
    expect(shown.fee).toEqual(NOK(1_250_00));
  });

  it.each([
    [12_500_00, "part_paid"],
    [10_000_00, "paid"],
  ])("is paid by what was paid before, as far as that goes: %i", async (price, expected) => {
    const { db } = database();
    const { from, to } = await createPair(price);
    const booked = await createTestBooking(db, from.id, 1);
    await db
      .update(booking)
      .set({ paymentState: "paid" })
      .where(eq(booking.reference, booked.reference));
    const moved = await transfer(booked, booked.ids, to.id);
    expect((await findBooking(db, call, moved.to)).paymentState).toBe(expected);
  });
});

describe("transfers at once", () => {
  it("from ten sides into the last place: one of them gets it", async () => {
    const { db } = database();
    const to = await createTestRun(db, { capacity: 3 });
    await createTestBooking(db, to.id, 2);
    const sides = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const from = await createTestRun(db);
        return { from, booked: await createTestBooking(db, from.id, 1) };
      }),
    );
    const outcomes = await Promise.allSettled(
      sides.map(({ booked }) => transfer(booked, booked.ids, to.id)),
    );
    expect(outcomesOf(outcomes).toSorted()).toEqual([
      ...Array.from({ length: 9 }, () => "SoldOut"),
      "done",
    ]);
    for (const [index, { status }] of outcomes.entries()) {
      const from = sides[index]?.from.id ?? "";
      expect(await seatsOf(db, from)).toEqual(wellWith(status === "fulfilled" ? 0 : 1));
    }
    expect(await seatsOf(db, to.id)).toEqual(wellWith(3));
  });

  it("of twenty who swap between two dates: nobody waits for ever, and both ledgers are right", async () => {
    const { db } = database();
    // Room for all of them, in whatever order they come.
    const one = await createTestRun(db, { capacity: 20 });
    const two = await createTestRun(db, { capacity: 20 });
    const travellers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const [from, to] = index % 2 === 0 ? [one, two] : [two, one];
        return { to, booked: await createTestBooking(db, from.id, 1, [newLearner()]) };
      }),
    );
    const outcomes = await Promise.allSettled(
      travellers.map(({ booked, to }) => transfer(booked, booked.ids, to.id)),
    );
    expect(new Set(outcomesOf(outcomes))).toEqual(new Set(["done"]));
    expect(await seatsOf(db, one.id)).toEqual(wellWith(10));
    expect(await seatsOf(db, two.id)).toEqual(wellWith(10));
    // A deadlock would have been tried again, and nobody would have seen it.
    const { rows } = await db.execute(sql`
      SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`);
    expect(rows).toEqual([{ deadlocks: 0 }]);
  });

  it("of one registration to two dates: it goes to one of them", async () => {
    const { db } = database();
    const [from, one, two] = [
      await createTestRun(db),
      await createTestRun(db),
      await createTestRun(db),
    ];
    const booked = await createTestBooking(db, from.id, 1);
    const outcomes = await Promise.allSettled([
      transfer(booked, booked.ids, one.id),
      transfer(booked, booked.ids, two.id),
    ]);
    expect(outcomesOf(outcomes).toSorted()).toEqual(["Conflict wrong_state", "done"]);
    const taken = await db
      .select({ taken: runCapacity.taken })
      .from(runCapacity)
      .where(inArray(runCapacity.runId, [from.id, one.id, two.id]));
    expect(taken.reduce((sum, row) => sum + row.taken, 0)).toBe(1);
  });
});
