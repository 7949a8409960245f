import type { Chosen, ChooseInput } from "@lectern/contract/registrations";
import {
  registration,
  registrationChange,
  runChoice,
  seatAllocation,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, inArray, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import {
  OPERATOR_CALL,
  createTestCourse,
  createTestRun,
  newKey,
  testCall,
} from "../../../testing/factories.ts";
import { queuedMails } from "../../../testing/queued-mails.ts";
import { refusalOf } from "../../../testing/refusal.ts";
import {
  type Booked,
  createTestBooking,
  holdTestPlaces,
  newLearner,
  queueTestParty,
  seatsOf,
  wellWith,
} from "../../../testing/registrations.ts";
import { cancelRun } from "../../runs/cancel-run.ts";
import { rescheduleRun } from "../../runs/reschedule-run.ts";
import { cancelBooking } from "../cancel-booking.ts";
import { findBooking } from "../find-booking.ts";
import { cancelRegistrations } from "./cancel-registrations.ts";
import { choose } from "./choose.ts";
import { findCancellationCost } from "./find-cancellation-cost.ts";
import { listChoices } from "./list-choices.ts";
import { transferRegistrations } from "./transfer-registrations.ts";

const database = useTestDatabase({ poolSize: 10 });
const call = testCall();

type Proof = Pick<Booked, "reference" | "accessKey">;
type Item = ChooseInput["choices"][number];

const NEXT_YEAR = new Date().getUTCFullYear() + 1;
const NOK = (amount: number) => ({ amount, currency: "NOK" });

/** Half of the price is kept, whenever somebody cancels. */
const STRICT = { cancellationPolicy: { tiers: [{ daysBefore: 0, feeBasisPoints: 5000 }] } };

async function versionOf(id: string): Promise<number> {
  const [row] = await database().db.select().from(courseRun).where(eq(courseRun.id, id));
  return row?.version ?? 0;
}

async function cancelTestRun(id: string): Promise<void> {
  const version = await versionOf(id);
  const input = { id, version, reason: "Too few", idempotencyKey: newKey() };
  await cancelRun(database().db, OPERATOR_CALL, input);
}

async function moveTestRun(id: string, month = "09"): Promise<void> {
  await rescheduleRun(database().db, OPERATOR_CALL, {
    id,
    version: await versionOf(id),
    pattern: {
      from: `${NEXT_YEAR}-${month}-06`,
      sessions: 2,
      start: "09:00",
      end: "17:00",
      weekdays: ["mon", "tue", "wed", "thu", "fri"],
      skipDates: [],
    },
    reason: "The instructor is ill",
    idempotencyKey: newKey(),
  });
}

/** A run, another one of the same course, and a booking of the first. */
async function setUp(
  options: { places?: number; capacity?: number; newPrice?: number | null } = {},
) {
  const { db } = database();
  const { places = 2, capacity = 10, newPrice = 12_500_00 } = options;
  const { id: courseId } = await createTestCourse(db);
  const run = await createTestRun(db, { courseId, values: STRICT });
  const other = await createTestRun(db, {
    courseId,
    capacity,
    localStart: `${NEXT_YEAR}-07-01T09:00`,
    localEnd: `${NEXT_YEAR}-07-03T17:00`,
    values: { priceAmount: newPrice, priceCurrency: newPrice === null ? null : "NOK" },
  });
  const booked = await createTestBooking(db, run.id, places, [newLearner()]);
  return { run, other, booked, courseId };
}

function answer(
  { reference, accessKey }: Proof,
  choices: Item[],
  idempotencyKey = newKey(),
): Promise<Chosen> {
  return choose(database().db, call, { reference, accessKey, choices, idempotencyKey });
}

function choicesOf({ reference, accessKey }: Proof) {
  return listChoices(database().db, call, { reference, accessKey });
}

async function statesOf(ids: readonly string[]) {
  const rows = await database()
    .db.select({ kind: runChoice.kind, state: runChoice.state })
    .from(runChoice)
    .where(inArray(runChoice.registrationId, [...ids]))
    .orderBy(runChoice.createdAt, runChoice.id);
  return rows.map(({ kind, state }) => `${kind} ${state}`);
}

async function changesOf(ids: readonly string[]) {
  return database()
    .db.select()
    .from(registrationChange)
    .where(inArray(registrationChange.registrationId, [...ids]))
    .orderBy(registrationChange.createdAt, registrationChange.id);
}

describe("when a run is cancelled", () => {
  it("those with a confirmed place are asked and told, and nobody else", async () => {
    const { db } = database();
    const { run, other, booked } = await setUp({ places: 3 });
    const [first = "", ...rest] = booked.ids;
    await cancelRegistrations(db, call, {
      reference: booked.reference,
      accessKey: booked.accessKey,
      registrationIds: [first],
      idempotencyKey: newKey(),
    });
    const held = await holdTestPlaces(db, run.id, 1);
    const cancelled = await createTestBooking(db, run.id, 1);
    const { reference, accessKey } = cancelled;
    await cancelBooking(db, call, { reference, accessKey, idempotencyKey: newKey() });
    // As bookings were cancelled before changes were written down.
    await db
      .delete(registrationChange)
      .where(inArray(registrationChange.registrationId, [...cancelled.ids]));
    await db
      .update(registration)
      .set({ updatedAt: sql`clock_timestamp() - interval '1 day'` })
      .where(inArray(registration.id, [...cancelled.ids]));
    await cancelTestRun(run.id);

    const asked = await choicesOf(booked);
    expect(asked.run.status).toBe("cancelled");
    expect(asked.choices).toMatchObject(
      rest.map((registrationId) => ({
        registrationId,
        kind: "run_cancelled",
        state: "open",
        status: "cancelled",
        options: ["another_date", "refund"],
        decidedAt: null,
      })),
    );
    expect(asked.alternatives.map(({ id }) => id)).toEqual([other.id]);
    expect((await choicesOf(held)).choices).toEqual([]);
    expect((await choicesOf(cancelled)).choices).toEqual([]);
    expect(await queuedMails(db, rest[0] ?? "")).toEqual(["run_cancelled"]);
    expect(await queuedMails(db, first)).toEqual(["learner_named", "registration_cancelled"]);
  });

  it("they get all their money back, whatever the policy", async () => {
    const { run, booked } = await setUp();
    await cancelTestRun(run.id);
    const [first = "", second = ""] = booked.ids;
    const chosen = await answer(booked, [{ registrationId: first, choice: "refund" }]);
    expect(chosen).toMatchObject({ moved: [], booking: { status: "cancelled" } });
    expect(await changesOf(booked.ids)).toMatchObject([
      {
        registrationId: first,
        kind: "cancellation",
        decidedBy: "academy",
        feeAmount: 0,
        refundAmount: 12_500_00,
      },
    ]);
    expect(await statesOf([first])).toEqual(["run_cancelled refund"]);
    expect(await statesOf([second])).toEqual(["run_cancelled open"]);
    expect(await refusalOf(answer(booked, [{ registrationId: first, choice: "refund" }]))).toEqual({
      code: "Conflict",
      data: { reason: "wrong_state", entity: "registration", detail: "decided" },
    });
    expect((await choicesOf(booked)).choices[0]).toMatchObject({ state: "refund", options: [] });
    expect(await seatsOf(database().db, run.id)).toEqual(wellWith(0));
  });

  it.each([
    [
      "dearer",
      { newPrice: 15_000_00, price: 12_500_00, refund: 0 },
      [
        { kind: "base", amount: 15_000_00 },
        { kind: "waiver", amount: -2_500_00 },
      ],
    ],
    [
      "cheaper",
      { newPrice: 10_000_00, price: 10_000_00, refund: 2_500_00 },
      [{ kind: "base", amount: 10_000_00 }],
    ],
    [
      "on request",
      { newPrice: null, price: 12_500_00, refund: 0 },
      [{ kind: "transfer", amount: 12_500_00 }],
    ],
  ])("they get another date, and pay nothing if it is %s", async (_, amounts, steps) => {
    const { newPrice, price, refund } = amounts;
    const { db } = database();
    const { run, other, booked } = await setUp({ newPrice });
    await cancelTestRun(run.id);
    const chosen = await answer(
      booked,
      booked.ids.map((registrationId) => ({
        registrationId,
        choice: "another_date",
        toRunId: other.id,
      })),
    );
    expect(await seatsOf(db, run.id)).toEqual(wellWith(0));
    expect(await seatsOf(db, other.id)).toEqual(wellWith(2));
    expect(chosen.booking.registrations.map(({ status }) => status)).toEqual([
      "transferred",
      "transferred",
    ]);
    const [moved] = chosen.moved;
    expect(moved?.runId).toBe(other.id);
    const there = await findBooking(db, call, moved ?? booked);
    expect(there).toMatchObject({ status: "confirmed", origin: booked.reference });
    for (const { price: frozen, priceExplanation } of there.registrations) {
      expect(frozen).toEqual(NOK(price));
      expect(priceExplanation.reduce((sum, { amount }) => sum + amount, 0)).toBe(price);
    }
    expect(there.registrations[0]?.priceExplanation).toMatchObject(steps);
    expect(await changesOf(booked.ids)).toMatchObject(
      booked.ids.map(() => ({
        kind: "transfer",
        decidedBy: "academy",
        feeAmount: 0,
        refundAmount: refund,
      })),
    );
    expect(await statesOf(booked.ids)).toEqual(booked.ids.map(() => "run_cancelled another_date"));
  });

  it("nobody can stay, or choose what they were not asked", async () => {
    const { run, booked, other } = await setUp();
    const [id = ""] = booked.ids;
    expect(
      await refusalOf(answer(booked, [{ registrationId: id, choice: "refund" }])),
    ).toMatchObject({ data: { detail: "decided" } });
    await cancelTestRun(run.id);
    expect(
      await refusalOf(answer(booked, [{ registrationId: id, choice: "stays" }])),
    ).toMatchObject({
      data: { reason: "wrong_state", detail: "cancelled" },
    });
    const twice: Item[] = [
      { registrationId: id, choice: "refund" },
      { registrationId: id, choice: "another_date", toRunId: other.id },
    ];
    expect((await refusalOf(answer(booked, twice))).code).toBe("Invalid");
    expect(
      (await refusalOf(answer(booked, [{ registrationId: id, choice: "another_date" }]))).code,
    ).toBe("Invalid");
    const stranger: Item[] = [{ registrationId: newKey(), choice: "refund" }];
    expect((await refusalOf(answer(booked, stranger))).code).toBe("NotFound");
  });
});

describe("when the other date has filled up meanwhile", () => {
  it("nothing happens, and all questions stay open", async () => {
    const { db } = database();
    const { run, other, booked } = await setUp({ places: 3, capacity: 2 });
    await createTestBooking(db, other.id, 1);
    await cancelTestRun(run.id);
    const [first = "", second = "", third = ""] = booked.ids;
    const there = { choice: "another_date" as const, toRunId: other.id };
    expect(
      await refusalOf(
        answer(booked, [
          { registrationId: first, choice: "refund" },
          { registrationId: second, ...there },
          { registrationId: third, ...there },
        ]),
      ),
    ).toEqual({ code: "SoldOut", data: { runId: other.id, placesLeft: 1, requested: 2 } });
    expect(await statesOf(booked.ids)).toEqual(booked.ids.map(() => "run_cancelled open"));
    expect(await changesOf(booked.ids)).toEqual([]);
    await answer(booked, [{ registrationId: second, ...there }]);
    expect((await choicesOf(booked)).alternatives).toEqual([]);
    expect(await seatsOf(db, other.id)).toEqual(wellWith(2));
  });

  it("one of many gets its last place", async () => {
    const { db } = database();
    const { run, other, booked, courseId } = await setUp({ places: 1, capacity: 1 });
    const third = await createTestRun(db, { courseId, values: STRICT });
    const others = await Promise.all(
      Array.from({ length: 5 }, () => createTestBooking(db, third.id, 1)),
    );
    await cancelTestRun(run.id);
    await cancelTestRun(third.id);
    const all = [booked, ...others];
    const outcomes = await Promise.allSettled(
      all.map((one) =>
        answer(one, [
          { registrationId: one.ids[0] ?? "", choice: "another_date", toRunId: other.id },
        ]),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await seatsOf(db, other.id)).toEqual(wellWith(1));
    const states = await statesOf(all.flatMap(({ ids }) => ids));
    expect(states.filter((state) => state === "run_cancelled open")).toHaveLength(5);
  });
});

describe("when a run is moved", () => {
  it("its people stay, move on or leave, each as they like, in one go", async () => {
    const { db } = database();
    const { run, other, booked } = await setUp({ places: 4 });
    const entryId = await queueTestParty(db, run.id, 8);
    await moveTestRun(run.id);
    const [stays = "", moves = "", leaves = "", undecided = ""] = booked.ids;
    const asked = await choicesOf(booked);
    expect(asked.choices.map(({ options }) => options)).toEqual(
      booked.ids.map(() => ["stays", "another_date", "refund"]),
    );
    expect(await queuedMails(db, stays)).toContain("run_rescheduled");
    const idempotencyKey = newKey();
    const items: Item[] = [
      { registrationId: stays, choice: "stays" },
      { registrationId: moves, choice: "another_date", toRunId: other.id },
      { registrationId: leaves, choice: "refund" },
    ];
    const chosen = await answer(booked, items, idempotencyKey);
    expect(await answer(booked, items, idempotencyKey)).toEqual(chosen);
    expect(chosen.booking.status).toBe("confirmed");
    expect(chosen.booking.registrations.map(({ status }) => status)).toEqual([
      "confirmed",
      "transferred",
      "cancelled",
      "confirmed",
    ]);
    expect(chosen.moved[0]?.registrations).toMatchObject([{ fromId: moves, position: 1 }]);
    expect(await statesOf([stays, moves, leaves, undecided])).toEqual([
      "run_rescheduled stays",
      "run_rescheduled another_date",
      "run_rescheduled refund",
      "run_rescheduled open",
    ]);
    expect(await changesOf([leaves])).toMatchObject([
      { decidedBy: "academy", feeAmount: 0, refundAmount: 12_500_00, feeBasisPoints: 5000 },
    ]);
    expect(await seatsOf(db, other.id)).toEqual(wellWith(1));
    // Who waited for eight places got them.
    const [entry] = await db.select().from(waitlistEntry).where(eq(waitlistEntry.id, entryId));
    expect(entry?.status).toBe("offered");
    expect(await seatsOf(db, run.id)).toEqual(wellWith(10));
  });

  it("a question that is still open is replaced, and an answer to the old one refused", async () => {
    const { db } = database();
    const { run, booked } = await setUp();
    const [first = "", second = ""] = booked.ids;
    await moveTestRun(run.id);
    const [before] = (await choicesOf(booked)).choices;
    await answer(booked, [{ registrationId: second, choice: "stays" }]);
    await moveTestRun(run.id, "10");
    expect(
      await refusalOf(
        answer(booked, [{ registrationId: first, choice: "stays", choiceId: before?.id ?? "" }]),
      ),
    ).toMatchObject({ code: "Conflict", data: { reason: "changed_meanwhile" } });
    expect(await statesOf([first])).toEqual(["run_rescheduled open"]);
    expect(await statesOf([second])).toEqual(["run_rescheduled stays", "run_rescheduled open"]);
    await cancelTestRun(run.id);
    expect(await statesOf([first])).toEqual(["run_cancelled open"]);
    expect(await queuedMails(db, first)).toEqual([
      "learner_named",
      "run_rescheduled",
      "run_rescheduled",
      "run_cancelled",
    ]);
  });

  it("leaving costs nothing until they have chosen, in whatever way they leave", async () => {
    const { db } = database();
    const { run, other, booked } = await setUp({ places: 4, newPrice: 15_000_00 });
    await moveTestRun(run.id);
    const { reference, accessKey } = booked;
    const [first = "", second = "", third = "", fourth = ""] = booked.ids;
    const shown = await findCancellationCost(db, call, { reference, accessKey });
    expect(shown).toMatchObject({ fee: NOK(0), refund: NOK(50_000_00), feeBasisPoints: 5000 });
    expect(shown.registrations.every(({ isFree }) => isFree)).toBe(true);
    await cancelRegistrations(db, call, {
      reference,
      accessKey,
      registrationIds: [first],
      idempotencyKey: newKey(),
    });
    const moved = await transferRegistrations(db, call, {
      reference,
      accessKey,
      registrationIds: [second],
      toRunId: other.id,
      idempotencyKey: newKey(),
    });
    expect(moved).toMatchObject({ fee: NOK(0), toPay: NOK(0), difference: NOK(0) });
    await answer(booked, [{ registrationId: third, choice: "stays" }]);
    expect(await statesOf([first, second, third, fourth])).toEqual([
      "run_rescheduled refund",
      "run_rescheduled another_date",
      "run_rescheduled stays",
      "run_rescheduled open",
    ]);
    const later = await findCancellationCost(db, call, { reference, accessKey });
    expect(later.registrations.slice(2).map(({ fee }) => fee)).toEqual([NOK(6_250_00), NOK(0)]);
    expect(await seatsOf(db, run.id)).toEqual(wellWith(2));
    expect(await seatsOf(db, other.id)).toEqual(wellWith(1));
  });

  it("the booking ends when its last registrations go different ways", async () => {
    const { db } = database();
    const { run, other, booked, courseId } = await setUp({ places: 3 });
    const third = await createTestRun(db, { courseId });
    await moveTestRun(run.id);
    const [a = "", b = "", c = ""] = booked.ids;
    const chosen = await answer(booked, [
      { registrationId: a, choice: "another_date", toRunId: other.id },
      { registrationId: b, choice: "refund" },
      { registrationId: c, choice: "another_date", toRunId: third.id },
    ]);
    expect(chosen.booking.status).toBe("cancelled");
    expect(chosen.moved.map(({ runId }) => runId)).toEqual([other.id, third.id]);
    expect(new Set(chosen.moved.map(({ accessKey }) => accessKey)).size).toBe(2);
    for (const { id } of [other, third]) expect(await seatsOf(db, id)).toEqual(wellWith(1));
    expect(await seatsOf(db, run.id)).toEqual(wellWith(0));
    const [row] = await db
      .select()
      .from(seatAllocation)
      .innerJoin(registration, eq(registration.bookingId, seatAllocation.bookingId))
      .where(eq(registration.id, a));
    expect(row?.seat_allocation.state).toBe("released");
  });

  it("nobody can choose once it has begun", async () => {
    const { db } = database();
    const { run, booked } = await setUp();
    await moveTestRun(run.id);
    await db
      .update(courseRun)
      .set({ startsAt: sql`now()` })
      .where(eq(courseRun.id, run.id));
    const [id = ""] = booked.ids;
    expect((await choicesOf(booked)).choices[0]?.options).toEqual([]);
    expect(
      await refusalOf(answer(booked, [{ registrationId: id, choice: "refund" }])),
    ).toMatchObject({ data: { detail: "begun" } });
  });
});

describe("the dates that are proposed instead", () => {
  it("are the next six of the course that can be booked, in the same currency", async () => {
    const { db } = database();
    const { run, booked, courseId, other } = await setUp();
    const at = (day: number) => ({
      localStart: `${NEXT_YEAR}-03-${String(day).padStart(2, "0")}T09:00`,
      localEnd: `${NEXT_YEAR}-03-${String(day).padStart(2, "0")}T17:00`,
    });
    const next: string[] = [];
    for (let day = 1; day <= 6; day += 1) {
      next.push((await createTestRun(db, { courseId, ...at(day) })).id);
    }
    await createTestRun(db, { courseId, ...at(1), capacity: 0 });
    await createTestRun(db, { courseId, ...at(2), values: { visibility: "private" } });
    await createTestRun(db, { courseId, ...at(3), values: { status: "draft" } });
    await createTestRun(db, { courseId, ...at(4), values: { priceCurrency: "SEK" } });
    await createTestRun(db, at(5));
    const full = await createTestRun(db, { courseId, ...at(1), capacity: 1 });
    await createTestBooking(db, full.id, 1);
    await cancelTestRun(run.id);
    const { alternatives } = await choicesOf(booked);
    expect(alternatives.map(({ id }) => id)).toEqual(next);
    expect(alternatives.every(({ bookability }) => bookability === "open")).toBe(true);
    expect(next).not.toContain(other.id);
  });
});
