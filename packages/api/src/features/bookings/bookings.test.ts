import type { BookingHeld } from "@lectern/contract/bookings";
import type { DomainErrorCode } from "@lectern/contract/errors";
import { booking, runCapacity, seatAllocation } from "@lectern/database/schema/bookings";
import { auditEntry } from "@lectern/database/schema/operations";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../domain-error.ts";
import { createTestCourse, createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { ledgerOf } from "../../testing/ledger.ts";
import { cancelBooking } from "./cancel-booking.ts";
import { confirmBooking } from "./confirm-booking.ts";
import { findBooking } from "./find-booking.ts";
import { holdPlaces } from "./hold-places.ts";

const database = useTestDatabase();
const call = testCall();

async function refusal(promise: Promise<unknown>): Promise<DomainError["body"]> {
  const error = await promise.then(
    () => new Error("It was not refused"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw error;
  return error.body;
}

function hold(runId: string, places: number, idempotencyKey = newKey()): Promise<BookingHeld> {
  return holdPlaces(database().db, call, { runId, places, idempotencyKey });
}

function confirm(
  held: Pick<BookingHeld, "reference" | "accessKey">,
  learners: { name: string; email: string }[] = [],
  idempotencyKey = newKey(),
) {
  return confirmBooking(database().db, call, {
    reference: held.reference,
    accessKey: held.accessKey,
    booker: { name: "Ingrid Berg", email: "ingrid@example.com", company: "Fjordkraft" },
    learners,
    acceptsTerms: true,
    idempotencyKey,
  });
}

function cancel(held: Pick<BookingHeld, "reference" | "accessKey">, idempotencyKey = newKey()) {
  const { reference, accessKey } = held;
  return cancelBooking(database().db, call, { reference, accessKey, idempotencyKey });
}

/** As if the fifteen minutes were over. */
async function letLapse(reference: string): Promise<void> {
  const past = sql`clock_timestamp() - interval '1 second'`;
  const [row] = await database()
    .db.update(booking)
    .set({ expiresAt: past })
    .where(eq(booking.reference, reference))
    .returning({ id: booking.id });
  if (row === undefined) throw new Error("No such booking");
  await database()
    .db.update(seatAllocation)
    .set({ expiresAt: past })
    .where(eq(seatAllocation.bookingId, row.id));
}

describe("holding places", () => {
  it("takes them out of the run, with price and expiry", async () => {
    const run = await createTestRun(database().db, { capacity: 5 });
    const held = await hold(run.id, 2);
    expect(held.unitPrice).toEqual({ amount: 12_500_00, currency: "NOK" });
    expect(held.total).toEqual({ amount: 25_000_00, currency: "NOK" });
    const minutes = (Date.parse(held.expiresAt) - Date.parse(held.serverTime)) / 60_000;
    expect(minutes).toBe(15);
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 2, allocated: 2 });
    const seen = await findBooking(database().db, call, held);
    expect(seen).toMatchObject({ status: "held", places: 2, booker: null, run: { placesLeft: 3 } });
    expect(seen.registrations.map(({ position, status }) => [position, status])).toEqual([
      [1, "reserved"],
      [2, "reserved"],
    ]);
  });

  it("never takes part of a group, and says how many places are left", async () => {
    const run = await createTestRun(database().db, { capacity: 3 });
    await hold(run.id, 2);
    expect(await refusal(hold(run.id, 2))).toEqual({
      code: "SoldOut",
      data: { runId: run.id, placesLeft: 1, requested: 2 },
    });
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 2, allocated: 2 });
  });

  it("gives a repeated key its first answer, whether places are left or not", async () => {
    const run = await createTestRun(database().db, { capacity: 2 });
    const key = newKey();
    const first = await hold(run.id, 2, key);
    expect(await hold(run.id, 2, key)).toEqual(first);
    await cancel(first);
    expect(await hold(run.id, 2, key)).toEqual(first);
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 0, allocated: 0 });
  });

  it("refuses a key that came with another request", async () => {
    const run = await createTestRun(database().db);
    const key = newKey();
    await hold(run.id, 1, key);
    expect((await refusal(hold(run.id, 2, key))).code).toBe("IdempotencyMismatch");
  });

  it("has one effect for one key sent many times at once", async () => {
    const run = await createTestRun(database().db, { capacity: 4 });
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 8 }, () => hold(run.id, 1, key)));
    expect(new Set(answers.map((answer) => answer.reference)).size).toBe(1);
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 1, allocated: 1 });
  });

  it("sells a run out exactly, however many race for it", async () => {
    const run = await createTestRun(database().db, { capacity: 20 });
    const attempts = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => hold(run.id, (index % 3) + 1)),
    );
    const places = attempts
      .filter((attempt) => attempt.status === "fulfilled")
      .reduce((sum, { value }) => sum + value.places, 0);
    const refusals = attempts
      .filter((attempt) => attempt.status === "rejected")
      .map(({ reason }) => (reason instanceof DomainError ? reason.code : String(reason)));
    expect(new Set(refusals)).toEqual(new Set(["SoldOut"]));
    expect(places).toBe(20);
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 20, allocated: 20 });
  });

  it("claims the places of a hold past its time", async () => {
    const run = await createTestRun(database().db, { capacity: 2 });
    const lapsed = await hold(run.id, 2);
    await letLapse(lapsed.reference);
    expect((await findBooking(database().db, call, lapsed)).run.placesLeft).toBe(2);
    await hold(run.id, 1);
    expect((await findBooking(database().db, call, lapsed)).status).toBe("expired");
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 1, allocated: 1 });
  });

  const hour = sql`interval '1 hour'`;
  it.each([
    ["a draft", { status: "draft" as const }, "NotFound"],
    ["a cancelled run", { status: "cancelled" as const }, "cancelled"],
    ["a private run", { visibility: "private" as const }, "private"],
    ["a run that has begun", { startsAt: sql`now() - ${hour}` }, "closed"],
    [
      "a run whose booking is not open yet",
      { bookingOpensAt: sql`now() + ${hour}` },
      "not_open_yet",
    ],
    ["a run whose booking is closed", { bookingClosesAt: sql`now() - ${hour}` }, "closed"],
  ])("refuses %s", async (_name, values, expected) => {
    const { db } = database();
    const run = await createTestRun(db);
    await db.update(courseRun).set(values).where(eq(courseRun.id, run.id));
    const body = await refusal(hold(run.id, 1));
    expect(body.code === "NotBookable" ? body.data.reason : body.code).toBe(expected);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 0, allocated: 0 });
  });

  it("refuses a run of a course that is not published", async () => {
    const { db } = database();
    const { id } = await createTestCourse(db, { status: "retired" });
    const run = await createTestRun(db, { courseId: id });
    expect(await refusal(hold(run.id, 1))).toMatchObject({ data: { reason: "not_published" } });
  });

  it("refuses a run whose counter is closed, though the run reads as open", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    await db.update(runCapacity).set({ isOpen: false }).where(eq(runCapacity.runId, run.id));
    expect((await refusal(hold(run.id, 1))).code).toBe<DomainErrorCode>("SoldOut");
  });

  it("does not find a run that does not exist", async () => {
    expect((await refusal(hold(newKey(), 1))).code).toBe("NotFound");
  });
});

describe("confirming", () => {
  it("keeps the places and writes down who they are for", async () => {
    const run = await createTestRun(database().db, { capacity: 3 });
    const held = await hold(run.id, 3);
    const confirmed = await confirm(held, [
      { name: "Ola Nordmann", email: "ola@example.com" },
      { name: "Kari Nordmann", email: "kari@example.com" },
    ]);
    expect(confirmed).toMatchObject({
      status: "confirmed",
      paymentState: "unpaid",
      booker: { name: "Ingrid Berg", company: "Fjordkraft", phone: null },
      total: { amount: 37_500_00, currency: "NOK" },
    });
    expect(confirmed.registrations.map(({ learner }) => learner?.name ?? null)).toEqual([
      "Ola Nordmann",
      "Kari Nordmann",
      null,
    ]);
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 3, allocated: 3 });
  });

  it("gives a repeated key its first answer", async () => {
    const run = await createTestRun(database().db);
    const held = await hold(run.id, 1);
    const key = newKey();
    const first = await confirm(held, [], key);
    expect(await confirm(held, [], key)).toEqual(first);
    expect(await refusal(confirm(held))).toMatchObject({
      code: "Conflict",
      data: { reason: "wrong_state" },
    });
  });

  it("takes the places of a lapsed hold again while there are any", async () => {
    const run = await createTestRun(database().db, { capacity: 2 });
    const held = await hold(run.id, 2);
    await letLapse(held.reference);
    expect((await confirm(held)).status).toBe("confirmed");
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 2, allocated: 2 });
  });

  it("says so when the places of a lapsed hold have gone", async () => {
    const run = await createTestRun(database().db, { capacity: 2 });
    const held = await hold(run.id, 2);
    await letLapse(held.reference);
    const other = await hold(run.id, 1);
    expect(await refusal(confirm(held))).toMatchObject({
      code: "HoldExpired",
      data: { reference: held.reference },
    });
    expect((await confirm(other)).status).toBe("confirmed");
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 1, allocated: 1 });
  });

  it("is won by one of a confirmation and a claim that meet at a lapsed hold", async () => {
    for (let round = 0; round < 5; round += 1) {
      const run = await createTestRun(database().db, { capacity: 1 });
      const held = await hold(run.id, 1);
      await letLapse(held.reference);
      const [confirmation, claim] = await Promise.allSettled([confirm(held), hold(run.id, 1)]);
      expect([confirmation.status, claim.status].toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 1, allocated: 1 });
    }
  });

  it("refuses a learner who has a place on the run already, in any letter case", async () => {
    const run = await createTestRun(database().db);
    await confirm(await hold(run.id, 1), [{ name: "Ola", email: "ola@example.com" }]);
    const again = await hold(run.id, 1);
    expect(
      await refusal(confirm(again, [{ name: "Ola", email: "OLA@example.com" }])),
    ).toMatchObject({
      code: "Conflict",
      data: { reason: "duplicate_learner" },
    });
    expect((await findBooking(database().db, call, again)).status).toBe("held");
  });

  it("refuses more learners than places, and one learner twice", async () => {
    const run = await createTestRun(database().db);
    const held = await hold(run.id, 1);
    const ola = { name: "Ola", email: "ola@example.com" };
    expect((await refusal(confirm(held, [ola, { ...ola, email: "b@example.com" }]))).code).toBe(
      "Invalid",
    );
    const two = await hold(run.id, 2);
    expect(await refusal(confirm(two, [ola, ola]))).toMatchObject({
      data: { issues: [{ path: "learners.1.email" }] },
    });
  });
});

describe("cancelling", () => {
  it.each(["held", "confirmed"])("gives the places of a %s booking back", async (state) => {
    const run = await createTestRun(database().db, { capacity: 2 });
    const held = await hold(run.id, 2);
    if (state === "confirmed") await confirm(held);
    const cancelled = await cancel(held);
    expect(cancelled).toMatchObject({ status: "cancelled", run: { placesLeft: 2 } });
    expect(cancelled.registrations.every(({ status }) => status === "cancelled")).toBe(true);
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 0, allocated: 0 });
    expect((await hold(run.id, 2)).places).toBe(2);
  });

  it("happens once", async () => {
    const run = await createTestRun(database().db, { capacity: 2 });
    const held = await hold(run.id, 1);
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => cancel(held)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 0, allocated: 0 });
  });

  it("is refused once the run has begun", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const held = await hold(run.id, 1);
    await confirm(held);
    await db
      .update(courseRun)
      .set({ startsAt: sql`now()` })
      .where(eq(courseRun.id, run.id));
    expect(await refusal(cancel(held))).toMatchObject({ data: { reason: "wrong_state" } });
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 1, allocated: 1 });
  });
});

describe("a booking's key", () => {
  it("is needed, and a wrong one tells no more than a wrong reference", async () => {
    const run = await createTestRun(database().db);
    const held = await hold(run.id, 1);
    const other = await hold(run.id, 1);
    const withWrongKey = await refusal(
      findBooking(database().db, call, { reference: held.reference, accessKey: other.accessKey }),
    );
    expect(withWrongKey).toEqual({
      code: "NotFound",
      data: { entity: "booking", id: held.reference },
    });
    expect(
      await refusal(cancel({ reference: held.reference, accessKey: other.accessKey })),
    ).toEqual(withWrongKey);
  });

  it("is nowhere in the database", async () => {
    const run = await createTestRun(database().db);
    const held = await hold(run.id, 1);
    const { rows } = await database().db.execute(sql`
      SELECT (SELECT string_agg(k::text, '') FROM idempotency_key k)
        || (SELECT string_agg(b::text, '') FROM booking b) AS everything`);
    expect(JSON.stringify(rows)).toContain(held.reference);
    expect(JSON.stringify(rows)).not.toContain(held.accessKey);
  });
});

describe("the audit log", () => {
  it("has an entry for each change of state, and no personal data", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const held = await hold(run.id, 1);
    await confirm(held, [{ name: "Ola Nordmann", email: "ola.audit@example.com" }]);
    await cancel(held);
    const [row] = await db
      .select({ id: booking.id })
      .from(booking)
      .where(eq(booking.reference, held.reference));
    const entries = await db
      .select()
      .from(auditEntry)
      .where(eq(auditEntry.entityId, row?.id ?? ""))
      .orderBy(auditEntry.id);
    expect(entries.map(({ action }) => action)).toEqual([
      "booking.hold",
      "booking.confirm",
      "booking.cancel",
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/Nordmann|example\.com/u);
  });

  it("can't be changed", async () => {
    const { db } = database();
    await hold((await createTestRun(db)).id, 1);
    await expect(db.update(auditEntry).set({ action: "booking.forge" })).rejects.toThrow(
      /permission denied/u,
    );
    await expect(db.delete(auditEntry)).rejects.toThrow(/permission denied/u);
  });
});
