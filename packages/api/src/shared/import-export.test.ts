import type { CourseRecord, ImportOutcome } from "@lectern/contract/courses";
import type { RunRecord } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/connect";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun } from "@lectern/database/schema/scheduling";
import { createTestDatabase, useTestDatabase } from "@lectern/database/testing/database";
import { describe, expect, it } from "vitest";
import { exportCourses } from "../features/courses/export-courses.ts";
import { importCourses } from "../features/courses/import-courses.ts";
import { exportRuns } from "../features/runs/export-runs.ts";
import { importRuns } from "../features/runs/import-runs.ts";
import { holdPlaces } from "../features/bookings/hold-places.ts";
import { OPERATOR_CALL, createTestRun, newKey, testCall } from "../testing/factories.ts";
import { ledgerOf } from "../testing/ledger.ts";

const database = useTestDatabase();

function courseRecord(name: string, overrides: Partial<CourseRecord> = {}): CourseRecord {
  return {
    externalId: `https://example.org/courses/${name}`,
    sourceUrl: `https://example.org/courses/${name}`,
    code: null,
    slug: null,
    title: `Course ${name}`,
    summary: "What it is about.",
    body: "",
    contentLanguage: "en",
    level: null,
    durationDays: null,
    prerequisites: [],
    outcomes: [],
    syllabus: [],
    keywords: ["science"],
    deliveryModes: ["classroom"],
    languages: ["en"],
    topics: [{ slug: "bioinformatics", name: "Bioinformatics" }],
    related: [],
    translations: [],
    status: "published",
    ...overrides,
  };
}

function runRecord(
  courseName: string,
  name: string,
  overrides: Partial<RunRecord> = {},
): RunRecord {
  return {
    externalId: `https://example.org/runs/${name}`,
    courseExternalId: `https://example.org/courses/${courseName}`,
    sourceUrl: null,
    status: "confirmed",
    deliveryMode: "classroom",
    language: "en",
    timeZone: "Europe/Stockholm",
    localStart: "2027-03-20T09:00",
    localEnd: "2027-03-22T17:00",
    venue: { name: "SciLifeLab", street: "Husargatan 3", city: "Uppsala", country: "SE" },
    capacity: 25,
    minPlaces: 0,
    price: null,
    visibility: "public",
    bookingOpensAt: null,
    bookingClosesAt: null,
    sessions: [{ localStart: "2027-03-20T09:00", localEnd: "2027-03-20T17:00" }],
    ...overrides,
  };
}

const results = ({ outcomes }: { outcomes: ImportOutcome[] }) =>
  outcomes.map(({ result }) => result);

const takeCourses = (records: CourseRecord[], dryRun = false, db: Database = database().db) =>
  importCourses(db, OPERATOR_CALL, { records, dryRun });
const takeRuns = (records: RunRecord[], dryRun = false, db: Database = database().db) =>
  importRuns(db, OPERATOR_CALL, { records, dryRun });

async function exported(db: Database): Promise<{ courses: CourseRecord[]; runs: RunRecord[] }> {
  const courses: CourseRecord[] = [];
  const runs: RunRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof exportCourses>> = await exportCourses(db, OPERATOR_CALL, {
      cursor,
      limit: 3,
    });
    courses.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  do {
    const page: Awaited<ReturnType<typeof exportRuns>> = await exportRuns(db, OPERATOR_CALL, {
      cursor,
      limit: 3,
    });
    runs.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { courses, runs };
}

describe("importing courses", () => {
  it("creates, leaves alone what is the same, and updates what is not", async () => {
    const records = [courseRecord("a1"), courseRecord("a2")];
    expect(results(await takeCourses(records))).toEqual(["created", "created"]);
    expect(results(await takeCourses(records))).toEqual(["unchanged", "unchanged"]);
    const changed = [courseRecord("a1", { summary: "Something else." }), courseRecord("a2")];
    expect(results(await takeCourses(changed))).toEqual(["updated", "unchanged"]);
  });

  it("finds codes and slugs that no other course has", async () => {
    const { outcomes } = await takeCourses([
      courseRecord("b1", { title: "Ærlig talt: Øving" }),
      courseRecord("b2", { title: "Ærlig talt: Øving" }),
    ]);
    const rows = await database().db.select().from(course);
    const made = outcomes.map(({ id }) => rows.find((row) => row.id === id));
    expect(made.map((row) => row?.slug)).toEqual(["aerlig-talt-oving", "aerlig-talt-oving-2"]);
    expect(made.map((row) => row?.code)).toEqual(["ATO-101", "ATO-102"]);
  });

  it("refuses a record for what is wrong with it, and takes the rest", async () => {
    const { outcomes } = await takeCourses([
      courseRecord("c1", { code: "TAKEN-1" }),
      courseRecord("c2", { code: "TAKEN-1" }),
      courseRecord("c3"),
    ]);
    expect(outcomes).toMatchObject([
      { result: "created", reasons: [] },
      { result: "refused", id: null, reasons: ["Another course has this code."] },
      { result: "created" },
    ]);
  });

  it("leaves nothing behind when it is dry", async () => {
    const before = await database().db.$count(course);
    expect(results(await takeCourses([courseRecord("d1"), courseRecord("d1")], true))).toEqual([
      "created",
      "unchanged",
    ]);
    expect(await database().db.$count(course)).toBe(before);
  });

  it("links related courses, whichever comes first", async () => {
    const url = (name: string) => courseRecord(name).externalId;
    const records = [
      courseRecord("e1", { related: [url("e2"), url("e3")] }),
      courseRecord("e2", { related: [url("e1")] }),
      courseRecord("e3"),
    ];
    for (const record of records) await takeCourses([record]);
    const { courses } = await exported(database().db);
    expect(courses.find(({ externalId }) => externalId === url("e1"))?.related).toEqual([
      url("e2"),
      url("e3"),
    ]);
    expect(results(await takeCourses(records))).toEqual(["unchanged", "unchanged", "unchanged"]);
  });
});

describe("importing runs", () => {
  it("creates, leaves alone what is the same, and updates what is not", async () => {
    await takeCourses([courseRecord("r1")]);
    const records = [
      runRecord("r1", "one"),
      runRecord("r1", "two", { venue: null, deliveryMode: "virtual" }),
    ];
    expect(results(await takeRuns(records))).toEqual(["created", "created"]);
    expect(results(await takeRuns(records))).toEqual(["unchanged", "unchanged"]);
    const moved = runRecord("r1", "one", { localEnd: "2027-03-23T17:00" });
    expect(results(await takeRuns([moved]))).toEqual(["updated"]);
    const venues = new Set(
      (await database().db.select().from(courseRun)).map(({ venueId }) => venueId),
    );
    expect(venues.size).toBe(2);
  });

  it("refuses one without its course, in a zone that is none, or with its end before its start", async () => {
    await takeCourses([courseRecord("r2")]);
    const { outcomes } = await takeRuns([
      runRecord("nowhere", "three"),
      runRecord("r2", "four", { timeZone: "Mars/Olympus" }),
      runRecord("r2", "five", { localEnd: "2027-03-19T17:00" }),
      runRecord("r2", "six"),
    ]);
    expect(outcomes.map(({ result }) => result)).toEqual([
      "refused",
      "refused",
      "refused",
      "created",
    ]);
    expect(outcomes.map(({ reasons }) => reasons.join())).toMatchObject([
      expect.stringContaining("import it first"),
      expect.stringContaining("not a time zone"),
      expect.stringContaining("before the start"),
      "",
    ]);
  });

  it("keeps the capacity that staff gave where the source knows none, and the places that are taken", async () => {
    const { db } = database();
    await takeCourses([courseRecord("r3")]);
    const unknown = runRecord("r3", "seven", { capacity: null });
    const [made] = (await takeRuns([unknown])).outcomes;
    const runId = made?.id ?? "";
    await expect(
      holdPlaces(db, testCall(), { runId, places: 1, idempotencyKey: newKey() }),
    ).rejects.toMatchObject({
      body: { code: "NotBookable", data: { reason: "closed" } },
    });
    await takeRuns([runRecord("r3", "seven", { capacity: 2 })]);
    await holdPlaces(db, testCall(), { runId, places: 2, idempotencyKey: newKey() });
    expect(results(await takeRuns([unknown]))).toEqual(["unchanged"]);
    const fewer = await takeRuns([runRecord("r3", "seven", { capacity: 1 })]);
    expect(fewer.outcomes).toMatchObject([{ result: "refused" }]);
    expect(await ledgerOf(db, runId)).toEqual({ taken: 2, allocated: 2 });
  });

  it("cancels bookings with the run", async () => {
    const { db } = database();
    await takeCourses([courseRecord("r4")]);
    const [made] = (await takeRuns([runRecord("r4", "eight")])).outcomes;
    const runId = made?.id ?? "";
    await holdPlaces(db, testCall(), { runId, places: 2, idempotencyKey: newKey() });
    expect(results(await takeRuns([runRecord("r4", "eight", { status: "cancelled" })]))).toEqual([
      "updated",
    ]);
    expect(await ledgerOf(db, runId)).toEqual({ taken: 0, allocated: 0 });
  });
});

describe("an export", () => {
  it("is the same after it was imported into an empty academy", async () => {
    const { db } = database();
    await createTestRun(db, { values: { visibility: "private" } });
    const first = await exported(db);
    expect(first.courses.length).toBeGreaterThan(5);
    expect(first.runs.length).toBeGreaterThan(3);
    await using empty = await createTestDatabase();
    for (const record of first.courses) await takeCourses([record], false, empty.db);
    for (const record of first.runs) {
      expect(results(await takeRuns([record], false, empty.db))).toEqual(["created"]);
    }
    expect(await exported(empty.db)).toEqual(first);
  });
});
