import type { ScheduleProposal } from "@lectern/contract/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  OPERATOR_CALL,
  createTestCourse,
  createTestInstructor,
  createTestRoom,
  createTestVenue,
  newKey,
} from "../../testing/factories.ts";
import { apiAs } from "../../testing/organisations.ts";
import { refusalOfCall } from "../../testing/test-browser.ts";

const database = useTestDatabase();

type Proposal = z.input<typeof ScheduleProposal>;

function api() {
  return apiAs(database().db, OPERATOR_CALL.actor);
}

const PATTERN = { from: "2027-05-10", sessions: 2, start: "09:00", end: "17:00" };

/** A place in Oslo with one who teaches there. */
async function place() {
  const { db } = database();
  const venueId = await createTestVenue(db);
  return {
    venueId,
    roomId: await createTestRoom(db, { venueId, capacity: 12 }),
    instructorId: await createTestInstructor(db),
    courseId: (await createTestCourse(db)).id,
  };
}

function check(overrides: Partial<Proposal>) {
  return api().runs.checkSchedule({
    deliveryMode: "classroom",
    timeZone: "Europe/Oslo",
    capacity: 10,
    pattern: PATTERN,
    ...overrides,
  });
}

function schedule(proposal: Proposal & { courseId: string }) {
  const { runId: _, ...rest } = proposal;
  const run = { ...rest, language: "en", price: null, idempotencyKey: newKey() };
  return api().runs.schedule(run);
}

async function kindsOf(overrides: Partial<Proposal>) {
  return (await check(overrides)).findings.map(({ kind }) => kind);
}

describe("checking a schedule", () => {
  it("tells which run has the room and the instructor, and leaves the run's own sessions out", async () => {
    const { roomId, instructorId, courseId } = await place();
    const given = { courseId, roomId, instructorIds: [instructorId] };
    const free = await check(given);
    expect(free).toMatchObject({
      isPossible: true,
      sessions: [{ localStart: "2027-05-10T09:00" }, { startsAt: "2027-05-11T07:00:00.000Z" }],
      findings: [{ kind: "new_to_course", instructor: { id: instructorId } }],
    });
    const wanted = { deliveryMode: "classroom", timeZone: "Europe/Oslo", capacity: 10 } as const;
    const { id } = await schedule({ ...wanted, ...given, pattern: PATTERN });
    const by = { runId: id, localStart: "2027-05-11T09:00" };
    const later = { ...PATTERN, from: "2027-05-11", sessions: 1, start: "16:00", end: "18:00" };
    expect(await check({ ...given, pattern: later })).toMatchObject({
      isPossible: false,
      findings: [
        { kind: "room_taken", at: "2027-05-11T16:00", room: { id: roomId }, by },
        { kind: "instructor_taken", at: "2027-05-11T16:00", instructor: { id: instructorId }, by },
      ],
    });
    expect(await check({ ...given, runId: id, pattern: later })).toMatchObject({ findings: [] });
  });

  it("tells what does not go together: room, venue, course", async () => {
    const { db } = database();
    const { roomId } = await place();
    const retired = await createTestCourse(db, { status: "retired" });
    const otherVenue = await createTestVenue(db);
    expect(await kindsOf({ roomId, capacity: 13 })).toEqual(["room_too_small"]);
    expect(await kindsOf({ roomId, venueId: otherVenue })).toEqual(["room_elsewhere"]);
    expect(await kindsOf({ courseId: retired.id })).toEqual(["venue_missing", "course_retired"]);
    expect(await refusalOfCall(check({ roomId: newKey() }))).toMatchObject({ code: "NotFound" });
  });

  it("tells of holidays by name, of the past, and of what the clocks do", async () => {
    const { venueId } = await place();
    const on = (from: string, start = "09:00", end = "17:00") =>
      check({
        venueId,
        pattern: { ...PATTERN, weekdays: ["sun", "mon", "wed"], sessions: 1, from, start, end },
      });
    expect((await on("2028-05-17")).findings).toMatchObject([
      { kind: "public_holiday", name: "Constitution Day", country: "NO", at: "2028-05-17T09:00" },
    ]);
    expect((await on("2020-06-08")).findings).toMatchObject([{ kind: "past" }]);
    // Norway's clocks go from 02:00 to 03:00 that Sunday, which is Easter's, and back on 31 October.
    expect((await on("2027-03-28", "02:30", "04:00")).findings).toMatchObject([
      { kind: "clock_skips", at: "2027-03-28T02:30", becomes: "2027-03-28T03:30" },
      { kind: "clock_changes", minutes: -60 },
      { kind: "public_holiday", name: "Easter Sunday" },
    ]);
    expect((await on("2027-10-31", "01:00", "02:30")).findings).toMatchObject([
      { kind: "clock_repeats", at: "2027-10-31T02:30" },
    ]);
    expect((await on("2027-10-31", "01:00", "04:00")).findings).toMatchObject([
      { kind: "clock_changes", minutes: 60 },
    ]);
    expect(await refusalOfCall(on("2027-03-28", "02:00", "03:00"))).toMatchObject({
      code: "Invalid",
      data: { issues: [{ path: "pattern.start" }] },
    });
  });

  it("tells when somebody teaches in another city that day", async () => {
    const { db } = database();
    const here = await place();
    const bergen = await createTestVenue(db, { city: "Bergen" });
    const evening = { ...PATTERN, sessions: 1, start: "18:00", end: "20:00" };
    const instructorIds = [here.instructorId];
    const { courseId } = here;
    const { id } = await schedule({
      courseId,
      deliveryMode: "classroom",
      venueId: bergen,
      instructorIds,
      timeZone: "Europe/Oslo",
      capacity: 5,
      pattern: evening,
    });
    const { findings, isPossible } = await check({ ...here, instructorIds });
    expect(isPossible).toBe(true);
    expect(findings).toMatchObject([{ kind: "other_city", city: "Bergen", by: { runId: id } }]);
  });

  it("finds possible what can be scheduled, and nothing else", async () => {
    const { db } = database();
    const [oslo, bergen] = [await place(), await place()];
    const retired = (await createTestCourse(db, { status: "retired" })).id;
    const proposals = fc.record({
      courseId: fc.constantFrom(oslo.courseId, bergen.courseId, oslo.courseId, retired),
      deliveryMode: fc.constantFrom("classroom", "virtual"),
      venueId: fc.constantFrom(oslo.venueId, bergen.venueId, null),
      roomId: fc.constantFrom(oslo.roomId, bergen.roomId, null),
      instructorIds: fc.subarray([oslo.instructorId, bergen.instructorId]),
      timeZone: fc.constantFrom("Europe/Oslo", "Europe/London"),
      capacity: fc.constantFrom(1, 12, 13),
      pattern: fc.record({
        from: fc.constantFrom("2027-05-10", "2027-05-11", "2027-05-13", "2027-06-14"),
        sessions: fc.integer({ min: 1, max: 3 }),
        start: fc.constantFrom("09:00", "16:00"),
        end: fc.constantFrom("12:00", "17:00", "18:00"),
      }),
    } as const);
    const outcomes = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(proposals, async (proposal) => {
        const isPossible = await check(proposal).then(
          (checked) => checked.isPossible,
          () => false,
        );
        const isDone = await schedule(proposal).then(
          () => true,
          () => false,
        );
        outcomes.add(isDone);
        expect(isPossible).toBe(isDone);
      }),
      { numRuns: 60, seed: 6 },
    );
    expect(outcomes.size).toBe(2);
  });
});
