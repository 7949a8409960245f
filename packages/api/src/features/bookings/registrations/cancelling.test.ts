import type { BookingDetail } from "@lectern/contract/bookings";
import type { CancellationCost } from "@lectern/contract/registrations";
import { booking, registrationChange, waitlistEntry } from "@lectern/database/schema/bookings";
import { discountCode } from "@lectern/database/schema/prices";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import type { Call } from "../../../call.ts";
import { OPERATOR_CALL, createTestRun, newKey, testCall } from "../../../testing/factories.ts";
import { letLapse } from "../../../testing/lapse.ts";
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
import { cancelBooking } from "../cancel-booking.ts";
import { confirmBooking } from "../confirm-booking.ts";
import { findBooking } from "../find-booking.ts";
import { holdPlaces } from "../hold-places.ts";
import { cancelRegistrations } from "./cancel-registrations.ts";
import { findCancellationCost } from "./find-cancellation-cost.ts";

const database = useTestDatabase({ poolSize: 10 });
const call = testCall();

type Proof = Pick<Booked, "reference" | "accessKey">;

function cancel(
  { reference, accessKey }: Proof,
  registrationIds: readonly string[],
  more: { waiveFee?: boolean; reason?: string; idempotencyKey?: string } = {},
  by: Call = call,
): Promise<BookingDetail> {
  return cancelRegistrations(database().db, by, {
    reference,
    accessKey,
    registrationIds: [...registrationIds],
    idempotencyKey: newKey(),
    ...more,
  });
}

function cancelWhole(proof: Proof, more: { waiveFee?: boolean } = {}, by: Call = call) {
  const { reference, accessKey } = proof;
  const idempotencyKey = newKey();
  return cancelBooking(database().db, by, { reference, accessKey, idempotencyKey, ...more });
}

function costOf({ reference, accessKey }: Proof, registrationIds?: readonly string[]) {
  return findCancellationCost(database().db, call, {
    reference,
    accessKey,
    ...(registrationIds && { registrationIds: [...registrationIds] }),
  });
}

async function changesOf(ids: readonly string[]) {
  return database()
    .db.select()
    .from(registrationChange)
    .where(inArray(registrationChange.registrationId, [...ids]))
    .orderBy(registrationChange.createdAt, registrationChange.id);
}

/** A run that begins in so many days, whose policy keeps half with less than 30 days of notice, and all with less than 7. */
async function createPolicyRun(days: number) {
  return createTestRun(database().db, {
    values: {
      startsAt: new Date(Date.now() + days * 86_400_000 + 3_600_000),
      endsAt: new Date(Date.now() + (days + 3) * 86_400_000),
      cancellationPolicy: {
        tiers: [
          { daysBefore: 30, feeBasisPoints: 0 },
          { daysBefore: 7, feeBasisPoints: 5000 },
        ],
      },
    },
  });
}

const NOK = (amount: number) => ({ amount, currency: "NOK" });

describe("cancelling some registrations", () => {
  it("gives back their places and no others, and ends the booking with the last", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 5 });
    const booked = await createTestBooking(db, run.id, 3);
    const [first = "", second = "", third = ""] = booked.ids;
    const after = await cancel(booked, [second]);
    expect(after).toMatchObject({ status: "confirmed", run: { placesLeft: 3 } });
    expect(after.registrations.map(({ status }) => status)).toEqual([
      "confirmed",
      "cancelled",
      "confirmed",
    ]);
    const [{ price } = { price: null }] = after.registrations;
    expect(price?.amount).toBeGreaterThan(0);
    expect(after.total).toEqual(NOK(2 * (price?.amount ?? 0)));
    expect(await seatsOf(db, run.id)).toEqual(wellWith(2));
    const ended = await cancel(booked, [first, third]);
    expect(ended).toMatchObject({ status: "cancelled", total: null });
    expect(ended.cancelledAt).not.toBeNull();
    expect(await seatsOf(db, run.id)).toEqual(wellWith(0));
  });

  it("happens to all of them or to none", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 5 });
    const booked = await createTestBooking(db, run.id, 2);
    const other = await createTestBooking(db, run.id, 1);
    const [first = "", second = ""] = booked.ids;
    expect(await refusalOf(cancel(booked, [first, ...other.ids]))).toMatchObject({
      code: "NotFound",
      data: { entity: "registration", id: other.ids[0] },
    });
    await cancel(booked, [first]);
    expect(await refusalOf(cancel(booked, [second, first]))).toMatchObject({
      code: "Conflict",
      data: { reason: "wrong_state", detail: "cancelled" },
    });
    expect(await seatsOf(db, run.id)).toEqual(wellWith(2));
  });

  it("offers the places to the queue in the same transaction", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 3 });
    const booked = await createTestBooking(db, run.id, 3);
    const entryId = await queueTestParty(db, run.id, 2);
    const after = await cancel(booked, booked.ids.slice(0, 2));
    expect(after.run.placesLeft).toBe(0);
    const [entry] = await db.select().from(waitlistEntry).where(eq(waitlistEntry.id, entryId));
    expect(entry).toMatchObject({ status: "offered", offeredQuantity: 2 });
    expect(await seatsOf(db, run.id)).toEqual(wellWith(3));
  });

  it("has one effect for a key that is sent many times, and tells those it concerns", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 4 });
    const booked = await createTestBooking(db, run.id, 3);
    const [first = ""] = booked.ids;
    const idempotencyKey = newKey();
    const [answer, ...repeated] = await Promise.all(
      Array.from({ length: 6 }, () => cancel(booked, [first], { idempotencyKey })),
    );
    for (const again of repeated) expect(again).toEqual(answer);
    expect(await seatsOf(db, run.id)).toEqual(wellWith(2));
    expect(await queuedMails(db, first)).toEqual(["registration_cancelled"]);
    expect((await refusalOf(cancel(booked, booked.ids, { idempotencyKey }))).code).toBe(
      "IdempotencyMismatch",
    );
  });

  it("tells watchers of the run, once it has happened", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const booked = await createTestBooking(db, run.id, 2);
    const told: string[] = [];
    const watched = { ...call, changed: (runId: string) => told.push(runId) };
    await cancel(booked, booked.ids.slice(1), {}, watched);
    await refusalOf(cancel(booked, booked.ids.slice(1), {}, watched));
    expect(told).toEqual([run.id]);
  });

  it("is refused once the run has begun, to staff as well", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const booked = await createTestBooking(db, run.id, 1);
    await db
      .update(courseRun)
      .set({ startsAt: sql`now()` })
      .where(eq(courseRun.id, run.id));
    for (const by of [call, OPERATOR_CALL]) {
      expect(await refusalOf(cancel(booked, booked.ids, {}, by))).toMatchObject({
        data: { reason: "wrong_state", detail: "begun" },
      });
    }
    expect((await costOf(booked)).registrations).toMatchObject([
      { canBeCancelled: false, obstacle: "begun" },
    ]);
    expect(await seatsOf(db, run.id)).toEqual(wellWith(1));
  });

  it("needs the booking's key, or staff", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const booked = await createTestBooking(db, run.id, 2);
    const other = await createTestBooking(db, run.id, 1);
    const wrong = { ...booked, accessKey: other.accessKey };
    expect((await refusalOf(cancel(wrong, booked.ids))).code).toBe("NotFound");
    const { reference } = booked;
    const byStaff = await cancelRegistrations(db, OPERATOR_CALL, {
      reference,
      registrationIds: booked.ids.slice(0, 1),
      idempotencyKey: newKey(),
    });
    expect(byStaff.status).toBe("confirmed");
    expect(await changesOf(booked.ids)).toMatchObject([{ decidedBy: "staff" }]);
  });
});

describe("what cancelling costs", () => {
  const kept = (amounts: CancellationCost) =>
    amounts.registrations.map(({ fee, refund }) => [fee?.amount, refund?.amount]);

  it.each([
    ["30 days", 30, 0, 0],
    ["29 days", 29, 5000, 6_250_00],
    ["7 days", 7, 5000, 6_250_00],
    ["6 days", 6, 10_000, 12_500_00],
  ])("is told before by the policy's tier, and charged so: %s", async (_, days, points, fee) => {
    const { db } = database();
    const run = await createPolicyRun(days);
    const booked = await createTestBooking(db, run.id, 2);
    const shown = await costOf(booked);
    expect(shown).toMatchObject({ noticeDays: days, feeBasisPoints: points });
    expect(kept(shown)).toEqual([
      [fee, 12_500_00 - fee],
      [fee, 12_500_00 - fee],
    ]);
    expect([shown.fee, shown.refund]).toEqual([NOK(2 * fee), NOK(25_000_00 - 2 * fee)]);
    const [first = ""] = booked.ids;
    const after = await cancel(booked, [first], { reason: "Ill" });
    expect(after.registrations[0]?.fee).toEqual(NOK(fee));
    expect(await changesOf(booked.ids)).toMatchObject([
      {
        registrationId: first,
        kind: "cancellation",
        decidedBy: "booker",
        feeAmount: fee,
        refundAmount: 12_500_00 - fee,
        currency: "NOK",
        noticeDays: days,
        feeBasisPoints: points,
        reason: "Ill",
      },
    ]);
    const rest = await costOf(booked);
    expect([rest.fee, rest.refund]).toEqual([NOK(fee), NOK(12_500_00 - fee)]);
    expect(rest.registrations[0]).toMatchObject({ canBeCancelled: false, obstacle: "cancelled" });
    expect((await costOf(booked, [first])).fee).toBeNull();
  });

  it("can be waived by staff alone, and that is written down", async () => {
    const { db } = database();
    const run = await createPolicyRun(8);
    const booked = await createTestBooking(db, run.id, 2);
    const [first = "", second = ""] = booked.ids;
    expect(await refusalOf(cancel(booked, [first], { waiveFee: true }))).toEqual({
      code: "Forbidden",
      data: { permission: "bookings.decide" },
    });
    expect((await refusalOf(cancelWhole(booked, { waiveFee: true }))).code).toBe("Forbidden");
    await cancel(booked, [first], { waiveFee: true }, OPERATOR_CALL);
    await cancelWhole(booked, { waiveFee: true }, OPERATOR_CALL);
    expect(await changesOf([first, second])).toMatchObject([
      { decidedBy: "staff", feeAmount: 0, refundAmount: 12_500_00, feeBasisPoints: 5000 },
      { decidedBy: "staff", feeAmount: 0, refundAmount: 12_500_00, feeBasisPoints: 5000 },
    ]);
  });

  it("is not known where the price is on request", async () => {
    const { db } = database();
    const run = await createTestRun(db, { values: { priceAmount: null, priceCurrency: null } });
    const booked = await createTestBooking(db, run.id, 1);
    expect(await costOf(booked)).toMatchObject({ fee: null, refund: null });
    await cancel(booked, booked.ids);
    expect(await changesOf(booked.ids)).toMatchObject([{ feeAmount: null, currency: null }]);
  });
});

describe("the places of a hold", () => {
  it("cost nothing to give up, some of them or all", async () => {
    const { db } = database();
    const run = await createPolicyRun(1);
    const held = await holdTestPlaces(db, run.id, 3);
    const shown = await costOf(held);
    expect(shown).toMatchObject({ fee: NOK(0), refund: NOK(0) });
    expect(shown.registrations.every(({ isFree }) => isFree)).toBe(true);
    const ids = shown.registrations.map(({ registrationId }) => registrationId);
    const fewer = await cancel(held, ids.slice(1, 2));
    const total = NOK(2 * (held.unitPrice?.amount ?? 0));
    expect(fewer).toMatchObject({ status: "held", places: 2, total });
    expect(await seatsOf(db, run.id)).toEqual(wellWith(2));
    expect((await cancel(held, [ids[0] ?? "", ids[2] ?? ""])).status).toBe("cancelled");
    expect(await seatsOf(db, run.id)).toEqual(wellWith(0));
    expect(await changesOf(ids)).toEqual([]);
    expect(await queuedMails(db, ids[1] ?? "")).toEqual([]);
  });

  it("can be given up until they lapse, and not after", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const held = await holdTestPlaces(db, run.id, 1);
    await letLapse(db, held.reference);
    const shown = await costOf(held);
    expect(shown.registrations).toMatchObject([
      { canBeCancelled: false, obstacle: "hold_expired" },
    ]);
    const ids = shown.registrations.map(({ registrationId }) => registrationId);
    expect(await refusalOf(cancel(held, ids))).toMatchObject({ data: { detail: "hold_expired" } });
    expect((await refusalOf(cancelWhole(held))).code).toBe("Conflict");
  });

  it("can be confirmed when some of them were given up", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const held = await holdTestPlaces(db, run.id, 3);
    const { registrations } = await findBooking(db, call, held);
    await cancel(held, [registrations[1]?.id ?? ""]);
    const learners = [newLearner(), newLearner()];
    const confirmed = await confirmBooking(db, call, {
      reference: held.reference,
      accessKey: held.accessKey,
      booker: { name: "Ingrid Berg", email: newLearner() },
      learners: learners.map((email) => ({ name: email, email })),
      acceptsTerms: true,
      idempotencyKey: newKey(),
    });
    expect(
      confirmed.registrations.map(({ status, learner }) => [status, learner?.email ?? null]),
    ).toEqual([
      ["confirmed", learners[0]],
      ["cancelled", null],
      ["confirmed", learners[1]],
    ]);
    expect(await seatsOf(db, run.id)).toEqual(wellWith(2));
  });
});

describe("cancelling a whole booking", () => {
  it("cancels what is left of it, once, and says so to its booker", async () => {
    const { db } = database();
    const run = await createPolicyRun(10);
    const booked = await createTestBooking(db, run.id, 3);
    const [first = "", ...others] = booked.ids;
    await cancel(booked, [first]);
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => cancelWhole(booked)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await seatsOf(db, run.id)).toEqual(wellWith(0));
    expect(await changesOf(others)).toHaveLength(2);
    const [row] = await db.select().from(booking).where(eq(booking.reference, booked.reference));
    expect(await queuedMails(db, row?.id ?? "")).toEqual([
      "booking_confirmed",
      "booking_cancelled",
    ]);
  });

  it("gives the use of its discount code back, and not before it has ended", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const code = `TEST-${newKey().slice(0, 8).toUpperCase()}`;
    await db.insert(discountCode).values({
      id: uuidv7(),
      code,
      kind: "percent",
      basisPoints: 1000,
      maxUses: 1,
    });
    const uses = async () => {
      const [row] = await db.select().from(discountCode).where(eq(discountCode.code, code));
      return row?.used;
    };
    const held = await holdPlaces(db, call, {
      runId: run.id,
      places: 2,
      discountCode: code,
      idempotencyKey: newKey(),
    });
    const { registrations } = await findBooking(db, call, held);
    await cancel(held, [registrations[0]?.id ?? ""]);
    expect(await uses()).toBe(1);
    await cancelWhole(held);
    expect(await uses()).toBe(0);
  });
});

describe("cancelling while others book", () => {
  it("never sells a place twice, and none is lost", async () => {
    const { db } = database();
    for (let round = 0; round < 3; round += 1) {
      const run = await createTestRun(db, { capacity: 6 });
      const bookings = await Promise.all(
        Array.from({ length: 3 }, () => createTestBooking(db, run.id, 2)),
      );
      const outcomes = await Promise.allSettled([
        ...bookings.flatMap((booked) => [
          cancel(booked, booked.ids.slice(0, 1)),
          cancel(booked, booked.ids),
          cancelWhole(booked),
        ]),
        ...Array.from({ length: 6 }, () => holdTestPlaces(db, run.id, 2)),
      ]);
      for (const outcome of outcomesOf(outcomes)) {
        expect(outcome).toMatch(/^(done|Conflict wrong_state|SoldOut)$/u);
      }
      const { taken, allocated, wrong } = await seatsOf(db, run.id);
      expect([allocated, wrong]).toEqual([taken, 0]);
    }
  });
});
