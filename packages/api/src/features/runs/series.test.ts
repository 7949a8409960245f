import type { RunsScheduleSeriesInput, SeriesStarts } from "@lectern/contract/scheduling";
import { auditEntry } from "@lectern/database/schema/operations";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, asc, eq, inArray } from "drizzle-orm";
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
import { apiAs, apiOf } from "../../testing/organisations.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { signIn } from "../../testing/signed-in.ts";
import { refusalOfCall } from "../../testing/test-browser.ts";
import { seriesStarts } from "./series-starts.ts";
import { scheduleSeries } from "./schedule-series.ts";

const database = useTestDatabase();

type SeriesInput = z.input<typeof RunsScheduleSeriesInput>;

const MONDAYS: SeriesStarts = {
  kind: "weekly",
  from: "2027-05-12",
  everyWeeks: 2,
  weekdays: ["mon"],
  runs: 3,
};

async function series(overrides: Partial<SeriesInput> = {}): Promise<SeriesInput> {
  const { db } = database();
  const venueId = await createTestVenue(db);
  return {
    courseId: (await createTestCourse(db)).id,
    deliveryMode: "classroom",
    roomId: await createTestRoom(db, { venueId }),
    instructorIds: [await createTestInstructor(db)],
    timeZone: "Europe/Oslo",
    language: "nb",
    capacity: 10,
    price: { amount: 100_00, currency: "NOK" },
    starts: MONDAYS,
    pattern: { sessions: 2, start: "09:00", end: "16:00" },
    idempotencyKey: newKey(),
    ...overrides,
  };
}

function api() {
  return apiAs(database().db, OPERATOR_CALL.actor);
}

function runsOf(courseId: string) {
  return database()
    .db.select()
    .from(courseRun)
    .where(eq(courseRun.courseId, courseId))
    .orderBy(asc(courseRun.startsAt));
}

describe("the starts of a series", () => {
  it("are on the days of every so manieth week, or those that are listed", () => {
    expect(seriesStarts(MONDAYS)).toEqual(["2027-05-24", "2027-06-07", "2027-06-21"]);
    expect(seriesStarts({ ...MONDAYS, weekdays: ["thu", "wed"], runs: 3 })).toEqual([
      "2027-05-12",
      "2027-05-13",
      "2027-05-26",
    ]);
    const dates = ["2027-06-01", "2027-05-01", "2027-06-01"];
    expect(seriesStarts({ kind: "dates", dates })).toEqual(["2027-05-01", "2027-06-01"]);
  });
});

describe("a series", () => {
  it("is shown before, and then there, with what depends on each start", async () => {
    const wish = await series({ decisionDaysBefore: 14, bookingClosesDaysBefore: 2 });
    const preview = await api().runs.previewSeries(wish);
    expect(preview.runs.map(({ start, isPossible }) => [start, isPossible])).toEqual([
      ["2027-05-24", true],
      ["2027-06-07", true],
      ["2027-06-21", true],
    ]);
    expect(await runsOf(wish.courseId)).toEqual([]);

    const { runs } = await api().runs.scheduleSeries(wish);
    expect(runs.map(({ startsAt, endsAt }) => [startsAt, endsAt])).toEqual(
      preview.runs.map(({ sessions }) => [sessions[0]?.startsAt, sessions.at(-1)?.endsAt]),
    );
    const [first] = await runsOf(wish.courseId);
    expect(first).toMatchObject({
      decisionAt: new Date("2027-05-10T07:00:00Z"),
      bookingClosesAt: new Date("2027-05-22T07:00:00Z"),
    });
    const audited = await database().db.$count(
      auditEntry,
      and(
        eq(auditEntry.action, "run.schedule"),
        inArray(
          auditEntry.entityId,
          runs.map(({ id }) => id),
        ),
      ),
    );
    expect(audited).toBe(3);
  });

  it("shows what stands against each date, and is all or nothing, or what was chosen", async () => {
    const wish = await series();
    const { runs } = await api().runs.scheduleSeries({
      ...wish,
      starts: { kind: "dates", dates: ["2027-06-08"] },
      idempotencyKey: newKey(),
    });
    const preview = await api().runs.previewSeries(wish);
    expect(preview.runs.map(({ isPossible }) => isPossible)).toEqual([true, false, true]);
    expect(preview.runs[1]?.findings).toMatchObject([
      { kind: "room_taken", at: "2027-06-08T09:00", by: { runId: runs[0]?.id } },
      { kind: "instructor_taken", at: "2027-06-08T09:00", by: { runId: runs[0]?.id } },
    ]);
    expect(await refusalOfCall(api().runs.scheduleSeries(wish))).toMatchObject({
      code: "ScheduleConflict",
    });
    expect(await runsOf(wish.courseId)).toHaveLength(1);
    const only = ["2027-05-24", "2027-06-21"];
    const chosen = await api().runs.scheduleSeries({ ...wish, only });
    expect(chosen.runs).toHaveLength(2);
  });

  it("knows when its own runs are in each other's way", async () => {
    const wish = await series({ starts: { kind: "dates", dates: ["2027-06-07", "2027-06-08"] } });
    const preview = await api().runs.previewSeries(wish);
    expect(preview.runs[1]?.findings[0]).toMatchObject({
      kind: "same_series",
      start: "2027-06-07",
    });
    expect(await refusalOfCall(api().runs.scheduleSeries(wish))).toMatchObject({
      code: "ScheduleConflict",
    });
    // Nothing is shared without a room and instructors.
    const { roomId: _, ...rest } = wish;
    const virtual = { ...rest, deliveryMode: "virtual" as const, instructorIds: [] };
    expect((await api().runs.previewSeries(virtual)).runs[1]?.isPossible).toBe(true);
  });

  it("happens once for a key, whoever sends it at once", async () => {
    const { db } = database();
    const wish = await series();
    const parsed = { ...wish, minPlaces: 0, visibility: "public", status: "draft" } as const;
    const pattern = { ...wish.pattern, weekdays: ["mon" as const, "tue" as const], skipDates: [] };
    const send = () => scheduleSeries(db, OPERATOR_CALL, { ...parsed, instructorIds: [], pattern });
    const [first, second] = await Promise.all([send(), send()]);
    expect(second).toEqual(first);
    expect(await runsOf(wish.courseId)).toHaveLength(3);
    const other = scheduleSeries(db, OPERATOR_CALL, {
      ...parsed,
      instructorIds: [],
      pattern,
      capacity: 9,
    });
    expect(await refusalOf(other)).toMatchObject({ code: "IdempotencyMismatch" });
  });

  it("is of no more sessions than can be looked through, and of dates of its own", async () => {
    const wish = await series();
    const long = {
      ...wish,
      starts: { ...MONDAYS, runs: 100 },
      pattern: { ...wish.pattern, sessions: 11 },
    };
    const late = { ...wish, starts: { ...MONDAYS, from: "2999-12-01" } };
    for (const call of [
      api().runs.previewSeries(long),
      api().runs.previewSeries(late),
      api().runs.scheduleSeries({ ...wish, only: ["2027-05-25"] }),
    ]) {
      expect(await refusalOfCall(call)).toMatchObject({ code: "Invalid" });
    }
  });

  it("of another country is not for staff of one, and does not tell what is in the way there", async () => {
    const { db } = database();
    const seller = await apiOf(db, await signIn(db, { role: "sales", country: "NO" }));
    const swedish = await createTestVenue(db, { country: "SE", city: "Stockholm" });
    const abroad = await series({ roomId: await createTestRoom(db, { venueId: swedish }) });
    for (const call of [seller.runs.previewSeries(abroad), seller.runs.scheduleSeries(abroad)]) {
      expect(await refusalOfCall(call)).toMatchObject({
        code: "NotFound",
        data: { entity: "room" },
      });
    }
    await api().runs.scheduleSeries(abroad);
    const athome = await series({ instructorIds: abroad.instructorIds ?? [] });
    const [first] = (await seller.runs.previewSeries(athome)).runs;
    expect(first?.findings).toContainEqual(
      expect.objectContaining({ kind: "instructor_taken", by: null }),
    );
  });
});
