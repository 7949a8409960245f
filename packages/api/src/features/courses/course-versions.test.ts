import { type Actor, operatorActor } from "@lectern/auth/actor";
import type { DomainErrorBody } from "@lectern/contract/errors";
import { courseVersion, topic } from "@lectern/database/schema/catalogue";
import { useTestDatabase } from "@lectern/database/testing/database";
import { TRPCError } from "@trpc/server";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import { appRouter } from "../../app-router.ts";
import { createTestCourse, createTestRun, newKey, testContext } from "../../testing/factories.ts";
import { domainErrorOf } from "../../trpc/errors.ts";
import { t } from "../../trpc/init.ts";
import { VERSIONS_KEPT } from "./keep-version.ts";

/** What editors do, from the first draft to what was said three versions ago. */

const database = useTestDatabase();
const callerOf = t.createCallerFactory(appRouter);
const callAs = (actor: Actor) => callerOf(testContext(database().db, actor)).courses;
const staff = () => callAs(operatorActor("test-operator"));

const TOPIC = { id: uuidv7(), slug: "versions-test", name: "Versions test" };
beforeAll(async () => {
  await database().db.insert(topic).values(TOPIC);
});

async function draft(overrides = {}) {
  const suffix = uuidv7().slice(-12);
  return staff().create({
    code: `VER-${suffix.toUpperCase()}`,
    slug: `version-${suffix}`,
    title: "Threat modelling",
    summary: "Find what can go wrong before it does, with a whiteboard and a pen.",
    body: "Two days.\n\nAt a whiteboard.",
    deliveryModes: ["classroom"],
    languages: ["en"],
    topics: [TOPIC.slug],
    idempotencyKey: newKey(),
    ...overrides,
  });
}

type Changes = Parameters<ReturnType<typeof staff>["update"]>[0]["changes"];

const save = (id: string, version: number, changes: Changes, note = "") =>
  staff().update({ id, version, changes, note, idempotencyKey: newKey() });

const move = (id: string, version: number) => ({ id, version, idempotencyKey: newKey() });

async function refusal(call: Promise<unknown>): Promise<DomainErrorBody | undefined> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCError)) throw new TypeError("The call was not refused");
  return domainErrorOf(error)?.body;
}

const nb = (overrides = {}) => ({
  language: "nb",
  title: "Trusselmodellering",
  summary: "Finn det som kan gå galt.",
  body: "To dager.",
  ...overrides,
});

describe("versions of a course", () => {
  it("are kept with who saved what and why, the latest first", async () => {
    const { id } = await draft();
    await save(id, 1, { title: "Threat modelling II", level: "advanced" }, "A better title");
    await save(id, 2, { outcomes: ["Draw a data flow"] });
    const { items, total } = await staff().versions({ id });
    expect(total).toBe(3);
    expect(
      items.map(({ version, action, changed, note }) => ({ version, action, changed, note })),
    ).toEqual([
      { version: 3, action: "update", changed: ["outcomes"], note: "" },
      { version: 2, action: "update", changed: ["level", "title"], note: "A better title" },
      { version: 1, action: "create", changed: [], note: "" },
    ]);
    expect(items[0]?.savedBy).toEqual({ kind: "operator", name: null });
    const { snapshot } = await staff().version({ id, version: 1 });
    expect(snapshot).toMatchObject({
      title: "Threat modelling",
      level: null,
      topics: [TOPIC.slug],
    });
  });

  it("begin with what was there before the first change that is kept", async () => {
    const { id, title } = await createTestCourse(database().db);
    await save(id, 1, { title: "Another" });
    const { items } = await staff().versions({ id });
    expect(items.map(({ version, action }) => [version, action])).toEqual([
      [2, "update"],
      [1, "earlier"],
    ]);
    expect((await staff().version({ id, version: 1 })).snapshot.title).toBe(title);
  });

  it("come a page at a time, and go when there are too many, but for what a translation follows", async () => {
    const { id } = await draft({ translations: [nb()] });
    const { db } = database();
    const [first] = await db.select().from(courseVersion).where(eq(courseVersion.courseId, id));
    if (first === undefined) throw new Error("No version was kept");
    await db.insert(courseVersion).values({ ...first, version: -VERSIONS_KEPT });
    await db.insert(courseVersion).values({ ...first, version: 3 - VERSIONS_KEPT });
    await save(id, 1, { title: "Two" });
    await save(id, 2, { title: "Three" });
    const left = await db
      .select({ version: courseVersion.version })
      .from(courseVersion)
      .where(and(eq(courseVersion.courseId, id)))
      .orderBy(courseVersion.version);
    expect(left.map(({ version }) => version)).toEqual([1, 2, 3]);
    const page = await staff().versions({ id, limit: 2 });
    const rest = await staff().versions({ id, limit: 2, cursor: page.nextCursor });
    expect([...page.items, ...rest.items].map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(rest.nextCursor).toBeNull();
  });

  it("are brought back whole, but for code, address and state", async () => {
    const other = await createTestCourse(database().db);
    const { id, slug } = await draft({
      related: [other.slug],
      syllabus: [{ title: "Why", topics: ["Assets"] }],
      translations: [nb()],
    });
    await staff().publish(move(id, 1));
    await save(id, 2, {
      slug: `${slug}-new`,
      title: "Else",
      related: [],
      syllabus: [],
      topics: [],
      translations: [],
    });
    // A related course is found again under the address that it has now.
    await save(other.id, 1, { slug: `${other.slug}-new` });
    const restored = await staff().restore({ ...move(id, 3), restored: 1 });
    expect(restored).toMatchObject({ slug: `${slug}-new`, status: "published", version: 4 });
    expect(await staff().forEditing({ id })).toMatchObject({
      title: "Threat modelling",
      syllabus: [{ title: "Why", topics: ["Assets"] }],
      topics: [{ slug: TOPIC.slug }],
      related: [{ slug: `${other.slug}-new` }],
      translations: [{ language: "nb", title: "Trusselmodellering" }],
    });
    const [last] = (await staff().versions({ id })).items;
    expect(last).toMatchObject({ action: "restore", note: "1" });
    expect(await refusal(staff().restore({ ...move(id, 4), restored: 99 }))).toMatchObject({
      code: "NotFound",
    });
  });

  it("tell who was faster: what somebody read is not written over, nor brought back over", async () => {
    const { id } = await draft();
    await save(id, 1, { summary: "By somebody else, meanwhile." });
    for (const late of [
      () => save(id, 1, { title: "Mine" }),
      () => staff().restore({ ...move(id, 1), restored: 1 }),
    ]) {
      expect(await refusal(late())).toMatchObject({
        code: "Conflict",
        data: { reason: "changed_meanwhile", detail: "version 2" },
      });
    }
    expect((await staff().versions({ id })).items[0]?.changed).toEqual(["summary"]);
  });
});

describe("the way of a course to its readers", () => {
  it("leads over review, and back with a reason", async () => {
    const { id } = await draft();
    expect(await refusal(staff().sendBack({ ...move(id, 1), reason: "No" }))).toMatchObject({
      data: { reason: "wrong_state", detail: "draft" },
    });
    expect(await staff().submit(move(id, 1))).toMatchObject({ status: "in_review" });
    const back = await staff().sendBack({ ...move(id, 2), reason: "Say who it is for." });
    expect(back).toMatchObject({ status: "draft", version: 3 });
    const [last] = (await staff().versions({ id })).items;
    expect(last).toMatchObject({ action: "send_back", note: "Say who it is for.", changed: [] });
    await staff().submit(move(id, 3));
    expect(await staff().publish(move(id, 4))).toMatchObject({ status: "published" });
    expect(await refusal(staff().submit(move(id, 5)))).toMatchObject({
      data: { reason: "wrong_state" },
    });
  });

  it("ends before what a reader can't do without is there", async () => {
    const { id } = await draft({ summary: "", body: " \n", topics: [] });
    expect(await refusal(staff().publish(move(id, 1)))).toMatchObject({
      code: "Conflict",
      data: { reason: "incomplete", detail: "summary, body, topics" },
    });
    const { status, checks } = await staff().forEditing({ id });
    expect(status).toBe("draft");
    expect(checks.filter(({ isMet }) => isMet).map(({ check }) => check)).toEqual([
      "delivery_modes",
      "languages",
      "translations",
    ]);
    const listed = await staff().listForEditing({
      query: "Threat",
      statuses: ["draft"],
      limit: 100,
    });
    expect(listed.items.find((item) => item.id === id)?.missing).toEqual([
      "summary",
      "body",
      "topics",
    ]);
    await save(id, 1, { summary: "Short.", body: "Text", topics: [TOPIC.slug] });
    expect(await staff().publish(move(id, 2))).toMatchObject({ status: "published" });
  });

  it("is found under an address that it had", async () => {
    const { id, slug } = await draft();
    await staff().publish(move(id, 1));
    await save(id, 2, { slug: `${slug}-b` });
    await save(id, 3, { slug: `${slug}-c` });
    for (const old of [slug, `${slug}-b`]) {
      expect(await staff().bySlug({ slug: old })).toMatchObject({ id, slug: `${slug}-c` });
    }
    // An address leads to whoever has it now.
    const other = await draft({ slug });
    await staff().publish(move(other.id, 1));
    expect(await staff().bySlug({ slug })).toMatchObject({ id: other.id });
    await staff().retire(move(id, 4));
    expect(await refusal(staff().bySlug({ slug: `${slug}-b` }))).toMatchObject({
      code: "NotFound",
    });
  });
});

describe("a translation", () => {
  const outdated = async (id: string) => {
    const { translations, checks } = await staff().forEditing({ id });
    const check = checks.find((one) => one.check === "translations");
    return [translations.map((translation) => translation.outdated), check?.isMet];
  };

  it("is older than what the course says, until somebody sees to it", async () => {
    const { id } = await draft({ translations: [nb()] });
    expect(await outdated(id)).toEqual([[[]], true]);
    await save(id, 1, { body: "Three days.", level: "advanced" });
    expect(await outdated(id)).toEqual([[["body"]], false]);
    // Written along and not changed: nobody saw to it.
    await save(id, 2, { title: "New", translations: [nb()] });
    expect(await outdated(id)).toEqual([[["title", "body"]], false]);
    // A word is mended, and more is still to do.
    await save(id, 3, { translations: [nb({ summary: "Kort.", isUpToDate: false })] });
    expect(await outdated(id)).toEqual([[["title", "body"]], false]);
    await save(id, 4, { translations: [nb({ summary: "Kort.", body: "Tre dager." })] });
    expect(await outdated(id)).toEqual([[[]], true]);
    await save(id, 5, { outcomes: ["More"] });
    await save(id, 6, {
      translations: [nb({ summary: "Kort.", body: "Tre dager.", isUpToDate: true })],
    });
    expect(await outdated(id)).toEqual([[[]], true]);
  });

  it("has lists of its own, and the course's where it has none", async () => {
    const { id, slug } = await draft({
      outcomes: ["Draw"],
      prerequisites: ["None"],
      translations: [nb({ outcomes: ["Tegne"] })],
    });
    await staff().publish(move(id, 1));
    expect(await staff().bySlug({ slug, language: "nb" })).toMatchObject({
      title: "Trusselmodellering",
      outcomes: ["Tegne"],
      prerequisites: ["None"],
    });
    expect(await staff().bySlug({ slug })).toMatchObject({ outcomes: ["Draw"] });
  });
});

describe("courses for their editors", () => {
  it("are found in every state, by word, code, topic, language and what they lack", async () => {
    const word = `Zq${uuidv7().slice(-8)}`;
    const one = await draft({ title: `${word} one`, languages: ["nb"], translations: [nb()] });
    const two = await draft({ title: `${word} two` });
    await staff().publish(move(two.id, 1));
    await createTestRun(database().db, { courseId: two.id });
    const found = async (input: object) =>
      (await staff().listForEditing({ query: word, ...input })).items.map(({ id }) => id);
    expect(await found({})).toEqual([two.id, one.id]);
    expect(await found({ sort: "title" })).toEqual([one.id, two.id]);
    expect(await found({ query: word.slice(0, 6) })).toEqual([two.id, one.id]);
    expect(await found({ query: `${word.slice(0, 4)}_${word.slice(5, 7)}` })).toEqual([]);
    expect(await found({ statuses: ["published"] })).toEqual([two.id]);
    expect(await found({ languages: ["nb"] })).toEqual([one.id]);
    expect(await found({ lacksLanguage: "nb" })).toEqual([two.id]);
    expect(await found({ topics: ["no-such-topic"] })).toEqual([]);
    const [item] = (await staff().listForEditing({ query: word })).items;
    expect(item).toMatchObject({
      upcomingRuns: 1,
      status: "published",
      updatedBy: { kind: "operator" },
    });
  });

  it("come a page at a time in either order, each once", async () => {
    const word = `Zq${uuidv7().slice(-8)}`;
    for (const name of ["c", "a", "b"]) await draft({ title: `${word} ${name}` });
    for (const sort of ["updated", "title"] as const) {
      const titles: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<ReturnType<typeof staff>["listForEditing"]>> =
          await staff().listForEditing({ query: word, sort, limit: 1, cursor });
        titles.push(...page.items.map(({ title }) => title.slice(-1)));
        expect(page.total).toBe(3);
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(titles).toEqual(sort === "title" ? ["a", "b", "c"] : ["b", "a", "c"]);
    }
    const { nextCursor } = await staff().listForEditing({ query: word, limit: 1 });
    expect(
      await refusal(staff().listForEditing({ sort: "title", cursor: nextCursor })),
    ).toMatchObject({
      code: "Invalid",
    });
  });
});
