import { type Actor, PUBLIC_ACTOR, operatorActor } from "@lectern/auth/actor";
import type { DomainErrorCode } from "@lectern/contract/errors";
import { topic } from "@lectern/database/schema/catalogue";
import { instructor, room, venue } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { TRPCError } from "@trpc/server";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { appRouter } from "./app-router.ts";
import { newKey, testContext } from "./testing/factories.ts";
import { declaredAccess } from "./trpc/declared-access.ts";
import { domainErrorOf } from "./trpc/errors.ts";
import { t } from "./trpc/init.ts";

/** The procedures as they are called: inputs are read, access is decided, answers keep the contract. */

const database = useTestDatabase();
const callerOf = t.createCallerFactory(appRouter);

function callAs(actor: Actor) {
  return callerOf(testContext(database().db, actor));
}
const staff = () => callAs(operatorActor("test-operator"));
const visitor = () => callAs(PUBLIC_ACTOR);

/** As the wire tells it. */
async function codeOf(call: Promise<unknown>): Promise<DomainErrorCode | undefined> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCError)) throw new TypeError("The call was not refused");
  return domainErrorOf(error)?.body.code;
}

const NEXT_YEAR = new Date().getUTCFullYear() + 1;

/** Of all courses here: without a topic, none can come out. */
const TOPIC = { id: uuidv7(), slug: "app-router-test", name: "App router test" };
beforeAll(async () => {
  await database().db.insert(topic).values(TOPIC);
});

function newCourse(overrides = {}) {
  const suffix = uuidv7().slice(-12);
  return {
    code: `NEW-${suffix.toUpperCase()}`,
    slug: `new-${suffix}`,
    title: "Threat modelling",
    summary: "Find what can go wrong before it does.",
    body: "Two days at a whiteboard.",
    topics: [TOPIC.slug],
    deliveryModes: ["classroom" as const],
    languages: ["en"],
    idempotencyKey: newKey(),
    ...overrides,
  };
}

async function createRoom() {
  const [venueId, roomId, instructorId] = [uuidv7(), uuidv7(), uuidv7()];
  const { db } = database();
  await db
    .insert(venue)
    .values({ id: venueId, name: venueId, city: "Oslo", country: "NO", timeZone: "Europe/Oslo" });
  await db
    .insert(room)
    .values({ id: roomId, venueId, kind: "physical", name: "Nansen", capacity: 12 });
  await db.insert(instructor).values({ id: instructorId, slug: instructorId, name: "Aud Lie" });
  return { venueId, roomId, instructorId };
}

function newRun(courseId: string, at: Awaited<ReturnType<typeof createRoom>>, overrides = {}) {
  return {
    courseId,
    deliveryMode: "classroom" as const,
    roomId: at.roomId,
    instructorIds: [at.instructorId],
    timeZone: "Europe/Oslo",
    language: "en",
    // Constitution Day, 17 May, is a public holiday.
    pattern: {
      from: `${NEXT_YEAR}-05-14`,
      sessions: 3,
      start: "09:00",
      end: "17:00",
      weekdays: ["mon" as const, "tue" as const, "wed" as const, "thu" as const, "fri" as const],
      skipHolidaysOf: { country: "NO" },
    },
    capacity: 12,
    price: { amount: 12_500_00, currency: "NOK" },
    idempotencyKey: newKey(),
    ...overrides,
  };
}

describe("from a draft to the catalogue", () => {
  it("shows a course and its dates to everybody once it is published", async () => {
    const draft = await staff().courses.create(newCourse());
    expect(await codeOf(visitor().courses.bySlug({ slug: draft.slug }))).toBe("NotFound");
    const at = await createRoom();
    const run = await staff().runs.schedule(newRun(draft.id, at));
    expect((await visitor().runs.upcoming({ course: draft.slug })).total).toBe(0);
    await staff().courses.publish({
      id: draft.id,
      version: draft.version,
      idempotencyKey: newKey(),
    });

    const page = await visitor().courses.bySlug({ slug: draft.slug });
    expect(page.upcomingRuns.map(({ id }) => id)).toEqual([run.id]);
    const upcoming = await visitor().runs.upcoming({ course: draft.slug, cities: ["Oslo"] });
    expect(upcoming.items).toEqual(page.upcomingRuns);
    const found = await visitor().courses.list({ query: page.code });
    expect(found.items).toMatchObject([{ id: draft.id, nextRun: { id: run.id }, upcomingRuns: 1 }]);
    const facets = await visitor().courses.facets({ query: page.code });
    expect(facets.cities).toEqual([{ value: "Oslo", label: "Oslo", count: 1 }]);
    const detail = await visitor().runs.byId({ id: run.id });
    expect(detail.sessions).toHaveLength(3);
    expect(detail.sessions.map(({ localStart }) => localStart)).not.toContain(
      `${NEXT_YEAR}-05-17T09:00`,
    );
  });

  it("gives a room to one run at a time, and again once that is cancelled", async () => {
    const { id } = await staff().courses.create(newCourse());
    const at = await createRoom();
    const first = await staff().runs.schedule(newRun(id, at));
    expect(await codeOf(staff().runs.schedule(newRun(id, at)))).toBe("ScheduleConflict");
    await staff().runs.cancel({
      id: first.id,
      version: first.version,
      reason: "Too few",
      idempotencyKey: newKey(),
    });
    expect((await staff().runs.schedule(newRun(id, at))).sessions).toBe(3);
  });
});

describe("what has an effect", () => {
  it("takes an idempotency key, but for imports, which know their records again", () => {
    const procedures: Record<string, unknown> = { ...appRouter._def.procedures };
    const keyless = declaredAccess(appRouter)
      .filter(({ type, path }) => type === "mutation" && !takesKey(procedures[path]))
      .map(({ path }) => path);
    expect(keyless.toSorted()).toEqual(["courses.import", "runs.import"]);
  });

  const Definition = z.object({ inputs: z.array(z.instanceof(z.ZodObject)) });

  function takesKey(procedure: unknown): boolean {
    if (typeof procedure !== "function" || !("_def" in procedure)) return false;
    const { inputs } = Definition.parse(procedure._def);
    return inputs.some(({ shape }) => "idempotencyKey" in shape);
  }

  it("has it once: the same key gets the first answer, and is refused with another body", async () => {
    const course = await staff().courses.create(newCourse());
    const publish = { id: course.id, version: 1, idempotencyKey: newKey() };
    const published = await staff().courses.publish(publish);
    expect(await staff().courses.publish(publish)).toEqual(published);
    expect(await codeOf(staff().courses.publish({ ...publish, version: 2 }))).toBe(
      "IdempotencyMismatch",
    );
    const update = {
      id: course.id,
      version: 2,
      changes: { title: "New" },
      idempotencyKey: newKey(),
    };
    const updated = await staff().courses.update(update);
    expect(await staff().courses.update(update)).toEqual(updated);
    const retire = { id: course.id, version: 3, idempotencyKey: newKey() };
    expect(await staff().courses.retire(retire)).toEqual(await staff().courses.retire(retire));

    const { id } = await visitor().enquiries.send({
      kind: "contact",
      name: "Deniz Kaya",
      email: "deniz@example.com",
      message: "Do you teach on site?",
      consent: true,
      idempotencyKey: newKey(),
    });
    const move = { id, version: 1, to: "quoted" as const, idempotencyKey: newKey() };
    expect(await staff().enquiries.move(move)).toEqual(await staff().enquiries.move(move));

    const article = await staff().articles.write({
      slug: `article-${uuidv7()}`,
      title: "Threat models",
      summary: "",
      body: "Text",
      author: "Aud Lie",
      idempotencyKey: newKey(),
    });
    const release = { id: article.id, version: 1, idempotencyKey: newKey() };
    expect(await staff().articles.publish(release)).toEqual(
      await staff().articles.publish(release),
    );
  });
});

describe("a list of the longest titles", () => {
  it("has cursors that are short enough for an address", async () => {
    for (const letter of ["課", "🎓", "ẅ"]) {
      for (const last of ["a", "b"]) {
        const title = `${letter.repeat(300 / letter.length - 1)}${last}`;
        const { id } = await staff().courses.create(newCourse({ title }));
        await staff().courses.publish({ id, version: 1, idempotencyKey: newKey() });
      }
    }
    for (const sort of ["title", "next_run"] as const) {
      const seen = new Set<string>();
      const { total } = await visitor().courses.list({ sort, limit: 1 });
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<ReturnType<typeof visitor>["courses"]["list"]>> =
          await visitor().courses.list({ sort, limit: 1, cursor });
        for (const { id } of page.items) seen.add(id);
        cursor = page.nextCursor;
        expect((cursor ?? "").length).toBeLessThanOrEqual(512);
      } while (cursor !== null);
      expect(total).toBeGreaterThanOrEqual(6);
      expect(seen.size).toBe(total);
    }
  });
});

/** Paths of whole numbers in a JSON Schema that PostgreSQL's `integer` may be too small for. */
function tooLarge(schema: unknown, path: string): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const found =
    "type" in schema && schema.type === "integer" && !isWithin(schema, 2_147_483_647) ? [path] : [];
  return [
    ...found,
    ...Object.entries(schema).flatMap(([key, value]) => tooLarge(value, `${path}.${key}`)),
  ];
}

function isWithin(schema: object, most: number): boolean {
  const within = (limit: unknown) => typeof limit === "number" && Math.abs(limit) <= most;
  return (
    "maximum" in schema && within(schema.maximum) && "minimum" in schema && within(schema.minimum)
  );
}

describe("a whole number", () => {
  it("is never taken that the database has no room for, but for money, which has more", () => {
    const procedures: Record<string, unknown> = { ...appRouter._def.procedures };
    const Definition = z.object({ inputs: z.array(z.instanceof(z.ZodType)) });
    const found = Object.entries(procedures).flatMap(([path, procedure]) => {
      if (typeof procedure !== "function" || !("_def" in procedure)) return [];
      const { inputs } = Definition.parse(procedure._def);
      return inputs.flatMap((shape) => tooLarge(z.toJSONSchema(shape, { io: "input" }), path));
    });
    expect(found.filter((path) => !/\.amount$|\.price\./u.test(path))).toEqual([]);
  });
});

describe("what is not right", () => {
  it.each(["", "bm90IGpzb24", "WyJ0aXRsZSJd", "W10", "eyJhIjoxfQ"])(
    "is refused: the cursor %j",
    async (cursor) => {
      expect(await codeOf(visitor().courses.list({ cursor, sort: "next_run" }))).toBe("Invalid");
      expect(await codeOf(visitor().runs.upcoming({ cursor }))).toBe("Invalid");
      expect(await codeOf(visitor().articles.list({ cursor }))).toBe("Invalid");
      expect(await codeOf(staff().enquiries.list({ cursor }))).toBe("Invalid");
      expect(await codeOf(staff().courses.export({ cursor }))).toBe("Invalid");
      expect(await codeOf(staff().runs.export({ cursor }))).toBe("Invalid");
    },
  );

  it("is refused: cursors and dates that the database could not read", async () => {
    const cursorOf = (...key: unknown[]) => Buffer.from(JSON.stringify(key)).toString("base64url");
    const id = uuidv7();
    const year0 = "0000-06-01T00:00:00.000Z";
    const refused = [
      () => visitor().courses.list({ cursor: cursorOf("title", 0, "\0", id) }),
      () => visitor().courses.list({ cursor: cursorOf("title", "0", "a", id) }),
      () => visitor().courses.list({ cursor: cursorOf("title", 0, "a", "no id") }),
      () => visitor().runs.upcoming({ cursor: cursorOf(year0, id) }),
      () => visitor().runs.upcoming({ cursor: cursorOf("2027-02-30T00:00:00.000Z", id) }),
      () => visitor().runs.upcoming({ from: "0000-06-01" }),
      () => visitor().courses.list({ to: "2027-02-30" }),
    ];
    for (const call of refused) expect(await codeOf(call())).toBe("Invalid");
    const widest = { from: "1000-01-01", to: "2999-12-31", price: { currency: "NOK", max: 1e10 } };
    expect((await visitor().runs.upcoming(widest)).items).toBeDefined();
  });

  it("is refused: a cursor of the same list in another order", async () => {
    for (let at = 0; at < 2; at += 1) {
      const { id } = await staff().courses.create(newCourse());
      await staff().courses.publish({ id, version: 1, idempotencyKey: newKey() });
    }
    const { nextCursor } = await visitor().courses.list({ limit: 1, sort: "title" });
    expect(nextCursor).not.toBeNull();
    expect(await codeOf(visitor().courses.list({ cursor: nextCursor, sort: "next_run" }))).toBe(
      "Invalid",
    );
  });

  it("is refused: staff's work by the public", async () => {
    const course = { id: uuidv7(), version: 1, idempotencyKey: newKey() };
    const refused = [
      () => visitor().courses.create(newCourse()),
      () => visitor().courses.publish(course),
      () => visitor().courses.export({}),
      () => visitor().runs.options(),
      () => visitor().runs.cancel({ ...course, reason: "no" }),
      () => visitor().enquiries.list({}),
    ];
    for (const call of refused) expect(await codeOf(call())).toBe("Unauthenticated");
  });
});
