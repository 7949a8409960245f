import { operatorActor } from "@lectern/auth/actor";
import { auditEntry } from "@lectern/database/schema/operations";
import { courseRun, runCalendar, session } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { asc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import {
  createTestCourse,
  createTestInstructor,
  createTestRoom,
  createTestRun,
  createTestVenue,
  newKey,
} from "../../testing/factories.ts";
import { apiAs, apiOf, letTeach } from "../../testing/organisations.ts";
import { signIn } from "../../testing/signed-in.ts";
import { checkTeaching } from "../runs/check-teaching.ts";

const database = useTestDatabase();

const EVERYWHERE = { everywhere: true, countries: [], organisationIds: [], instructorId: null };
const NEXT_YEAR = new Date().getUTCFullYear() + 1;

function operator() {
  return apiAs(database().db, operatorActor("test-operator"));
}

/** A run with its one sitting in the room. */
async function createSitting(roomId: string, venueId: string, capacity = 10, month = "06") {
  const { db } = database();
  const run = await createTestRun(db, {
    capacity,
    localStart: `${NEXT_YEAR}-${month}-01T09:00`,
    localEnd: `${NEXT_YEAR}-${month}-01T17:00`,
    values: { venueId, deliveryMode: "classroom" },
  });
  await letTeach(db, run, []);
  await db.update(session).set({ roomId }).where(eq(session.runId, run.id));
  return run;
}

async function auditOf(entityId: string) {
  const { action, before, after } = auditEntry;
  return database()
    .db.select({ action, before, after })
    .from(auditEntry)
    .where(eq(auditEntry.entityId, entityId))
    .orderBy(asc(auditEntry.id));
}

/** A place of this test's alone, with what stands on a form for it. */
function newPlace(city = `City ${newKey()}`) {
  return {
    name: "Harbour House",
    street: "Quay 1",
    city,
    country: "NO",
    timeZone: "Europe/Oslo",
  };
}

describe("venues", () => {
  it("are made, found by what is typed, and changed by one of two", async () => {
    const api = operator();
    const fields = newPlace();
    const input = { ...fields, idempotencyKey: newKey() };
    const made = await api.venues.create(input);
    expect(made).toMatchObject({ ...fields, rooms: [], upcomingRuns: 0, version: 1 });
    expect(await api.venues.create(input)).toEqual(made);
    await expect(api.venues.create({ ...input, idempotencyKey: newKey() })).rejects.toThrow(
      "such a place",
    );
    const found = await api.venues.list({ query: `QUAY 1 ${fields.city}` });
    expect(found.items).toMatchObject([{ id: made.id, rooms: 0, nextStartsAt: null }]);
    expect(found.countries).toContain("NO");

    const change = { ...fields, street: null, id: made.id, version: 1 };
    const changed = await api.venues.update({ ...change, idempotencyKey: newKey() });
    expect(changed).toMatchObject({ street: null, version: 2 });
    await expect(api.venues.update({ ...change, idempotencyKey: newKey() })).rejects.toMatchObject({
      cause: { body: { code: "Conflict", data: { reason: "changed_meanwhile" } } },
    });
    await expect(
      api.venues.update({
        ...change,
        version: 2,
        timeZone: "Europe/Trondheim",
        idempotencyKey: newKey(),
      }),
    ).rejects.toThrow("not a time zone");
    expect(await auditOf(made.id)).toMatchObject([
      { action: "venue.create", before: null, after: fields },
      { action: "venue.update", before: { street: "Quay 1" }, after: { street: null } },
    ]);
  });

  it("come over their pages by city and name, with the next date of each", async () => {
    const { db } = database();
    const api = operator();
    const mark = newKey();
    const ids: string[] = [];
    for (const [city, name] of [
      ["A", "2"],
      ["A", "1"],
      ["B", "1"],
    ] as const) {
      ids.push(await createTestVenue(db, { name: `${mark} ${name}`, city }));
    }
    const [second = "", first = "", third = ""] = ids;
    await createTestRoom(db, { venueId: first, capacity: 12 });
    const large = await createTestRoom(db, { venueId: first, capacity: 30 });
    const run = await createSitting(large, first);
    const one = await api.venues.list({ query: mark, limit: 2 });
    expect(one).toMatchObject({ total: 3 });
    expect(one.items).toMatchObject([
      { id: first, rooms: 2, largestRoom: 30, nextStartsAt: run.startsAt.toISOString() },
      { id: second, rooms: 0, nextStartsAt: null },
    ]);
    const two = await api.venues.list({ query: mark, limit: 2, cursor: one.nextCursor });
    expect(two.items).toMatchObject([{ id: third }]);
    expect(two.nextCursor).toBeNull();
  });

  it("take the catalogue with them to another city, and dates keep their zone", async () => {
    const { db } = database();
    const api = operator();
    const course = await createTestCourse(db);
    const made = await api.venues.create({ ...newPlace(), idempotencyKey: newKey() });
    const run = await createTestRun(db, {
      courseId: course.id,
      values: { venueId: made.id, deliveryMode: "classroom" },
    });
    const to = `City ${newKey()}`;
    const citiesOf = async () => {
      const { cities } = await api.courses.facets({ cities: [made.city, to] });
      return cities.map(({ value }) => value);
    };
    expect(await citiesOf()).toContain(made.city);
    const { id, name, street, country, version } = made;
    await api.venues.update({
      id,
      name,
      street,
      country,
      version,
      city: to,
      timeZone: "Europe/Helsinki",
      idempotencyKey: newKey(),
    });
    expect(await citiesOf()).toContain(to);
    expect(await citiesOf()).not.toContain(made.city);
    const seen = await api.runs.byId({ id: run.id });
    expect(seen).toMatchObject({ venue: { city: to }, timeZone: "Europe/Oslo" });
    expect(await db.$count(runCalendar, eq(runCalendar.venueId, id))).toBe(1);
  });

  it("are retired once nothing is planned there, offered to nobody then, and taken back", async () => {
    const { db } = database();
    const api = operator();
    const made = await api.venues.create({ ...newPlace(), idempotencyKey: newKey() });
    const { id } = made;
    const room = await api.venues.addRoom({
      venueId: id,
      name: "Room 1",
      capacity: 12,
      idempotencyKey: newKey(),
    });
    const run = await createSitting(room.id, id);
    const retire = (version: number) =>
      api.venues.retire({ id, version, idempotencyKey: newKey() });
    await expect(retire(1)).rejects.toMatchObject({
      cause: { body: { data: { reason: "has_upcoming_runs", detail: "1" } } },
    });
    await db
      .update(courseRun)
      .set({ startsAt: new Date("2020-01-01"), endsAt: new Date("2020-01-02") })
      .where(eq(courseRun.id, run.id));
    expect(await retire(1)).toMatchObject({ retiredAt: expect.any(String) as string, version: 2 });
    await expect(retire(2)).rejects.toMatchObject({
      cause: { body: { data: { reason: "wrong_state" } } },
    });
    const listed = async (withRetired: boolean) => {
      const { items } = await api.venues.list({ query: made.city, withRetired });
      return items.length;
    };
    expect([await listed(false), await listed(true)]).toEqual([0, 1]);
    const options = await api.runs.options();
    expect(options.venues.some((one) => one.id === id)).toBe(false);
    const wanted = { roomId: null, instructorIds: [], deliveryMode: "classroom", capacity: 5 };
    const plan = (rest: { venueId: string | null; roomId?: string }) =>
      transaction(db, {}, (tx) =>
        checkTeaching(tx, EVERYWHERE, { ...wanted, deliveryMode: "classroom", ...rest }),
      );
    await expect(plan({ venueId: id })).rejects.toThrow("no such venue");
    await expect(plan({ venueId: null, roomId: room.id })).rejects.toThrow("no such room");
    await expect(
      api.venues.addRoom({ venueId: id, name: "Room 2", capacity: 5, idempotencyKey: newKey() }),
    ).rejects.toThrow("retired");

    const back = await api.venues.restore({ id, version: 2, idempotencyKey: newKey() });
    expect(back).toMatchObject({ retiredAt: null, version: 3 });
    expect(await plan({ venueId: null, roomId: room.id })).toBe(id);
    expect((await auditOf(id)).map(({ action }) => action)).toEqual([
      "venue.create",
      "venue.retire",
      "venue.restore",
    ]);
  });

  it("wait to be retired for what is being planned there", async () => {
    const { db } = database();
    const venueId = await createTestVenue(db);
    const roomId = await createTestRoom(db, { venueId });
    const instructorId = await createTestInstructor(db);
    const course = await createTestCourse(db);
    const planned = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const planning = transaction(db, {}, async (tx) => {
      await checkTeaching(tx, EVERYWHERE, {
        venueId: null,
        roomId,
        instructorIds: [instructorId],
        deliveryMode: "classroom",
        capacity: 5,
      });
      planned.resolve();
      await goOn.promise;
      const at = sql`clock_timestamp() + interval '1 day'`;
      await tx.execute(sql`
        INSERT INTO course_run (id, course_id, venue_id, delivery_mode, language, time_zone, local_start, local_end, starts_at, ends_at)
        VALUES (${newKey()}::uuid, ${course.id}::uuid, ${venueId}::uuid, 'classroom', 'en', 'UTC', now()::timestamp, now()::timestamp, ${at}, ${at})`);
    });
    await planned.promise;
    const retiring = operator().venues.retire({
      id: venueId,
      version: 1,
      idempotencyKey: newKey(),
    });
    const settled = retiring.then(
      () => "retired",
      () => "refused",
    );
    expect(await Promise.race([settled, wait(200)])).toBe("waits");
    goOn.resolve();
    await planning;
    expect(await settled).toBe("refused");
  });
});

async function wait(ms: number): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, ms);
  await promise;
  return "waits";
}

describe("rooms", () => {
  it("say which dates would be too large before they get smaller, and are changed all the same", async () => {
    const { db } = database();
    const api = operator();
    const venueId = await createTestVenue(db);
    const id = await createTestRoom(db, { venueId, capacity: 20 });
    const later = await createSitting(id, venueId, 12, "07");
    const sooner = await createSitting(id, venueId, 14, "05");
    await createSitting(id, venueId, 10, "06");
    const cancelled = await createSitting(id, venueId, 18, "08");
    await db.update(courseRun).set({ status: "cancelled" }).where(eq(courseRun.id, cancelled.id));
    const tooLarge = await api.venues.tooLarge({ id, capacity: 11 });
    expect(tooLarge.items.map((run) => [run.id, run.capacity])).toEqual([
      [sooner.id, 14],
      [later.id, 12],
    ]);
    expect(tooLarge.total).toBe(2);
    expect(await api.venues.tooLarge({ id, capacity: 14 })).toEqual({ items: [], total: 0 });

    const { rooms } = await api.venues.byId({ id: venueId });
    const [room] = rooms;
    expect(room).toMatchObject({ id, capacity: 20, upcomingRuns: 3, version: 1 });
    const change = { id, name: room?.name ?? "", capacity: 11 };
    const changed = await api.venues.updateRoom({
      ...change,
      version: 1,
      idempotencyKey: newKey(),
    });
    expect(changed).toMatchObject({ capacity: 11, version: 2 });
    await expect(
      api.venues.updateRoom({ ...change, version: 1, idempotencyKey: newKey() }),
    ).rejects.toThrow("Somebody changed");
    expect(await auditOf(id)).toMatchObject([
      { action: "room.update", before: { capacity: 20 }, after: { capacity: 11 } },
    ]);
    await expect(
      api.venues.retireRoom({ id, version: 2, idempotencyKey: newKey() }),
    ).rejects.toMatchObject({ cause: { body: { data: { detail: "3" } } } });
  });

  it("are called once at a venue, and nowhere without one", async () => {
    const { db } = database();
    const api = operator();
    const venueId = await createTestVenue(db);
    const name = `Room ${newKey()}`;
    const add = (at: string | null) =>
      api.venues.addRoom({ venueId: at, name, capacity: 8, idempotencyKey: newKey() });
    await add(venueId);
    await expect(add(venueId)).rejects.toThrow("such a room");
    const virtual = await add(null);
    const { rooms } = await api.venues.virtualRooms();
    expect(rooms).toContainEqual(virtual);
    const gone = await api.venues.retireRoom({
      id: virtual.id,
      version: 1,
      idempotencyKey: newKey(),
    });
    expect(gone).toMatchObject({ retiredAt: expect.any(String) as string });
    const options = await api.runs.options();
    expect(options.virtualRooms.some((room) => room.id === virtual.id)).toBe(false);
  });
});

describe("who plans in one country", () => {
  it("finds and changes what is there, and nothing elsewhere", async () => {
    const { db } = database();
    const api = await apiOf(db, await signIn(db, { role: "sales", country: "SE" }));
    const [here, there] = [
      await createTestVenue(db, { country: "SE", city: "Stockholm" }),
      await createTestVenue(db),
    ];
    const virtual = await createTestRoom(db);
    const elsewhere = await createTestRoom(db, { venueId: there });
    const { items, countries } = await api.venues.list({ limit: 100 });
    expect(items.map(({ id }) => id)).toContain(here);
    expect(countries).toEqual(["SE"]);
    await expect(api.venues.byId({ id: there })).rejects.toThrow("no such venue");
    await expect(api.venues.tooLarge({ id: elsewhere, capacity: 1 })).rejects.toThrow(
      "no such room",
    );
    await expect(api.venues.virtualRooms()).rejects.toThrow("runs.write");
    const key = () => ({ idempotencyKey: newKey() });
    await expect(api.venues.retire({ id: there, version: 1, ...key() })).rejects.toThrow(
      "no such venue",
    );
    for (const id of [elsewhere, virtual]) {
      await expect(
        api.venues.updateRoom({ id, version: 1, name: "Mine", capacity: 1, ...key() }),
      ).rejects.toThrow("no such room");
    }
    await expect(
      api.venues.addRoom({ venueId: null, name: "Mine", capacity: 1, ...key() }),
    ).rejects.toThrow("no country");
    await expect(api.venues.create({ ...newPlace(), ...key() })).rejects.toThrow("for NO");
    const place = { ...newPlace(), country: "SE" };
    const made = await api.venues.create({ ...place, ...key() });
    await expect(
      api.venues.update({ ...place, country: "NO", id: made.id, version: 1, ...key() }),
    ).rejects.toThrow("for NO");
  });
});
