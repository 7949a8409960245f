import type { RunsCalendarInput } from "@lectern/contract/scheduling";
import { session } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { uuidv7 } from "uuidv7";
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
} from "../../testing/factories.ts";
import {
  apiAs,
  apiOf,
  createTestOrganisation,
  letTeach,
  signInAsInstructor,
} from "../../testing/organisations.ts";
import { signIn } from "../../testing/signed-in.ts";
import { refusalOfCall } from "../../testing/test-browser.ts";
import { cancelRun } from "./cancel-run.ts";

const database = useTestDatabase();

type Input = z.input<typeof RunsCalendarInput>;
const MAY = { from: "2027-05-01", to: "2027-05-31" };

function api() {
  return apiAs(database().db, OPERATOR_CALL.actor);
}

async function idsOf(input: Partial<Input>, caller = api()) {
  const { runs } = await caller.runs.calendar({ ...MAY, ...input });
  return runs.map(({ id }) => id);
}

/** A run of three days in Oslo, with a room and an instructor of its own. */
async function schedule(from: string, values: { courseId?: string; country?: string } = {}) {
  const { db } = database();
  const venueId = await createTestVenue(db, { country: values.country ?? "NO" });
  const roomId = await createTestRoom(db, { venueId });
  const instructorId = await createTestInstructor(db);
  const courseId = values.courseId ?? (await createTestCourse(db)).id;
  const { id } = await api().runs.schedule({
    courseId,
    deliveryMode: "classroom",
    venueId,
    roomId,
    instructorIds: [instructorId],
    timeZone: "Europe/Oslo",
    language: "en",
    pattern: { from, sessions: 3, start: "09:00", end: "17:00" },
    capacity: 8,
    price: null,
    status: "draft",
    idempotencyKey: newKey(),
  });
  return { id, venueId, roomId, instructorId, courseId };
}

describe("the calendar", () => {
  it("shows runs that go on in its days, with the sessions of these days, and names rooms and people", async () => {
    const run = await schedule("2027-04-29");
    const { runs, rooms, instructors, nextCursor } = await api().runs.calendar({
      ...MAY,
      courseIds: [run.courseId],
    });
    // Thursday, Friday, and Monday.
    expect(runs).toMatchObject([
      {
        id: run.id,
        status: "draft",
        sessionCount: 3,
        taken: 0,
        sessions: [
          {
            position: 3,
            localStart: "2027-05-03T09:00",
            startsAt: "2027-05-03T07:00:00.000Z",
            roomId: run.roomId,
            instructorIds: [run.instructorId],
          },
        ],
      },
    ]);
    expect(rooms).toMatchObject([{ id: run.roomId, venueId: run.venueId, capacity: 20 }]);
    expect(instructors).toMatchObject([{ id: run.instructorId }]);
    expect(nextCursor).toBeNull();
    expect(await idsOf({ from: "2027-05-04", courseIds: [run.courseId] })).toEqual([]);
  });

  it("is narrowed by course, venue, room, instructor, country, state and mode, alike in every way", async () => {
    const run = await schedule("2027-05-10");
    await schedule("2027-05-10", { country: "SE" });
    const { id, courseId, venueId, roomId, instructorId } = run;
    const [courseIds, venueIds, roomIds, instructorIds] = [
      [courseId],
      [venueId],
      [roomId],
      [instructorId],
    ];
    const ways: Partial<Input>[] = [
      { courseIds },
      { venueIds },
      { roomIds },
      { instructorIds },
      { countries: ["NO"], courseIds },
      { countries: ["NO"], venueIds, statuses: ["draft"] },
      { deliveryModes: ["classroom"], roomIds, instructorIds, courseIds, venueIds },
    ];
    for (const way of ways) expect([way, await idsOf(way)]).toEqual([way, [id]]);
    for (const nothing of [
      { courseIds, countries: ["SE"] },
      { venueIds, statuses: ["confirmed" as const] },
      { roomIds, deliveryModes: ["virtual" as const] },
      { instructorIds: [newKey()] },
    ]) {
      expect(await idsOf(nothing)).toEqual([]);
    }
  });

  it("shows cancelled runs only to whoever asks", async () => {
    const run = await schedule("2027-05-10");
    const given = { id: run.id, version: 1, reason: "Nobody came", idempotencyKey: newKey() };
    await cancelRun(database().db, OPERATOR_CALL, given);
    const { courseId, roomId } = run;
    expect(await idsOf({ courseIds: [courseId] })).toEqual([]);
    expect(await idsOf({ courseIds: [courseId], statuses: ["cancelled"] })).toEqual([run.id]);
    expect(await idsOf({ roomIds: [roomId], statuses: ["cancelled"] })).toEqual([run.id]);
  });

  it("shows what lasts for months, by its sessions, and runs whose sessions nobody knows", async () => {
    const { db } = database();
    const course = await createTestCourse(db);
    const of = (localStart: string, localEnd: string) =>
      createTestRun(db, { courseId: course.id, localStart, localEnd });
    const long = await of("2027-02-01T18:00", "2027-09-30T20:00");
    const unknown = await of("2027-04-28T09:00", "2027-05-02T17:00");
    const longUnknown = await of("2027-03-01T09:00", "2027-06-30T17:00");
    await letTeach(db, long, []);
    const later = { localStart: "2027-05-20T18:00", localEnd: "2027-05-20T20:00" };
    expect(await idsOf({ courseIds: [course.id] })).toEqual([longUnknown.id, unknown.id]);
    await db.insert(session).values({
      id: uuidv7(),
      runId: long.id,
      position: 2,
      timeZone: "Europe/Oslo",
      ...later,
      startsAt: new Date("2027-05-20T16:00:00Z"),
      endsAt: new Date("2027-05-20T18:00:00Z"),
    });
    expect(await idsOf({ courseIds: [course.id] })).toEqual([long.id, longUnknown.id, unknown.id]);
    expect(await idsOf({})).toEqual(expect.arrayContaining([long.id, longUnknown.id, unknown.id]));
  });

  it("goes by the clocks where a run is held", async () => {
    const { db } = database();
    const { id, courseId } = await createTestRun(db, {
      localStart: "2027-05-31T20:00",
      localEnd: "2027-05-31T21:00",
      values: { timeZone: "Pacific/Honolulu" },
    });
    expect(await idsOf({ courseIds: [courseId] })).toEqual([id]);
    expect(await idsOf({ from: "2027-06-01", to: "2027-06-02", courseIds: [courseId] })).toEqual(
      [],
    );
  });

  it("goes on where it was cut, whichever way it is read", async () => {
    const { db } = database();
    const course = await createTestCourse(db);
    const venueId = await createTestVenue(db);
    const expected: string[] = [];
    for (const day of ["03", "03", "04", "05", "28"]) {
      const run = await createTestRun(db, {
        courseId: course.id,
        localStart: `2027-05-${day}T09:00`,
        localEnd: `2027-05-${day}T10:00`,
        values: { venueId },
      });
      expected.push(run.id);
    }
    for (const way of [{ courseIds: [course.id] }, { venueIds: [venueId] }]) {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await api().runs.calendar({ ...MAY, ...way, limit: 2, cursor });
        found.push(...page.runs.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(found).toEqual(expected);
    }
  });

  it("shows to each what is within their reach", async () => {
    const { db } = database();
    const norwegian = await schedule("2027-05-10");
    const swedish = await schedule("2027-05-10", { country: "SE" });
    const teacher = await signInAsInstructor(db);
    const virtual = await createTestRun(db, {
      localStart: "2027-05-12T09:00",
      localEnd: "2027-05-12T17:00",
      values: { visibility: "private", organisationId: await createTestOrganisation(db) },
    });
    await letTeach(db, virtual, [teacher.instructorId]);
    const courseIds = [norwegian.courseId, swedish.courseId, virtual.courseId];
    const seller = await apiOf(db, await signIn(db, { role: "sales", country: "NO" }));
    expect(await idsOf({ courseIds }, seller)).toEqual([norwegian.id]);
    expect(await idsOf({}, seller)).toContain(norwegian.id);
    expect(await idsOf({}, seller)).not.toContain(swedish.id);
    expect(await idsOf({ roomIds: [swedish.roomId] }, seller)).toEqual([]);
    expect(await idsOf({}, await apiOf(db, teacher))).toEqual([virtual.id]);
  });

  it("refuses days without end, and days that are none", async () => {
    for (const days of [
      { from: "2027-05-02", to: "2027-05-01" },
      { from: "2027-01-01", to: "2027-12-31" },
    ]) {
      expect(await refusalOfCall(api().runs.calendar(days))).toMatchObject({
        code: "Invalid",
        data: { issues: [{ path: "to" }] },
      });
    }
  });
});
