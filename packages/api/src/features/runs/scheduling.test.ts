import { EVERYWHERE } from "@lectern/auth/actor";
import type { RunScheduleInput } from "@lectern/contract/runs";
import { booking, runCapacity } from "@lectern/database/schema/bookings";
import { auditEntry } from "@lectern/database/schema/operations";
import { session, sessionInstructor } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  OPERATOR_CALL,
  createTestCourse,
  createTestInstructor,
  createTestRoom,
  createTestRun,
  createTestVenue,
  newKey,
  testCall,
} from "../../testing/factories.ts";
import { ledgerOf } from "../../testing/ledger.ts";
import { holdPlaces } from "../bookings/hold-places.ts";
import { cancelRun } from "./cancel-run.ts";
import { changeCapacity } from "./change-capacity.ts";
import { listSchedulingOptions } from "./list-scheduling-options.ts";
import { rescheduleRun } from "./reschedule-run.ts";
import { scheduleRun } from "./schedule-run.ts";

const database = useTestDatabase();

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"] as const;

function patternFrom(from: string, sessions = 3) {
  return { from, sessions, start: "09:00", end: "17:00", weekdays: [...WEEKDAYS], skipDates: [] };
}

async function schedule(overrides: Partial<z.infer<typeof RunScheduleInput>> = {}) {
  const { db } = database();
  return scheduleRun(db, OPERATOR_CALL, {
    courseId: overrides.courseId ?? (await createTestCourse(db)).id,
    deliveryMode: "virtual",
    instructorIds: [],
    timeZone: "Europe/Oslo",
    language: "en",
    pattern: patternFrom("2027-05-10"),
    minPlaces: 0,
    capacity: 10,
    price: { amount: 100_00, currency: "NOK" },
    visibility: "public",
    status: "confirmed",
    idempotencyKey: newKey(),
    ...overrides,
  });
}

function sessionsIn(runId: string) {
  return database()
    .db.select()
    .from(session)
    .where(eq(session.runId, runId))
    .orderBy(asc(session.position));
}

describe("scheduling a run", () => {
  it("lays out its sessions, with room, instructors and places", async () => {
    const { db } = database();
    const venueId = await createTestVenue(db);
    const roomId = await createTestRoom(db, { venueId });
    const instructorIds = [await createTestInstructor(db), await createTestInstructor(db)];
    const run = await schedule({ deliveryMode: "classroom", roomId, instructorIds });
    expect(run).toMatchObject({
      status: "confirmed",
      version: 1,
      sessions: 3,
      startsAt: "2027-05-10T07:00:00.000Z",
      endsAt: "2027-05-12T15:00:00.000Z",
    });
    const sessions = await sessionsIn(run.id);
    expect(sessions.map((one) => one.localStart)).toEqual([
      "2027-05-10 09:00:00",
      "2027-05-11 09:00:00",
      "2027-05-12 09:00:00",
    ]);
    expect(new Set(sessions.map((one) => one.roomId))).toEqual(new Set([roomId]));
    expect(
      await db.$count(sessionInstructor, eq(sessionInstructor.sessionId, sessions[0]?.id ?? "")),
    ).toBe(2);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 0, allocated: 0 });
  });

  it("happens once for a key", async () => {
    const courseId = (await createTestCourse(database().db)).id;
    const idempotencyKey = newKey();
    const [first, second] = await Promise.all([
      schedule({ courseId, idempotencyKey }),
      schedule({ courseId, idempotencyKey }),
    ]);
    expect(second).toEqual(first);
  });

  it("is refused where the room or an instructor is taken, and says which", async () => {
    const { db } = database();
    const roomId = await createTestRoom(db);
    const instructorIds = [await createTestInstructor(db)];
    await schedule({ roomId, instructorIds });
    await expect(schedule({ roomId, pattern: patternFrom("2027-05-12", 1) })).rejects.toMatchObject(
      {
        body: {
          code: "ScheduleConflict",
          data: {
            kind: "room",
            startsAt: "2027-05-12T07:00:00.000Z",
            endsAt: "2027-05-12T15:00:00.000Z",
          },
        },
      },
    );
    await expect(schedule({ instructorIds })).rejects.toMatchObject({
      body: { code: "ScheduleConflict", data: { kind: "instructor" } },
    });
  });

  it("is won by one of two who want the same room at once", async () => {
    const roomId = await createTestRoom(database().db);
    const courseId = (await createTestCourse(database().db)).id;
    const outcomes = await Promise.allSettled([
      schedule({ roomId, courseId }),
      schedule({ roomId, courseId }),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("is refused for a retired course, a classroom without a venue, a room too small or elsewhere", async () => {
    const { db } = database();
    const [venueId, otherVenueId] = [await createTestVenue(db), await createTestVenue(db)];
    const retired = await createTestCourse(db, { status: "retired" });
    await expect(schedule({ courseId: retired.id })).rejects.toMatchObject({ code: "Conflict" });
    await expect(schedule({ deliveryMode: "classroom" })).rejects.toMatchObject({
      body: { data: { issues: [{ path: "venueId" }] } },
    });
    const small = await createTestRoom(db, { venueId, capacity: 5 });
    await expect(schedule({ roomId: small })).rejects.toMatchObject({
      body: { data: { issues: [{ path: "capacity" }] } },
    });
    await expect(
      schedule({ roomId: small, capacity: 4, venueId: otherVenueId }),
    ).rejects.toMatchObject({
      body: { data: { issues: [{ path: "roomId" }] } },
    });
    await expect(schedule({ instructorIds: [newKey()] })).rejects.toMatchObject({
      body: { code: "NotFound", data: { entity: "instructor" } },
    });
  });
});

describe("rescheduling a run", () => {
  it("moves its sessions, which keep their ids, and leaves an event in its history", async () => {
    const { db } = database();
    const roomId = await createTestRoom(db);
    const run = await schedule({ roomId, instructorIds: [await createTestInstructor(db)] });
    const before = await sessionsIn(run.id);
    // Into its own old times, a day later: each sitting goes where another one was.
    const moved = await rescheduleRun(db, OPERATOR_CALL, {
      id: run.id,
      version: run.version,
      pattern: patternFrom("2027-05-11", 4),
      reason: "The room is painted.",
      idempotencyKey: newKey(),
    });
    expect(moved).toMatchObject({ version: 2, sessions: 4, startsAt: "2027-05-11T07:00:00.000Z" });
    const after = await sessionsIn(run.id);
    expect(after.slice(0, 3).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.every((one) => one.roomId === roomId)).toBe(true);
    const [event] = await db
      .select()
      .from(auditEntry)
      .where(and(eq(auditEntry.entityId, run.id), eq(auditEntry.action, "run.reschedule")));
    expect(event).toMatchObject({
      before: { localStart: "2027-05-10T09:00" },
      after: { localStart: "2027-05-11T09:00", reason: "The room is painted." },
    });
  });

  it("is refused into somebody else's times, and then nothing has moved", async () => {
    const { db } = database();
    const roomId = await createTestRoom(db);
    await schedule({ roomId });
    const run = await schedule({ roomId, pattern: patternFrom("2027-06-07", 1) });
    await expect(
      rescheduleRun(db, OPERATOR_CALL, {
        id: run.id,
        version: 1,
        pattern: patternFrom("2027-05-11", 1),
        reason: "Try",
        idempotencyKey: newKey(),
      }),
    ).rejects.toMatchObject({ code: "ScheduleConflict" });
    expect((await sessionsIn(run.id))[0]?.localStart).toBe("2027-06-07 09:00:00");
  });

  it("is refused for whoever read an old version", async () => {
    const run = await schedule();
    const move = () =>
      rescheduleRun(database().db, OPERATOR_CALL, {
        id: run.id,
        version: 1,
        pattern: patternFrom("2027-08-09"),
        reason: "Later",
        idempotencyKey: newKey(),
      });
    await move();
    await expect(move()).rejects.toMatchObject({ body: { data: { reason: "changed_meanwhile" } } });
  });
});

describe("cancelling a run", () => {
  it("cancels its bookings, empties the ledger, and frees room and instructors", async () => {
    const { db } = database();
    const roomId = await createTestRoom(db);
    const instructorIds = [await createTestInstructor(db)];
    const run = await schedule({ roomId, instructorIds });
    const hold = () =>
      holdPlaces(db, testCall(), { runId: run.id, places: 2, idempotencyKey: newKey() });
    const held = await hold();
    const cancelled = await cancelRun(db, OPERATOR_CALL, {
      id: run.id,
      version: 1,
      reason: "Too few",
      idempotencyKey: newKey(),
    });
    expect(cancelled).toMatchObject({ status: "cancelled", version: 2 });
    const [row] = await db.select().from(booking).where(eq(booking.reference, held.reference));
    expect(row?.status).toBe("cancelled");
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 0, allocated: 0 });
    await expect(hold()).rejects.toMatchObject({ code: "NotBookable" });
    await schedule({ roomId, instructorIds });
  });

  it("leaves no booking alive, whoever races with it", async () => {
    const { db } = database();
    for (let round = 0; round < 5; round += 1) {
      const run = await createTestRun(db, { capacity: 50 });
      const holds = Array.from({ length: 12 }, () =>
        holdPlaces(db, testCall(), { runId: run.id, places: 1, idempotencyKey: newKey() }),
      );
      const [cancellation] = await Promise.allSettled([
        cancelRun(db, OPERATOR_CALL, {
          id: run.id,
          version: 1,
          reason: "Race",
          idempotencyKey: newKey(),
        }),
        ...holds,
      ]);
      expect(cancellation.status).toBe("fulfilled");
      expect(await ledgerOf(db, run.id)).toEqual({ taken: 0, allocated: 0 });
      expect(
        await db.$count(booking, and(eq(booking.runId, run.id), eq(booking.status, "held"))),
      ).toBe(0);
    }
  });

  it("happens once", async () => {
    const run = await schedule();
    const cancel = (version: number) =>
      cancelRun(database().db, OPERATOR_CALL, {
        id: run.id,
        version,
        reason: "Twice",
        idempotencyKey: newKey(),
      });
    await cancel(1);
    await expect(cancel(2)).rejects.toMatchObject({ body: { data: { reason: "wrong_state" } } });
  });
});

describe("changing capacity", () => {
  it("goes up, and down to what is taken and no further", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 5 });
    await holdPlaces(db, testCall(), { runId: run.id, places: 4, idempotencyKey: newKey() });
    const change = (capacity: number) =>
      changeCapacity(db, OPERATOR_CALL, {
        id: run.id,
        capacity,
        reason: "Another room",
        idempotencyKey: newKey(),
      });
    expect(await change(8)).toMatchObject({ capacity: 8, taken: 4, placesLeft: 4 });
    expect(await change(4)).toMatchObject({ placesLeft: 0 });
    await expect(change(3)).rejects.toMatchObject({
      body: { code: "CapacityBelowTaken", data: { runId: run.id, taken: 4, requested: 3 } },
    });
    const [row] = await db.select().from(runCapacity).where(eq(runCapacity.runId, run.id));
    expect(row?.capacity).toBe(4);
  });
});

describe("the options to schedule with", () => {
  it("list a venue's rooms under it, and virtual rooms apart", async () => {
    const { db } = database();
    const venueId = await createTestVenue(db);
    const [inVenue, virtual] = [await createTestRoom(db, { venueId }), await createTestRoom(db)];
    const instructorId = await createTestInstructor(db);
    const options = await listSchedulingOptions(db, EVERYWHERE);
    expect(options.venues.find(({ id }) => id === venueId)?.rooms.map(({ id }) => id)).toEqual([
      inVenue,
    ]);
    expect(options.virtualRooms.map(({ id }) => id)).toContain(virtual);
    expect(options.instructors.map(({ id }) => id)).toContain(instructorId);
  });
});
