import { operatorActor } from "@lectern/auth/actor";
import type { Database } from "@lectern/database/connect";
import { organisation } from "@lectern/database/schema/organisations";
import { useTestDatabase } from "@lectern/database/testing/database";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import {
  type TestRunOptions,
  createTestCourse,
  createTestRun,
  createTestVenue,
} from "../../testing/factories.ts";
import { apiAs, apiOf } from "../../testing/organisations.ts";
import { signIn } from "../../testing/signed-in.ts";

const database = useTestDatabase();

/** A private run of a course and of a company that have names of their own. */
async function createPrivateRun(db: Database, { values, ...more }: TestRunOptions = {}) {
  const name = `Vestland ${uuidv7().slice(-8)}`;
  const title = `Knots ${uuidv7().slice(-8)}`;
  const [organisationId, course] = [uuidv7(), await createTestCourse(db, { title })];
  await db.insert(organisation).values({ id: organisationId, name, country: "NO" });
  const run = await createTestRun(db, {
    courseId: course.id,
    ...more,
    values: { visibility: "private", organisationId, ...values },
  });
  return { run, name, title, code: course.code };
}

function operatorApi() {
  return apiAs(database().db, operatorActor("test"));
}

async function found(query: string): Promise<string[]> {
  const { items } = await operatorApi().runs.private({ query });
  return items.map(({ id }) => id);
}

describe("private dates", () => {
  it("are found by a part of the course's title or code, of the city, and of the company's name", async () => {
    const { db } = database();
    const city = `Ny-${uuidv7().slice(-8)}`;
    const venueId = await createTestVenue(db, { city });
    const { run, name, title, code } = await createPrivateRun(db, { values: { venueId } });
    await createPrivateRun(db);
    for (const text of [name, title, code, city]) {
      expect(await found(text.slice(1).toUpperCase())).toEqual([run.id]);
    }
    expect(await found("50%_")).toEqual([]);
    const { items } = await operatorApi().runs.private({ query: name });
    expect(items).toMatchObject([{ organisation: { name }, placesLeft: 10, bookability: "open" }]);
  });

  it("come the soonest first, without those that are public, drafts, cancelled or begun", async () => {
    const { db } = database();
    const { id: courseId, code } = await createTestCourse(db);
    const year = new Date().getUTCFullYear();
    const on = (date: string, values: TestRunOptions["values"] = {}) =>
      createTestRun(db, {
        courseId,
        localStart: `${date}T09:00`,
        localEnd: `${date}T17:00`,
        values: { visibility: "private", ...values },
      });
    const later = await on(`${year + 2}-03-02`);
    const sooner = await on(`${year + 2}-03-01`, { status: "tentative" });
    await on(`${year + 2}-02-01`, { visibility: "public" });
    await on(`${year + 2}-02-02`, { status: "draft" });
    await on(`${year + 2}-02-03`, { status: "cancelled" });
    await on(`${year - 1}-02-04`);
    expect(await found(code)).toEqual([sooner.id, later.id]);
    const { items } = await operatorApi().runs.private({ query: code, limit: 1 });
    expect(items.map(({ id }) => id)).toEqual([sooner.id]);
  });

  it("are shown to whoever may see them where they are taught", async () => {
    const { db } = database();
    const venueId = await createTestVenue(db, { country: "NO" });
    const { run, title } = await createPrivateRun(db, { values: { venueId } });
    const inNorway = await apiOf(db, await signIn(db, { role: "sales", country: "NO" }));
    const inTurkey = await apiOf(db, await signIn(db, { role: "sales", country: "TR" }));
    expect((await inNorway.runs.private({ query: title })).items).toMatchObject([{ id: run.id }]);
    expect((await inTurkey.runs.private({ query: title })).items).toEqual([]);
    const learner = await apiOf(db, await signIn(db));
    await expect(learner.runs.private({})).rejects.toMatchObject({
      cause: { body: { code: "Forbidden" } },
    });
  });
});
