import { courseTranslation } from "@lectern/database/schema/catalogue";
import { useTestDatabase } from "@lectern/database/testing/database";
import { describe, expect, it } from "vitest";
import { appRouter } from "../app-router.ts";
import { findCourseBySlug } from "../features/courses/find-course-by-slug.ts";
import { listCourses } from "../features/courses/list-courses.ts";
import { findRun } from "../features/runs/find-run.ts";
import { listUpcomingRuns } from "../features/runs/list-upcoming-runs.ts";
import {
  createTestCourse,
  createTestRun,
  newKey,
  testCall,
  testContext,
} from "../testing/factories.ts";
import { signIn } from "../testing/signed-in.ts";
import { t } from "../trpc/init.ts";
import { coursesInLanguage } from "./in-language.ts";

const database = useTestDatabase();
const callerOf = t.createCallerFactory(appRouter);

/** A course in a language, translated into others. */
async function translatedCourse(contentLanguage: string, ...languages: readonly string[]) {
  const { db } = database();
  const made = await createTestCourse(db, { title: `own ${crypto.randomUUID()}`, contentLanguage });
  const rows = languages.map((language) => ({
    courseId: made.id,
    language,
    title: `title ${language}`,
    summary: `summary ${language}`,
    body: "",
  }));
  if (rows.length > 0) await db.insert(courseTranslation).values(rows);
  return made;
}

describe("what courses are called", () => {
  it.each([
    ["en", ["nb"], "nb", "nb"],
    ["en", ["nb"], "nb-NO", "nb"],
    ["en", ["nb", "nb-NO"], "nb-NO", "nb-NO"],
    ["en", ["nb"], "de", "en"],
    ["en", ["nb"], "en", "en"],
    ["en", ["nb"], "en-GB", "en"],
    ["en", ["en-GB"], "en-GB", "en-GB"],
    ["nb", ["en"], "en", "en"],
    ["nb", ["en"], "nb", "nb"],
    ["en", [], "nb", "en"],
    ["en", ["nb"], null, "en"],
  ] as const)("of %s with %j is in %s: %s", async (own, translations, language, spoken) => {
    const { id, title, summary, contentLanguage } = await translatedCourse(own, ...translations);
    const [shown] = await coursesInLanguage(database().db, language, [
      { id, title, summary, contentLanguage },
    ]);
    expect(shown).toMatchObject({
      contentLanguage: spoken,
      ...(spoken === own ? { title } : { title: `title ${spoken}`, summary: `summary ${spoken}` }),
    });
  });

  it("is in the language asked for, in lists and on pages, and in one's own without", async () => {
    const { db } = database();
    const call = testCall();
    const { id, slug, title } = await translatedCourse("en", "nb");
    const { id: runId } = await createTestRun(db, { courseId: id });
    const inNorwegian = { title: "title nb", contentLanguage: "nb" };
    const query = title;

    const listed = await listCourses(db, call, { query, limit: 5, language: "nb" });
    expect(listed.items).toMatchObject([{ id, ...inNorwegian, summary: "summary nb" }]);
    const own = await listCourses(db, call, { query, limit: 5 });
    expect(own.items).toMatchObject([{ id, title, contentLanguage: "en" }]);

    const upcoming = await listUpcomingRuns(db, call, { course: slug, limit: 5, language: "nb" });
    expect(upcoming.items).toMatchObject([{ id: runId, course: inNorwegian }]);
    expect(await findRun(db, call, { id: runId, language: "nb" })).toMatchObject({
      course: inNorwegian,
    });
    expect(await findRun(db, call, { id: runId })).toMatchObject({ course: { title } });

    const page = await findCourseBySlug(db, call, { slug, language: "nb" });
    expect(page).toMatchObject({ ...inNorwegian, upcomingRuns: [{ course: inNorwegian }] });
  });

  it("is in the language that the caller reads, of what is their own", async () => {
    const { db } = database();
    const who = await signIn(db);
    const api = callerOf({ ...testContext(db, await who.actor()), language: "nb" });
    const { id } = await translatedCourse("en", "nb");
    const { id: runId } = await createTestRun(db, { courseId: id, capacity: 9 });
    const named = { course: { title: "title nb", contentLanguage: "nb" } };

    const { reference, accessKey } = await api.bookings.hold({
      runId,
      places: 1,
      idempotencyKey: newKey(),
    });
    const booked = await api.bookings.confirm({
      reference,
      accessKey,
      booker: { name: "Ingrid Berg", email: "ingrid@example.com" },
      acceptsTerms: true,
      idempotencyKey: newKey(),
    });
    expect(booked.run).toMatchObject(named);
    expect((await api.bookings.byReference({ reference, accessKey })).run).toMatchObject(named);
    const mine = await api.bookings.mine({});
    expect(mine.items.map(({ run }) => run)).toMatchObject([named]);
  });
});
