import type { CourseForEditing } from "@lectern/contract/course-editing";
import { describe, expect, it } from "vitest";
import { changesOf } from "./course-changes.ts";
import { compareSnapshots, readCourseText, snapshotOf, toCourseText } from "./course-text.ts";

const COURSE: CourseForEditing = {
  id: "0199c0de-0000-7000-8000-000000000001",
  status: "draft",
  version: 3,
  publishedAt: null,
  createdAt: "2027-01-01T00:00:00.000Z",
  updatedAt: "2027-01-01T00:00:00.000Z",
  updatedBy: null,
  isImported: false,
  sourceUrl: null,
  upcomingRuns: 0,
  code: "SEC-210",
  slug: "threat-modelling",
  title: "Threat modelling",
  summary: "Short",
  body: "Text",
  contentLanguage: "en",
  level: null,
  durationDays: 2.5,
  prerequisites: [],
  outcomes: ["Draw"],
  syllabus: [{ title: "Why", topics: ["Assets"] }],
  keywords: ["stride", "risk"],
  deliveryModes: ["virtual"],
  languages: ["en"],
  topics: [{ slug: "security", name: "Security" }],
  related: [],
  translations: [
    {
      language: "nb",
      title: "Trusselmodellering",
      summary: "",
      body: "",
      prerequisites: [],
      outcomes: [],
      syllabus: [],
      sourceVersion: 1,
      outdated: ["body"],
    },
  ],
  checks: [],
};
const text = toCourseText(COURSE);

describe("what is sent of a course", () => {
  it("is what was changed, without what was left empty", () => {
    const typed = {
      ...text,
      durationDays: " 1,5 ",
      outcomes: ["Draw", " ", "Name threats "],
      keywords: "stride,, risk , stride",
      syllabus: [
        { title: "Why ", topics: ["Assets", ""] },
        { title: "", topics: [" "] },
      ],
    };
    const keys = ["durationDays", "outcomes", "keywords", "syllabus"] as const;
    expect(changesOf(typed, COURSE, keys)).toEqual({
      durationDays: 1.5,
      outcomes: ["Draw", "Name threats"],
      keywords: ["stride", "risk"],
      syllabus: [{ title: "Why", topics: ["Assets"] }],
    });
    expect(changesOf({ ...text, durationDays: "" }, COURSE, ["durationDays"])).toEqual({
      durationDays: null,
    });
  });

  it("says of an older translation that it still is, until its writer says otherwise", () => {
    const nb = text["translation_nb"];
    if (nb == null) throw new Error("There is no translation");
    const sent = (isChecked: boolean) =>
      changesOf({ ...text, translation_nb: { ...nb, isChecked } }, COURSE, ["translation_nb"]);
    expect(sent(false)).toMatchObject({ translations: [{ language: "nb", isUpToDate: false }] });
    expect(sent(true)).toMatchObject({ translations: [{ language: "nb", isUpToDate: true }] });
    expect(changesOf({ ...text, translation_nb: null }, COURSE, ["translation_nb"])).toEqual({
      translations: [],
    });
  });
});

describe("a course that was kept on the device", () => {
  it("is read again, and nothing else is", () => {
    const kept: unknown = JSON.parse(JSON.stringify({ ...text, translation_de: null }));
    if (typeof kept !== "object" || kept === null) throw new Error("This is no object");
    expect(readCourseText(kept)).toEqual({ ...text, translation_de: null });
    expect(readCourseText({ ...text, outcomes: [1] })).toBeUndefined();
    expect(readCourseText({ ...text, translation_nb: { title: 1 } })).toBeUndefined();
  });
});

describe("two versions", () => {
  it("are compared field by field, and language by language", () => {
    const before = snapshotOf(COURSE);
    const [nb] = before.translations;
    if (nb === undefined) throw new Error("There is no translation");
    const after = {
      ...before,
      title: "Threats",
      syllabus: [],
      translations: [{ ...nb, title: "Trusler" }],
    };
    expect(compareSnapshots(before, after)).toEqual([
      { key: "title", before: "Threat modelling", after: "Threats" },
      { key: "syllabus", before: "Why\n  – Assets", after: "" },
      { key: "translation_nb", before: "Trusselmodellering", after: "Trusler" },
    ]);
    expect(compareSnapshots(before, before)).toEqual([]);
  });
});
