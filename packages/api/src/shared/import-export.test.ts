import { type CourseRecord, type ImportOutcome, ImportOutput } from "@lectern/contract/courses";
import { RunExportOutput, type RunRecord } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/connect";
import { booking, seatAllocation } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { auditEntry } from "@lectern/database/schema/operations";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { createTestDatabase, useTestDatabase } from "@lectern/database/testing/database";
import { asc, eq, sql } from "drizzle-orm";
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

describe("an import", () => {
  it("finds a topic by its slug or its name, in any letter case", async () => {
    const { db } = database();
    await takeCourses([courseRecord("t1", { topics: [{ slug: "genomics", name: "Genomics" }] })]);
    const other = courseRecord("t2", {
      topics: [
        { slug: "genome-science", name: "GENOMICS" },
        { slug: "genomics", name: "The study of genomes" },
        { slug: "proteomics", name: "Proteomics" },
      ],
    });
    expect(results(await takeCourses([other]))).toEqual(["created"]);
    expect(results(await takeCourses([other]))).toEqual(["unchanged"]);
    const { courses } = await exported(db);
    expect(courses.find(({ externalId }) => externalId === other.externalId)?.topics).toEqual([
      { slug: "genomics", name: "Genomics" },
      { slug: "proteomics", name: "Proteomics" },
    ]);
  });

  it("takes a related course once, and never a course as related to itself", async () => {
    const url = (name: string) => courseRecord(name).externalId;
    const records = [
      courseRecord("s1", { related: [url("s2"), url("s1"), url("s2")] }),
      courseRecord("s2"),
    ];
    expect(results(await takeCourses(records))).toEqual(["created", "created"]);
    expect(results(await takeCourses(records))).toEqual(["unchanged", "unchanged"]);
  });

  it("remembers a related course that is named later and comes later still", async () => {
    const url = (name: string) => courseRecord(name).externalId;
    await takeCourses([courseRecord("l1")]);
    const named = courseRecord("l1", { related: [url("l2")] });
    expect(results(await takeCourses([named]))).toEqual(["updated"]);
    expect(results(await takeCourses([named]))).toEqual(["unchanged"]);
    await takeCourses([courseRecord("l2")]);
    const { courses } = await exported(database().db);
    expect(courses.find(({ externalId }) => externalId === url("l1"))?.related).toEqual([
      url("l2"),
    ]);
  });

  it("moves a course on and never back", async () => {
    const status = async (wanted: CourseRecord["status"]) => {
      const { outcomes } = await takeCourses([courseRecord("m1", { status: wanted })]);
      const [row] = await database()
        .db.select({ status: course.status })
        .from(course)
        .where(eq(course.externalId, courseRecord("m1").externalId));
      return [outcomes[0]?.result, row?.status];
    };
    expect(await status("draft")).toEqual(["created", "draft"]);
    expect(await status("published")).toEqual(["updated", "published"]);
    expect(await status("draft")).toEqual(["unchanged", "published"]);
    await takeRuns([
      runRecord("m1", "m1-run", { localStart: "2090-01-01T09:00", localEnd: "2090-01-02T17:00" }),
    ]);
    expect(await status("retired")).toEqual(["refused", "published"]);
    await takeRuns([runRecord("m1", "m1-run", { status: "cancelled" })]);
    expect(await status("retired")).toEqual(["updated", "retired"]);
    expect(await status("published")).toEqual(["unchanged", "retired"]);
  });

  it("tells no difference in spelling from a difference", async () => {
    const { db } = database();
    await takeCourses([courseRecord("v1")]);
    const one = runRecord("v1", "v-one", {
      bookingOpensAt: "2027-01-01T08:00:00Z",
      venue: { name: "Håndverkeren", street: null, city: "Oslo", country: "NO" },
    });
    expect(results(await takeRuns([one]))).toEqual(["created"]);
    const sameVenue = {
      name: "HÅNDVERKEREN",
      street: "Rosenkrantz' gate 7",
      city: "oslo",
      country: "NO",
    };
    expect(results(await takeRuns([one, { ...one, venue: sameVenue }]))).toEqual([
      "unchanged",
      "unchanged",
    ]);
    expect(await db.$count(venue, eq(venue.country, "NO"))).toBe(1);
  });

  it("keeps sessions that the source does not know, and does not move the run away from them", async () => {
    await takeCourses([courseRecord("w1")]);
    await takeRuns([runRecord("w1", "w-one")]);
    const silent = runRecord("w1", "w-one", { sessions: [] });
    expect(results(await takeRuns([silent]))).toEqual(["unchanged"]);
    expect(results(await takeRuns([{ ...silent, capacity: 26 }]))).toEqual(["updated"]);
    const moved = await takeRuns([{ ...silent, localEnd: "2027-03-23T17:00" }]);
    expect(moved.outcomes).toMatchObject([
      { result: "refused", reasons: [expect.stringContaining("sessions")] },
    ]);
    const { runs } = await exported(database().db);
    expect(runs.find(({ externalId }) => externalId === silent.externalId)).toMatchObject({
      capacity: 26,
      localEnd: "2027-03-22T17:00",
      sessions: runRecord("w1", "w-one").sessions,
    });
  });

  it("moves a run on, puts it in doubt again, and leaves alone what was cancelled or has begun", async () => {
    await takeCourses([courseRecord("x1")]);
    const status = async (wanted: RunRecord["status"]) => {
      const { outcomes } = await takeRuns([runRecord("x1", "x-one", { status: wanted })]);
      const [row] = await database()
        .db.select({ status: courseRun.status })
        .from(courseRun)
        .where(eq(courseRun.externalId, runRecord("x1", "x-one").externalId));
      return [outcomes[0]?.result, row?.status];
    };
    expect(await status("tentative")).toEqual(["created", "tentative"]);
    expect(await status("draft")).toEqual(["unchanged", "tentative"]);
    expect(await status("confirmed")).toEqual(["updated", "confirmed"]);
    expect(await status("tentative")).toEqual(["updated", "tentative"]);
    expect(await status("in_progress")).toEqual(["updated", "in_progress"]);
    expect(await status("cancelled")).toEqual(["unchanged", "in_progress"]);
    const cancelled = runRecord("x1", "x-two", { status: "cancelled" });
    expect(results(await takeRuns([cancelled]))).toEqual(["created"]);
    const otherwise = runRecord("x1", "x-two", { localEnd: "2027-03-23T17:00", capacity: 99 });
    expect(results(await takeRuns([otherwise, cancelled]))).toEqual(["unchanged", "unchanged"]);
  });

  it("counts places whose hold has lapsed as free when a run gets smaller", async () => {
    const { db } = database();
    await takeCourses([courseRecord("y1")]);
    const [made] = (await takeRuns([runRecord("y1", "y-one", { capacity: 4 })])).outcomes;
    const runId = made?.id ?? "";
    await holdPlaces(db, testCall(), { runId, places: 3, idempotencyKey: newKey() });
    const smaller = runRecord("y1", "y-one", { capacity: 2 });
    expect(results(await takeRuns([smaller]))).toEqual(["refused"]);
    const past = sql`clock_timestamp() - interval '1 second'`;
    await db.update(seatAllocation).set({ expiresAt: past }).where(eq(seatAllocation.runId, runId));
    expect(results(await takeRuns([smaller]))).toEqual(["updated"]);
    expect(await ledgerOf(db, runId)).toEqual({ taken: 0, allocated: 0 });
  });

  it("writes down each booking that it cancels", async () => {
    const { db } = database();
    await takeCourses([courseRecord("z1")]);
    const [made] = (await takeRuns([runRecord("z1", "z-one")])).outcomes;
    const held = await holdPlaces(db, testCall(), {
      runId: made?.id ?? "",
      places: 2,
      idempotencyKey: newKey(),
    });
    await takeRuns([runRecord("z1", "z-one", { status: "cancelled", capacity: 1 })]);
    const [row] = await db.select().from(booking).where(eq(booking.reference, held.reference));
    expect(row?.status).toBe("cancelled");
    const actions = await db
      .select({ action: auditEntry.action, after: auditEntry.after })
      .from(auditEntry)
      .where(eq(auditEntry.entityId, row?.id ?? ""))
      .orderBy(asc(auditEntry.id));
    expect(actions.at(-1)).toEqual({
      action: "booking.cancel",
      after: { status: "cancelled", because: "run.import" },
    });
  });

  it("refuses what the database can't hold, says so briefly, and takes the rest", async () => {
    const far = `https://example.org/${"x".repeat(2000)}`;
    await takeCourses([courseRecord("q1")]);
    const answer = await takeRuns([
      runRecord("q1", "q-one", { courseExternalId: far }),
      runRecord("q1", "q-two", { price: { amount: 3_000_000_000, currency: "NOK" } }),
      runRecord("q1", "q-three", { price: { amount: 500_000_000, currency: "NOK" } }),
    ]);
    expect(results(answer)).toEqual(["refused", "refused", "created"]);
    expect(ImportOutput.safeParse(answer).success).toBe(true);
  });

  it("made twice at once takes each record once, in whatever order", async () => {
    const records = Array.from({ length: 12 }, (_, at) =>
      courseRecord(`p${at}`, { title: "The same title for all of them" }),
    );
    const answers = await Promise.all([takeCourses(records), takeCourses(records.toReversed())]);
    const [first = [], second = []] = answers.map(results);
    const together = first.map((result, at) => new Set([result, second.at(-1 - at)]));
    expect(together).toEqual(records.map(() => new Set(["created", "unchanged"])));
    const runs = records.map((_, at) => runRecord(`p${at}`, `p-${at}`));
    await takeRuns(runs);
    const changed = runs.map((run) => ({ ...run, capacity: 30 }));
    const changes = await Promise.all([takeRuns(changed), takeRuns(changed.toReversed())]);
    expect(changes.flatMap(results).toSorted()).toEqual([
      ...runs.map(() => "unchanged"),
      ...runs.map(() => "updated"),
    ]);
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

  it("pages through identifiers of any length, and refuses cursors of other lists", async () => {
    await using own = await createTestDatabase();
    const long = (name: string) => `https://example.org/${name}/${"x".repeat(1900)}`;
    const records = ["a", "b", "c", "d"].map((name) =>
      courseRecord(name, { externalId: long(name) }),
    );
    await takeCourses(records, false, own.db);
    await takeRuns(
      records.flatMap(({ externalId }) =>
        ["1", "2"].map((name) =>
          runRecord("", "", { courseExternalId: externalId, externalId: `${externalId}/${name}` }),
        ),
      ),
      false,
      own.db,
    );
    const { courses, runs } = await exported(own.db);
    expect(courses.map(({ externalId }) => externalId)).toEqual(["a", "b", "c", "d"].map(long));
    expect(runs.map(({ externalId }) => externalId)).toEqual(
      ["a", "b", "c", "d"].flatMap((name) => [`${long(name)}/1`, `${long(name)}/2`]),
    );
    const page = await exportRuns(own.db, OPERATOR_CALL, { limit: 3 });
    expect(RunExportOutput.safeParse(page).success).toBe(true);
    expect(page.total).toBe(8);
    const cursor = page.nextCursor ?? "";
    await expect(exportCourses(own.db, OPERATOR_CALL, { cursor, limit: 3 })).rejects.toMatchObject({
      code: "Invalid",
    });
  });
});
