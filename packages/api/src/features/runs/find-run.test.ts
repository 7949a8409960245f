import { booking, runCapacity, seatAllocation } from "@lectern/database/schema/bookings";
import {
  instructor,
  room,
  session,
  sessionInstructor,
  venue,
} from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { createTestCourse, createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { holdPlaces } from "../bookings/hold-places.ts";
import { findRun } from "./find-run.ts";

const database = useTestDatabase();
const find = (id: string) => findRun(database().db, testCall(), { id });

describe("a run", () => {
  it.each([
    ["private", { visibility: "private" as const }],
    ["a draft", { status: "draft" as const }],
  ])("is not there for the public when it is %s", async (_, values) => {
    const { id } = await createTestRun(database().db, { values });
    await expect(find(id)).rejects.toMatchObject({ code: "NotFound" });
  });

  it("is not there when its course is not published", async () => {
    const { id: courseId } = await createTestCourse(database().db, { status: "draft" });
    const { id } = await createTestRun(database().db, { courseId });
    await expect(find(id)).rejects.toMatchObject({ code: "NotFound" });
    await expect(find(uuidv7())).rejects.toMatchObject({ code: "NotFound" });
  });

  it.each([
    ["cancelled", "cancelled"],
    ["in_progress", "closed"],
    ["completed", "closed"],
    ["tentative", "open"],
  ] as const)("that is %s can still be looked up, as %s", async (status, bookability) => {
    const { id } = await createTestRun(database().db, { values: { status } });
    expect(await find(id)).toMatchObject({ id, status, bookability });
  });

  it("counts a hold as taken until its time is over, and as free from then on", async () => {
    const { db } = database();
    const { id } = await createTestRun(db, { capacity: 3 });
    await holdPlaces(db, testCall(), { runId: id, places: 2, idempotencyKey: newKey() });
    expect(await find(id)).toMatchObject({ capacity: 3, placesLeft: 1, bookability: "open" });

    const past = sql`clock_timestamp() - interval '1 second'`;
    await db.update(seatAllocation).set({ expiresAt: past }).where(eq(seatAllocation.runId, id));
    await db.update(booking).set({ expiresAt: past }).where(eq(booking.runId, id));
    expect(await find(id)).toMatchObject({ placesLeft: 3, bookability: "open" });
    const [counter] = await db.select().from(runCapacity).where(eq(runCapacity.runId, id));
    expect(counter?.taken).toBe(2);
  });

  it("shows its sessions in order, with rooms and instructors, and times on both sides of a clock change", async () => {
    const { db } = database();
    const { id: runId } = await createTestRun(db);
    const [venueId, roomId, first, second] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    await db.insert(venue).values({
      id: venueId,
      name: `House ${venueId}`,
      city: "Oslo",
      country: "NO",
      timeZone: "Europe/Oslo",
    });
    await db
      .insert(room)
      .values({ id: roomId, venueId, kind: "physical", name: "Nansen", capacity: 12 });
    await db.insert(instructor).values([
      { id: first, slug: first, name: "Zehra Kaya" },
      { id: second, slug: second, name: "Aud Lie" },
    ]);
    const sittings = [
      {
        position: 2,
        localStart: "2031-03-30T09:00",
        localEnd: "2031-03-30T17:00",
        startsAt: new Date("2031-03-30T07:00:00Z"),
        endsAt: new Date("2031-03-30T15:00:00Z"),
      },
      {
        position: 1,
        localStart: "2031-03-29T09:00",
        localEnd: "2031-03-29T17:00",
        startsAt: new Date("2031-03-29T08:00:00Z"),
        endsAt: new Date("2031-03-29T16:00:00Z"),
      },
    ];
    for (const sitting of sittings) {
      const id = uuidv7();
      await db.insert(session).values({ id, runId, roomId, timeZone: "Europe/Oslo", ...sitting });
      await db.insert(sessionInstructor).values(
        [first, second].map((instructorId) => ({
          sessionId: id,
          instructorId,
          startsAt: sitting.startsAt,
          endsAt: sitting.endsAt,
          isActive: true,
        })),
      );
    }
    const { sessions } = await find(runId);
    expect(sessions.map((each) => [each.position, each.localStart, each.startsAt])).toEqual([
      [1, "2031-03-29T09:00", "2031-03-29T08:00:00.000Z"],
      [2, "2031-03-30T09:00", "2031-03-30T07:00:00.000Z"],
    ]);
    for (const each of sessions) {
      expect(each.room).toEqual({ id: roomId, name: "Nansen", kind: "physical" });
      expect(each.instructors.map((one) => one.name)).toEqual(["Aud Lie", "Zehra Kaya"]);
    }
  });
});
