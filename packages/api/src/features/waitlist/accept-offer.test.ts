import { booking, runCapacity, seatAllocation } from "@lectern/database/schema/bookings";
import { runPrice } from "@lectern/database/schema/prices";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { newKey, testCall } from "../../testing/factories.ts";
import { letOfferLapse } from "../../testing/lapse.ts";
import { assertInvariants } from "../../testing/ledger.ts";
import { queuedMails } from "../../testing/queued-mails.ts";
import { refusalOf } from "../../testing/refusal.ts";
import {
  answersOf,
  createFullRun,
  createOfferedRun,
  joinedBy,
  partyAt,
  statesOf,
} from "../../testing/waiting.ts";
import { findBooking } from "../bookings/find-booking.ts";
import { holdPlaces } from "../bookings/hold-places.ts";

const database = useTestDatabase();
const call = testCall();
const answers = () => answersOf(database().db);

describe("accepting an offer", () => {
  it("makes its places those of a confirmed booking of the party", async () => {
    const { db } = database();
    const { run, first } = await createOfferedRun(database().db, [2]);
    const [before] = await db.select().from(runCapacity).where(eq(runCapacity.runId, run.id));
    const accepted = await answers().accept(first);
    expect(accepted).toMatchObject({
      entryId: first.entryId,
      runId: run.id,
      places: 2,
      total: { amount: 25_000_00, currency: "NOK" },
    });
    const made = await findBooking(db, call, accepted);
    expect(made).toMatchObject({
      status: "confirmed",
      paymentState: "unpaid",
      places: 2,
      booker: { name: "Ingrid Berg" },
      total: { amount: 25_000_00, currency: "NOK" },
    });
    expect(
      made.registrations.map(({ status, learner, price }) => ({ status, learner, price })),
    ).toEqual(
      Array.from({ length: 2 }, () => ({
        status: "confirmed",
        learner: null,
        price: { amount: 12_500_00, currency: "NOK" },
      })),
    );
    const [after] = await db.select().from(runCapacity).where(eq(runCapacity.runId, run.id));
    expect(after).toEqual(before);
    const [row] = await db.select().from(booking).where(eq(booking.reference, accepted.reference));
    expect(await queuedMails(db, row?.id ?? "")).toEqual(["booking_confirmed"]);
    await assertInvariants(db, run.id);
  });

  it("names the person who waited alone as the learner, and tells what the place costs there", async () => {
    const { db } = database();
    const { run, first } = await createOfferedRun(database().db, [1]);
    await db
      .insert(runPrice)
      .values({ runId: run.id, region: "SE", amount: 9_000_00, currency: "SEK" });
    const accepted = await answers().accept(first, { region: "SE" });
    expect(accepted.total).toEqual({ amount: 9_000_00, currency: "SEK" });
    const { registrations } = await findBooking(db, call, accepted);
    expect(registrations).toMatchObject([
      {
        learner: { name: "Ingrid Berg" },
        price: { amount: 9_000_00, currency: "SEK" },
        priceExplanation: [{ kind: "base", amount: 9_000_00 }],
      },
    ]);
    const [row] = await db
      .select({ region: booking.region, status: booking.status })
      .from(booking)
      .where(eq(booking.reference, accepted.reference));
    expect(row).toEqual({ region: "SE", status: "confirmed" });
  });

  it("leaves the learner unnamed who has a place of the run already", async () => {
    const { db } = database();
    const run = await createFullRun(db, [1, 1]);
    const email = "ola@example.com";
    const first = await joinedBy(db, run.id, { email });
    await run.free();
    await answers().accept(first);
    const again = await joinedBy(db, run.id, { email: "OLA@example.com" });
    await run.free();
    const { registrations } = await findBooking(db, call, await answers().accept(again));
    expect(registrations.map(({ learner }) => learner)).toEqual([null]);
    await assertInvariants(db, run.id);
  });

  it("of fewer places gives the rest to the next in line at once", async () => {
    const { db } = database();
    const { run, parties, first } = await createOfferedRun(database().db, [3, 2, 1]);
    expect(await refusalOf(answers().accept(first, { places: 4 }))).toMatchObject({
      code: "Invalid",
      data: { issues: [{ path: "places" }] },
    });
    expect(await answers().accept(first, { places: 1 })).toMatchObject({ places: 1 });
    expect(await statesOf(database().db, run.id)).toEqual(["accepted", "offered", "waiting"]);
    expect((await answers().find(partyAt(parties, 1))).offer?.quantity).toBe(2);
    const allocations = await db
      .select({ kind: seatAllocation.kind, quantity: seatAllocation.quantity })
      .from(seatAllocation)
      .where(and(eq(seatAllocation.runId, run.id), eq(seatAllocation.state, "active")));
    expect(allocations.filter(({ kind }) => kind === "booking")).toEqual([
      { kind: "booking", quantity: 1 },
    ]);
    await assertInvariants(db, run.id);
  });

  it("happens once for a key, whoever sends it how often", async () => {
    const { db } = database();
    const { run, first } = await createOfferedRun(database().db, [1]);
    const idempotencyKey = newKey();
    const given = await Promise.all(
      Array.from({ length: 5 }, () => answers().accept(first, { idempotencyKey })),
    );
    expect(new Set(given.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await db.$count(booking, eq(booking.runId, run.id))).toBe(1);
    await assertInvariants(db, run.id);
  });

  it("is refused once its time is over, and the next gets the places", async () => {
    const { db } = database();
    const { run, first } = await createOfferedRun(database().db, [1, 1]);
    await letOfferLapse(db, first.entryId);
    expect(await refusalOf(answers().accept(first))).toEqual({
      code: "Conflict",
      data: { reason: "wrong_state", entity: "waitlist_entry", detail: "lapsed" },
    });
    expect(await statesOf(database().db, run.id)).toEqual(["lapsed", "offered"]);
    await assertInvariants(db, run.id);
  });

  it("holds the party to what one booker may have", async () => {
    const { db } = database();
    const { first, run } = await createOfferedRun(database().db, [2], {
      values: { placesPerBooker: 2 },
    });
    await run.free();
    const { email } = await answers().find(first);
    const held = await holdPlaces(db, call, {
      runId: run.id,
      places: 1,
      bookerEmail: email,
      idempotencyKey: newKey(),
    });
    expect(held.places).toBe(1);
    expect(await refusalOf(answers().accept(first))).toMatchObject({
      code: "TooManyPlaces",
      data: { limit: 2, alreadyBooked: 1, requested: 2 },
    });
    expect(await answers().accept(first, { places: 1 })).toMatchObject({ places: 1 });
    await assertInvariants(db, run.id);
  });

  it("asks whether a tentative run has got its minimum", async () => {
    const { db } = database();
    const { run, first } = await createOfferedRun(database().db, [1], {
      values: { status: "tentative" },
    });
    await answers().accept(first);
    const { count } = await db.execute(
      sql`SELECT FROM pgboss.job WHERE name = 'runs.consider' AND data ->> 'runId' = ${run.id}::text`,
    );
    expect(count).toBe(1);
  });
});
