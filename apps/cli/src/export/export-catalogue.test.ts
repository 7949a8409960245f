import type { CourseRecord } from "@lectern/contract/courses";
import type { RunRecord } from "@lectern/contract/runs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { courseRecord, runRecord } from "../../test/support/arbitraries.ts";
import { createFakeAcademy } from "../../test/support/fake-academy.ts";
import { readCatalogue } from "./export-catalogue.ts";

const [COURSE] = fc.sample(courseRecord, 1);
const [RUN] = fc.sample(runRecord, 1);

function course(externalId: string): CourseRecord {
  if (COURSE === undefined) throw new Error("no sample");
  return { ...COURSE, externalId, related: [] };
}

function run(externalId: string, courseExternalId: string): RunRecord {
  if (RUN === undefined) throw new Error("no sample");
  return { ...RUN, externalId, courseExternalId, localStart: "2027-03-01T09:00" };
}

it("gives each course its runs, and runs without a course by themselves", async () => {
  const academy = createFakeAcademy();
  for (const id of ["b", "d", "\u{1F393}", "\uFB01"]) academy.courses.set(id, course(id));
  const runs = [
    ...Array.from({ length: 20 }, (_, at) => ["b", `b${at}`]),
    ["a", "a1"],
    ["c", "c1"],
    ["d", "d1"],
    ["\u{1F393}", "x"],
    ["\uFB01", "y"],
    ["\u{1F393}\u{1F393}", "z"],
  ];
  for (const [courseId = "", id = ""] of runs) academy.runs.set(id, run(id, courseId));

  const entries = await Array.fromAsync(
    readCatalogue(academy.client, new AbortController().signal),
  );

  const shape = entries.map((entry) =>
    "orphan" in entry
      ? `alone ${entry.orphan.externalId}`
      : `${entry.course.externalId}: ${entry.runs.length}`,
  );
  // In the order of UTF-8 bytes, which is not that of UTF-16.
  expect(shape).toEqual([
    "alone a1",
    "b: 20",
    "alone c1",
    "d: 1",
    "\uFB01: 1",
    "\u{1F393}: 1",
    "alone z",
  ]);
});
