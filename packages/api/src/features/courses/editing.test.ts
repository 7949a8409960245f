import type { CourseCreateInput, CourseUpdateInput } from "@lectern/contract/courses";
import { topic } from "@lectern/database/schema/catalogue";
import { useTestDatabase } from "@lectern/database/testing/database";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  OPERATOR_CALL,
  createTestCourse,
  createTestRun,
  newKey,
  testCall,
} from "../../testing/factories.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { createCourse } from "./create-course.ts";
import { findCourseBySlug } from "./find-course-by-slug.ts";
import { publishCourse } from "./publish-course.ts";
import { retireCourse } from "./retire-course.ts";
import { updateCourse } from "./update-course.ts";

const database = useTestDatabase();

/** A topic that all have who name none: without one, a course can't come out. */
let aTopic: Promise<string[]> | undefined;

async function create(overrides: Partial<z.infer<typeof CourseCreateInput>> = {}) {
  aTopic ??= createTopics("any");
  const suffix = uuidv7().slice(-12);
  return createCourse(database().db, OPERATOR_CALL, {
    code: `NEW-${suffix.toUpperCase()}`,
    slug: `new-${suffix}`,
    title: "Threat modelling",
    summary: "Find what can go wrong before it does.",
    body: "Two days at a whiteboard.",
    contentLanguage: "en",
    level: "intermediate",
    durationDays: 2,
    prerequisites: [],
    outcomes: ["Draw a data flow"],
    syllabus: [{ title: "Why", topics: ["Assets", "Actors"] }],
    keywords: ["stride"],
    deliveryModes: ["classroom", "virtual"],
    languages: ["en", "nb"],
    topics: await aTopic,
    related: [],
    translations: [],
    idempotencyKey: newKey(),
    ...overrides,
  });
}

const publish = (id: string, version: number) =>
  publishCourse(database().db, OPERATOR_CALL, { id, version, idempotencyKey: newKey() });
const retire = (id: string, version: number) =>
  retireCourse(database().db, OPERATOR_CALL, { id, version, idempotencyKey: newKey() });
const update = (
  id: string,
  version: number,
  changes: z.infer<typeof CourseUpdateInput>["changes"],
) =>
  updateCourse(database().db, OPERATOR_CALL, {
    id,
    version,
    changes,
    note: "",
    idempotencyKey: newKey(),
  });
const find = (slug: string, language?: string) =>
  findCourseBySlug(database().db, testCall(), { slug, language });

async function createTopics(...names: string[]): Promise<string[]> {
  const suffix = uuidv7().slice(-12);
  const topics = names.map((name) => ({
    id: uuidv7(),
    slug: `${name}-${suffix}`,
    name: `${name} ${suffix}`,
  }));
  await database().db.insert(topic).values(topics);
  return topics.map(({ slug }) => slug);
}

describe("a new course", () => {
  it("is a draft that nobody sees, until it is published with all its parts", async () => {
    const topics = await createTopics("security", "architecture");
    const related = (await createTestCourse(database().db)).slug;
    const translations = [
      {
        language: "nb",
        title: "Trusselmodellering",
        summary: "Kort",
        body: "To dager.",
        prerequisites: [],
        outcomes: ["Tegne dataflyt"],
        syllabus: [],
      },
    ];
    const draft = await create({ topics, related: [related], translations });
    expect(draft).toMatchObject({ status: "draft", version: 1 });
    await expect(find(draft.slug)).rejects.toMatchObject({ code: "NotFound" });
    expect(await publish(draft.id, 1)).toMatchObject({ status: "published", version: 2 });
    const found = await find(draft.slug);
    expect(found).toMatchObject({
      title: "Threat modelling",
      syllabus: [{ title: "Why", topics: ["Assets", "Actors"] }],
      languages: ["en", "nb"],
      translations: ["nb"],
      durationDays: 2,
    });
    expect(found.topics.map(({ slug }) => slug)).toEqual(topics);
    expect(found.related.map(({ slug }) => slug)).toEqual([related]);
    expect(await find(draft.slug, "nb")).toMatchObject({
      title: "Trusselmodellering",
      contentLanguage: "nb",
    });
    expect(await find(draft.slug, "fi")).toMatchObject({
      title: "Threat modelling",
      contentLanguage: "en",
    });
  });

  it("is made once for a key, also when its requests race", async () => {
    const input = { code: "RACE-1", slug: "race-1", idempotencyKey: newKey() };
    const answers = await Promise.all([create(input), create(input), create(input)]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });

  it.each([
    ["code", (taken: { code: string }) => ({ code: taken.code })],
    ["slug", (taken: { slug: string }) => ({ slug: taken.slug })],
  ])("has a %s of its own", async (field, overrides) => {
    const taken = await createTestCourse(database().db);
    await expect(create(overrides(taken))).rejects.toMatchObject({
      body: { code: "Conflict", data: { reason: "already_exists", detail: field } },
    });
  });

  it("refuses topics and related courses that are not there, and then nothing is left of it", async () => {
    const slug = `gone-${newKey()}`;
    await expect(create({ slug, topics: ["no-such-topic"] })).rejects.toMatchObject({
      code: "NotFound",
    });
    await expect(create({ slug, related: ["no-such-course"] })).rejects.toMatchObject({
      code: "NotFound",
    });
    expect(await create({ slug })).toMatchObject({ version: 1 });
  });
});

describe("changing a course", () => {
  it("changes the fields that are given and no others", async () => {
    const topics = await createTopics("one", "two");
    const { id, slug } = await create({ topics });
    await publish(id, 1);
    await update(id, 2, { title: "Threat modelling, revised", level: null });
    expect(await find(slug)).toMatchObject({
      title: "Threat modelling, revised",
      level: null,
      summary: "Find what can go wrong before it does.",
      keywords: ["stride"],
      version: 3,
    });
    expect((await find(slug)).topics).toHaveLength(2);
    await update(id, 3, { topics: topics.slice(1) });
    expect((await find(slug)).topics.map((one) => one.slug)).toEqual(topics.slice(1));
  });

  it("does not overwrite what somebody else changed meanwhile", async () => {
    const { id } = await create();
    const outcomes = await Promise.allSettled([
      update(id, 1, { title: "One" }),
      update(id, 1, { title: "Two" }),
    ]);
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused).toMatchObject([
      { reason: { body: { data: { reason: "changed_meanwhile" } } } },
    ]);
  });

  it("refuses a slug that is taken, and a course that is not there", async () => {
    const { slug } = await createTestCourse(database().db);
    const { id } = await create();
    await expect(update(id, 1, { slug })).rejects.toMatchObject({ code: "Conflict" });
    await expect(update(newKey(), 1, { title: "Nobody" })).rejects.toMatchObject({
      code: "NotFound",
    });
  });
});

describe("retiring a course", () => {
  it("takes it out of the catalogue, and publishing brings it back", async () => {
    const { id, slug } = await create();
    await publish(id, 1);
    expect(await retire(id, 2)).toMatchObject({ status: "retired" });
    await expect(find(slug)).rejects.toMatchObject({ code: "NotFound" });
    await publish(id, 3);
    expect((await find(slug)).status).toBe("published");
  });

  it("waits for its dates to be cancelled", async () => {
    const { db } = database();
    const { id } = await create();
    await publish(id, 1);
    const run = await createTestRun(db, { courseId: id });
    await expect(retire(id, 2)).rejects.toMatchObject({
      body: { data: { reason: "has_upcoming_runs", detail: "1" } },
    });
    await cancelRun(db, OPERATOR_CALL, {
      id: run.id,
      version: 1,
      reason: "Retired",
      idempotencyKey: newKey(),
    });
    expect((await retire(id, 2)).status).toBe("retired");
  });

  it("is for published courses", async () => {
    const { id } = await create();
    await expect(retire(id, 1)).rejects.toMatchObject({
      body: { data: { reason: "wrong_state" } },
    });
  });
});
