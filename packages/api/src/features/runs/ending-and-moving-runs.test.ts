import type { RunRescheduleInput } from "@lectern/contract/runs";
import {
  booking,
  registration,
  runCapacity,
  runChoice,
  seatAllocation,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import { discountCode, discountUse } from "@lectern/database/schema/prices";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { asc, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  OPERATOR_CALL,
  type TestRunOptions,
  createTestRun,
  newKey,
  testCall,
} from "../../testing/factories.ts";
import { letLapse } from "../../testing/lapse.ts";
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
import { confirmBooking } from "../bookings/confirm-booking.ts";
import { holdPlaces } from "../bookings/hold-places.ts";
import { cancelRun } from "./cancel-run.ts";
import { rescheduleRun } from "./reschedule-run.ts";

const database = useTestDatabase();
const call = testCall();

interface Order {
  readonly approver?: { name: string; email: string };
  readonly discountCode?: string;
}

function hold(runId: string, places: number, code?: string) {
  return holdPlaces(database().db, call, {
    runId,
    places,
    idempotencyKey: newKey(),
    ...(code !== undefined && { discountCode: code }),
  });
}

/** @returns the id of the booking: confirmed, or waiting for an approval */
async function book(runId: string, places: number, order: Order = {}): Promise<string> {
  const { db } = database();
  const held = await hold(runId, places, order.discountCode);
  await confirmBooking(db, call, {
    reference: held.reference,
    accessKey: held.accessKey,
    booker: { name: "Ingrid Berg", email: `ingrid-${newKey()}@example.com` },
    learners: [],
    acceptsTerms: true,
    idempotencyKey: newKey(),
    ...(order.approver && { approver: order.approver }),
  });
  return idOf(held.reference);
}

async function idOf(reference: string): Promise<string> {
  const [row] = await database()
    .db.select({ id: booking.id })
    .from(booking)
    .where(eq(booking.reference, reference));
  return row?.id ?? "";
}

async function statusOf(bookingId: string) {
  const [row] = await database().db.select().from(booking).where(eq(booking.id, bookingId));
  return row?.status;
}

async function registrationsOf(bookingId: string) {
  return database()
    .db.select()
    .from(registration)
    .where(eq(registration.bookingId, bookingId))
    .orderBy(asc(registration.position));
}

async function choicesOf(bookingId: string) {
  const rows = await database()
    .db.select({ kind: runChoice.kind, state: runChoice.state })
    .from(runChoice)
    .innerJoin(registration, eq(registration.id, runChoice.registrationId))
    .where(eq(registration.bookingId, bookingId));
  return rows.map(({ kind, state }) => `${kind} ${state}`);
}

async function runOf(id: string) {
  const [row] = await database().db.select().from(courseRun).where(eq(courseRun.id, id));
  if (row === undefined) throw new Error("There is no such run");
  return row;
}

function cancel(id: string, idempotencyKey = newKey()) {
  return cancelRun(database().db, OPERATOR_CALL, {
    id,
    version: 1,
    reason: "Too few people",
    idempotencyKey,
  });
}

const approver = { name: "Aud Lie", email: "aud@example.com" };

describe("cancelling a run", () => {
  it("asks people with a confirmed booking what they want instead; a hold just ends", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 9 });
    const confirmed = await book(run.id, 2);
    const awaiting = await book(run.id, 1, { approver });
    const held = await idOf((await hold(run.id, 1)).reference);
    const lapsed = await hold(run.id, 1);
    await letLapse(db, lapsed.reference);
    await cancel(run.id);

    expect(await Promise.all([confirmed, awaiting, held].map(statusOf))).toEqual([
      "cancelled",
      "cancelled",
      "cancelled",
    ]);
    expect(await statusOf(await idOf(lapsed.reference))).toBe("expired");
    expect(await choicesOf(confirmed)).toEqual(["run_cancelled open", "run_cancelled open"]);
    expect([...(await choicesOf(awaiting)), ...(await choicesOf(held))]).toEqual([]);
    const seats = await registrationsOf(confirmed);
    expect(seats.map(({ status }) => status)).toEqual(["cancelled", "cancelled"]);
    expect(seats.every(({ cancelledAt }) => cancelledAt !== null)).toBe(true);
    const told = await Promise.all(seats.map(({ id }) => queuedMails(db, id)));
    expect(told.flat()).toEqual(["run_cancelled", "run_cancelled"]);
    expect(await queuedMails(db, confirmed)).toEqual(["booking_confirmed"]);
    expect(await queuedMails(db, awaiting)).toEqual(["approval_requested", "booking_cancelled"]);
    expect(await queuedMails(db, held)).toEqual([]);
    expect(await runOf(run.id)).toMatchObject({ status: "cancelled", calendarSequence: 1 });
    await assertInvariants(db, run.id);
  });

  it("closes the waiting list, offers included, and blocks nothing any more", async () => {
    const { db } = database();
    const { run, parties } = await createOfferedRun(db, [2, 1, 3]);
    await cancel(run.id);
    expect(await statesOf(db, run.id)).toEqual(["closed", "closed", "closed"]);
    for (const { entryId } of parties) {
      expect((await queuedMails(db, entryId)).at(-1)).toBe("waitlist_closed");
    }
    const [counter] = await db.select().from(runCapacity).where(eq(runCapacity.runId, run.id));
    expect(counter).toMatchObject({ taken: 0, waiting: 0, isOpen: false });
    const { accept, withdraw } = answersOf(db);
    expect(await refusalOf(accept(partyAt(parties, 0)))).toMatchObject({
      data: { reason: "wrong_state", detail: "closed" },
    });
    expect(await refusalOf(withdraw(partyAt(parties, 1)))).toMatchObject({
      data: { reason: "wrong_state", detail: "closed" },
    });
    expect(await refusalOf(joinedBy(db, run.id))).toMatchObject({ data: { reason: "cancelled" } });
    await assertInvariants(db, run.id);
  });

  it("gives the uses of discount codes back", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const code = `RUN-${newKey().slice(0, 8).toUpperCase()}`;
    const [made] = await db
      .insert(discountCode)
      .values({ id: uuidv7(), code, kind: "percent", basisPoints: 1000, maxUses: 2 })
      .returning();
    const bookingId = await book(run.id, 1, { discountCode: code });
    await hold(run.id, 1, code);
    await cancel(run.id);
    const [after] = await db
      .select()
      .from(discountCode)
      .where(eq(discountCode.id, made?.id ?? ""));
    expect(after?.used).toBe(0);
    const [use] = await db.select().from(discountUse).where(eq(discountUse.bookingId, bookingId));
    expect(use?.state).toBe("released");
  });

  it("happens once for a key, and tells watchers", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    await book(run.id, 1);
    const changed: string[] = [];
    const input = { id: run.id, version: 1, reason: "Too few", idempotencyKey: newKey() };
    const watching = { ...OPERATOR_CALL, changed: (id: string) => changed.push(id) };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => cancelRun(db, watching, input)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(new Set(changed)).toEqual(new Set([run.id]));
    expect((await refusalOf(cancel(run.id))).code).toBe("Conflict");
  });

  it("leaves nothing behind, whoever books, waits, accepts or gives back at the same time", async () => {
    const { db } = database();
    for (let round = 0; round < 5; round += 1) {
      const { run, parties, first } = await createOfferedRun(db, [2, 1, 1]);
      const { accept, decline, withdraw } = answersOf(db);
      const [, , third = first] = parties;
      const outcomes = await Promise.allSettled([
        accept(first),
        run.free(),
        ...Array.from({ length: 6 }, () => hold(run.id, 1)),
        cancel(run.id),
        joinedBy(db, run.id),
        withdraw(third),
        decline(first),
        joinedBy(db, run.id),
      ]);
      expect(outcomes[8]?.status).toBe("fulfilled");
      const [counter] = await db.select().from(runCapacity).where(eq(runCapacity.runId, run.id));
      expect(counter).toMatchObject({ taken: 0, waiting: 0, isOpen: false });
      const live = await db.$count(
        booking,
        sql`run_id = ${run.id}::uuid AND status NOT IN ('cancelled', 'expired')`,
      );
      expect(live).toBe(0);
      const states = await statesOf(db, run.id);
      expect(states.filter((state) => state === "waiting" || state === "offered")).toEqual([]);
      await assertInvariants(db, run.id);
    }
  });
});

type MoveInput = Pick<z.infer<typeof RunRescheduleInput>, "timeZone">;

const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

/** A pattern of one day that begins at that time, to the minute. */
function patternAt(start: Date) {
  const [from = "", time = ""] = start.toISOString().split("T");
  return {
    from,
    sessions: 1,
    start: time.slice(0, 5),
    end: "23:59",
    weekdays: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const,
    skipDates: [],
  };
}

function move(id: string, start: Date, more: MoveInput & { idempotencyKey?: string } = {}) {
  const { weekdays, ...pattern } = patternAt(start);
  return rescheduleRun(database().db, OPERATOR_CALL, {
    id,
    version: 1,
    pattern: { ...pattern, weekdays: [...weekdays] },
    timeZone: "Etc/UTC",
    reason: "The room is painted",
    idempotencyKey: newKey(),
    ...more,
  });
}

/** A morning some days ahead, so that a day's session fits after it. */
function morningIn(days: number): Date {
  const day = new Date(Date.now() + days * 86_400_000);
  day.setUTCHours(9, 0, 0, 0);
  return day;
}

const inUtc: TestRunOptions["values"] = { timeZone: "Etc/UTC" };

describe("rescheduling a run", () => {
  it("asks everybody with a place again, once for a key", async () => {
    const { db } = database();
    const run = await createTestRun(db, { values: inUtc });
    const confirmed = await book(run.id, 2);
    const awaiting = await book(run.id, 1, { approver });
    const held = await idOf((await hold(run.id, 1)).reference);
    const idempotencyKey = newKey();
    const start = morningIn(40);
    const moved = await move(run.id, start, { idempotencyKey });
    expect(moved).toMatchObject({ version: 2, startsAt: start.toISOString() });
    expect(await move(run.id, start, { idempotencyKey })).toEqual(moved);
    expect(await choicesOf(confirmed)).toEqual(["run_rescheduled open", "run_rescheduled open"]);
    expect(await choicesOf(awaiting)).toEqual(["run_rescheduled open"]);
    expect(await choicesOf(held)).toEqual([]);
    const [seat] = await registrationsOf(confirmed);
    expect(await queuedMails(db, seat?.id ?? "")).toEqual(["run_rescheduled"]);
    expect((await runOf(run.id)).calendarSequence).toBe(1);
    await assertInvariants(db, run.id);
  });

  it("pulls dates back that would lie after the new start, and no others", async () => {
    const { db } = database();
    const start = morningIn(10);
    const late = await createTestRun(db, {
      values: {
        ...inUtc,
        bookingOpensAt: morningIn(12),
        bookingClosesAt: morningIn(20),
        decisionAt: morningIn(15),
        decisionWarnedAt: hours(-1),
      },
    });
    await move(late.id, start);
    expect(await runOf(late.id)).toMatchObject({
      bookingOpensAt: null,
      bookingClosesAt: start,
      decisionAt: start,
      decisionWarnedAt: null,
    });
    const dates = {
      bookingOpensAt: morningIn(1),
      bookingClosesAt: morningIn(8),
      decisionAt: morningIn(7),
      decisionWarnedAt: hours(-1),
    };
    const early = await createTestRun(db, { values: { ...inUtc, ...dates } });
    await move(early.id, start);
    expect(await runOf(early.id)).toMatchObject(dates);
  });

  it("shortens what is set aside to the new start, and offers to their lead before it", async () => {
    const { db } = database();
    const start = morningIn(2);
    const { run, first } = await createOfferedRun(db, [1, 1], {
      values: { ...inUtc, offerMinutes: 10_000, offerLeadMinutes: 120 },
    });
    await run.free();
    const other = await createTestRun(db, { values: inUtc });
    const awaiting = await book(other.id, 1, { approver });
    await db.execute(sql`
      UPDATE seat_allocation SET expires_at = ${morningIn(3).toISOString()}::timestamptz WHERE booking_id = ${awaiting}::uuid`);
    await move(run.id, start);
    await move(other.id, start);

    const last = new Date(start.getTime() - 120 * 60_000);
    const offers = await db
      .select({ expiresAt: seatAllocation.expiresAt })
      .from(seatAllocation)
      .where(sql`run_id = ${run.id}::uuid AND kind = 'offer' AND state = 'active'`);
    expect(offers).toEqual([{ expiresAt: last }, { expiresAt: last }]);
    const [entry] = await db
      .select()
      .from(waitlistEntry)
      .where(eq(waitlistEntry.id, first.entryId));
    expect(entry?.offerExpiresAt).toEqual(last);
    expect(await queuedMails(db, first.entryId)).toEqual(["waitlist_joined", "offer", "offer"]);
    const [kept] = await db.select().from(booking).where(eq(booking.id, awaiting));
    expect(kept).toMatchObject({ status: "awaiting_approval", expiresAt: start });
    await assertInvariants(db, run.id);
  });

  it("ends offers at once whose time is over by the new start", async () => {
    const { db } = database();
    const run = await createFullRun(db, [1], { values: { ...inUtc, offerLeadMinutes: 3 * 1440 } });
    await joinedBy(db, run.id);
    await joinedBy(db, run.id);
    await run.free();
    expect(await statesOf(db, run.id)).toEqual(["offered", "waiting"]);
    await move(run.id, morningIn(2));
    expect(await statesOf(db, run.id)).toEqual(["lapsed", "waiting"]);
    const [counter] = await db.select().from(runCapacity).where(eq(runCapacity.runId, run.id));
    expect(counter).toMatchObject({ taken: 0, waiting: 1 });
    await assertInvariants(db, run.id);
    // Moved on again, there is time for offers.
    await rescheduleRun(db, OPERATOR_CALL, {
      id: run.id,
      version: 2,
      pattern: { ...patternAt(morningIn(20)), weekdays: [...patternAt(morningIn(20)).weekdays] },
      reason: "The painters are late",
      idempotencyKey: newKey(),
    });
    expect(await statesOf(db, run.id)).toEqual(["lapsed", "offered"]);
    await assertInvariants(db, run.id);
  });

  it("keeps the ledger right while people book and accept", async () => {
    const { db } = database();
    for (let round = 0; round < 4; round += 1) {
      const { run, first } = await createOfferedRun(db, [1, 1], { values: inUtc });
      const outcomes = await Promise.allSettled([
        answersOf(db).accept(first),
        ...Array.from({ length: 4 }, () => hold(run.id, 1)),
        move(run.id, morningIn(30)),
        run.free(),
      ]);
      expect(outcomes[5]?.status).toBe("fulfilled");
      await assertInvariants(db, run.id);
    }
  });
});
