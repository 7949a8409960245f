import {
  course,
  courseRelated,
  courseTopic,
  courseTranslation,
  topic,
} from "@lectern/database/schema/catalogue";
import { useTestDatabase } from "@lectern/database/testing/database";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { createTestCourse, createTestRun, testCall } from "../../testing/factories.ts";
import { findCourseBySlug } from "./find-course-by-slug.ts";
import { listTopics } from "./list-topics.ts";

const database = useTestDatabase();

function find(slug: string, language: string | null = null) {
  return findCourseBySlug(database().db, testCall(), { slug, language });
}

async function createTopic(name: string, courseIds: readonly string[] = []): Promise<string> {
  const id = uuidv7();
  const slug = `topic-${id}`;
  await database()
    .db.insert(topic)
    .values({ id, slug, name: `${name} ${id}` });
  const rows = courseIds.map((courseId) => ({ courseId, topicId: id }));
  if (rows.length > 0) await database().db.insert(courseTopic).values(rows);
  return slug;
}

describe("a course page", () => {
  it.each(["draft", "in_review", "retired"] as const)(
    "is not there for a %s course",
    async (status) => {
      const { slug } = await createTestCourse(database().db, { status });
      await expect(find(slug)).rejects.toMatchObject({ code: "NotFound" });
    },
  );

  it("shows what the course is", async () => {
    const { slug, id } = await createTestCourse(database().db, {
      title: "Threat modelling",
      level: "advanced",
      durationDays: 2.5,
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb"],
      outcomes: ['Say "no", with reasons', "Draw {trust} boundaries\\"],
      syllabus: [{ title: "Why", topics: ["Assets"] }],
    });
    const topicSlug = await createTopic("Security", [id]);
    expect(await find(slug)).toMatchObject({
      id,
      title: "Threat modelling",
      level: "advanced",
      durationDays: 2.5,
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb"],
      outcomes: ['Say "no", with reasons', "Draw {trust} boundaries\\"],
      syllabus: [{ title: "Why", topics: ["Assets"] }],
      topics: [{ slug: topicSlug }],
      version: 1,
    });
  });

  it.each([
    ["nb", "nb"],
    ["nb-NO", "nb"],
    ["de-AT", "de-AT"],
    ["de", "en"],
    ["en", "en"],
    ["en-GB", "en"],
    ["tr", "tr"],
    ["tr-CY", "tr-CY"],
    ["fr", "en"],
    [null, "en"],
  ])("asked for in %j, speaks %j", async (language, spoken) => {
    const { slug, id } = await createTestCourse(database().db, { title: "own" });
    await database()
      .db.insert(courseTranslation)
      .values(
        ["nb", "de-AT", "en", "tr", "tr-CY"].map((each) => ({
          courseId: id,
          language: each,
          title: `in ${each}`,
          summary: `summary in ${each}`,
          body: `body in ${each}`,
        })),
      );
    const found = await find(slug, language);
    expect(found.contentLanguage).toBe(spoken);
    expect(found.title).toBe(spoken === "en" ? "own" : `in ${spoken}`);
    expect(found.body).toBe(spoken === "en" ? "" : `body in ${spoken}`);
    expect(found.translations).toEqual(["de-AT", "en", "nb", "tr", "tr-CY"]);
  });

  it("prefers a translation into the very language to its own near one", async () => {
    const { slug, id } = await createTestCourse(database().db);
    await database()
      .db.insert(courseTranslation)
      .values({ courseId: id, language: "en-GB", title: "programme", summary: "", body: "" });
    expect((await find(slug, "en-GB")).title).toBe("programme");
  });

  it("lists the public runs that have not begun, soonest first", async () => {
    const { db } = database();
    const { slug, id: courseId } = await createTestCourse(db);
    const year = new Date().getUTCFullYear() + 1;
    const at = (localStart: string, values = {}) =>
      createTestRun(db, { courseId, localStart, localEnd: `${year}-12-01T17:00`, values });
    const later = await at(`${year}-05-03T09:00`);
    const sooner = await at(`${year}-05-01T09:00`, { status: "tentative" });
    await at("2020-05-01T09:00");
    await at(`${year}-05-02T09:00`, { visibility: "private" });
    await at(`${year}-05-02T09:00`, { status: "draft" });
    await at(`${year}-05-02T09:00`, { status: "cancelled" });
    const { upcomingRuns } = await find(slug);
    expect(upcomingRuns.map((run) => run.id)).toEqual([sooner.id, later.id]);
    expect(upcomingRuns[0]).toMatchObject({
      localStart: `${year}-05-01T09:00`,
      timeZone: "Europe/Oslo",
      startsAt: `${year}-05-01T07:00:00.000Z`,
      placesLeft: 10,
      bookability: "open",
    });
  });

  it("shows the related courses that editors named, in their order, if published", async () => {
    const { db } = database();
    const { slug, id } = await createTestCourse(db);
    const first = await createTestCourse(db);
    const hidden = await createTestCourse(db, { status: "draft" });
    const second = await createTestCourse(db);
    await db.insert(courseRelated).values(
      [second, hidden, first].map((other, at) => ({
        courseId: id,
        relatedId: other.id,
        position: 2 - at,
      })),
    );
    await createTopic("Shared", [id, (await createTestCourse(db)).id]);
    expect((await find(slug)).related.map((other) => other.id)).toEqual([first.id, second.id]);
  });

  it("finds related courses by their topics where editors named none", async () => {
    const { db } = database();
    const { slug, id } = await createTestCourse(db);
    const far = [
      await createTestCourse(db),
      await createTestCourse(db),
      await createTestCourse(db),
    ].map((other) => other.id);
    const near = await createTestCourse(db);
    const hidden = await createTestCourse(db, { status: "retired" });
    await createTopic("One", [id, near.id, ...far, hidden.id]);
    await createTopic("Two", [id, near.id, hidden.id]);
    const { related } = await find(slug);
    expect(related.map((other) => other.id)).toEqual([near.id, ...far.slice(0, 2)]);
  });
});

describe("the topics", () => {
  it("count published courses alone, and are there without any", async () => {
    const { db } = database();
    const open = await createTestCourse(db);
    const hidden = await createTestCourse(db, { status: "draft" });
    const slug = await createTopic("Counted", [open.id, hidden.id]);
    const empty = await createTopic("Empty");
    const { topics } = await listTopics(db, testCall());
    const counts = new Map(topics.map((each) => [each.slug, each.publishedCourses]));
    expect(counts.get(slug)).toBe(1);
    expect(counts.get(empty)).toBe(0);
    await db.update(course).set({ status: "retired" });
    const after = await listTopics(db, testCall());
    expect(after.topics.find((each) => each.slug === slug)?.publishedCourses).toBe(0);
  });
});
