import type { Database } from "@lectern/database/connect";
import { joinLink, room, session } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import {
  OPERATOR_CALL,
  type TestRunOptions,
  createTestInstructor,
  createTestRoom,
  createTestRun,
  createTestVenue,
} from "../../testing/factories.ts";
import { apiAs, apiOf, letTeach } from "../../testing/organisations.ts";
import { signIn } from "../../testing/signed-in.ts";
import { holidaysIn } from "./public-holidays.ts";

const database = useTestDatabase();

const DAYS = 60;

/** @param days from now on */
function on(days: number): Temporal.PlainDate {
  return Temporal.Now.plainDateISO("UTC").add({ days });
}

interface Wanted extends TestRunOptions {
  readonly day?: Temporal.PlainDate;
  readonly roomId?: string | null;
  readonly instructorIds?: readonly string[];
}

/** A run with one sitting, taught by somebody unless it is said otherwise. */
async function createSitting(db: Database, { day = on(3), roomId, ...more }: Wanted) {
  const run = await createTestRun(db, {
    ...more,
    localStart: `${day.toString()}T09:00`,
    localEnd: `${day.toString()}T17:00`,
  });
  await letTeach(db, run, more.instructorIds ?? [await createTestInstructor(db)]);
  if (roomId !== undefined) {
    await db.update(session).set({ roomId }).where(eq(session.runId, run.id));
  }
  return run;
}

async function createClassroom(db: Database, more: Wanted & { city?: string } = {}) {
  const venueId = await createTestVenue(db, more.city === undefined ? {} : { city: more.city });
  const roomId = await createTestRoom(db, { venueId, capacity: 10 });
  const values = { venueId, deliveryMode: "classroom" as const };
  return createSitting(db, { roomId, ...more, values: { ...values, ...more.values } });
}

/** What stands in the way of these runs, in the order of the list. */
async function conflictsOf(runIds: readonly string[]) {
  const api = apiAs(database().db, OPERATOR_CALL.actor);
  const { items } = await api.runs.conflicts({ days: DAYS, limit: 100 });
  return items
    .filter(({ run }) => runIds.includes(run.id))
    .map(({ run, conflicts }) => ({ id: run.id, conflicts }));
}

describe("what stands in the way of a date", () => {
  it("is nothing where room, people and place are as they should be", async () => {
    const { db } = database();
    const good = await createClassroom(db);
    const cancelled = await createClassroom(db, { roomId: null, values: { status: "cancelled" } });
    const later = await createClassroom(db, { roomId: null, day: on(DAYS + 2) });
    expect(await conflictsOf([good.id, cancelled.id, later.id])).toEqual([]);
  });

  it("is a room that is missing, too small or elsewhere, and nobody who teaches", async () => {
    const { db } = database();
    const roomless = await createClassroom(db, { roomId: null, instructorIds: [] });
    const small = await createClassroom(db, { capacity: 11 });
    const otherVenue = await createTestVenue(db);
    const elsewhere = await createClassroom(db, {
      roomId: await createTestRoom(db, { venueId: otherVenue, capacity: 10 }),
    });
    const found = new Map(
      (await conflictsOf([roomless.id, small.id, elsewhere.id])).map((one) => [one.id, one]),
    );
    const at = `${on(3).toString()}T09:00`;
    const nothing = { sessions: 1, at, name: null, city: null, places: null };
    expect(found.get(roomless.id)?.conflicts).toEqual([
      { ...nothing, kind: "room_missing" },
      { ...nothing, kind: "instructor_missing" },
    ]);
    const rooms = await db.select().from(room);
    const [name] = rooms.filter(({ venueId }) => venueId === small.venueId).map((one) => one.name);
    expect(found.get(small.id)?.conflicts).toEqual([
      { ...nothing, kind: "room_too_small", name, places: 10 },
    ]);
    expect(found.get(elsewhere.id)?.conflicts).toMatchObject([{ kind: "room_elsewhere" }]);
  });

  it("is somebody who teaches in another city that day, whatever the hour", async () => {
    const { db } = database();
    const instructorIds = [await createTestInstructor(db)];
    const oslo = await createClassroom(db, { instructorIds });
    // It is over there before it begins here: the database lets that be.
    const sydney = await createClassroom(db, {
      instructorIds,
      city: "Sydney",
      values: { timeZone: "Australia/Sydney" },
    });
    const sameCity = await createClassroom(db, { instructorIds, day: on(4) });
    const nextDay = await createClassroom(db, { instructorIds, day: on(5), city: "Bergen" });
    const found = await conflictsOf([oslo.id, sydney.id, sameCity.id, nextDay.id]);
    expect(found.map(({ id }) => id).toSorted()).toEqual([oslo.id, sydney.id].toSorted());
    expect(found.find(({ id }) => id === oslo.id)?.conflicts).toMatchObject([
      { kind: "other_city", city: "Sydney", sessions: 1 },
    ]);
  });

  it("is that nobody knows where to meet online, within a week of it", async () => {
    const { db } = database();
    const near = await createSitting(db, {});
    const far = await createSitting(db, { day: on(20) });
    expect(await conflictsOf([near.id, far.id])).toMatchObject([
      { id: near.id, conflicts: [{ kind: "link_missing" }] },
    ]);
    await db.insert(joinLink).values({ id: uuidv7(), runId: near.id, position: 2, url: "e1:x" });
    expect(await conflictsOf([near.id])).toHaveLength(1);
    await db.insert(joinLink).values({ id: uuidv7(), runId: near.id, position: 1, url: "e1:x" });
    expect(await conflictsOf([near.id])).toEqual([]);
  });

  it("is a public holiday of the country", async () => {
    const { db } = database();
    // Some country has one within two months, whenever this is asked.
    for (const country of ["CO", "JP", "LK", "TH", "US", "AR", "NO"]) {
      const holidayOn = await holidaysIn({ country });
      const day = Array.from({ length: 50 }, (_, index) => on(index + 5)).find((one) =>
        holidayOn(one),
      );
      if (day === undefined) continue;
      const venueId = await createTestVenue(db, { country, city: country });
      const roomId = await createTestRoom(db, { venueId });
      const values = { venueId, deliveryMode: "classroom" as const };
      const run = await createSitting(db, { day, roomId, values });
      expect(await conflictsOf([run.id])).toMatchObject([
        { id: run.id, conflicts: [{ kind: "public_holiday", name: holidayOn(day) }] },
      ]);
      return;
    }
    throw new Error("None of these countries has a holiday soon");
  });

  it("comes in pages by when dates begin, and is that of one's own country alone", async () => {
    const { db } = database();
    const dates = [
      await createClassroom(db, { roomId: null, day: on(9) }),
      await createClassroom(db, { roomId: null, day: on(8) }),
      await createClassroom(db, { roomId: null, day: on(9) }),
    ];
    const swedish = await createTestVenue(db, { country: "SE", city: "Lund" });
    const abroad = await createClassroom(db, {
      roomId: null,
      day: on(8),
      values: { venueId: swedish },
    });
    const api = await apiOf(db, await signIn(db, { role: "sales", country: "NO" }));
    const ids: string[] = [];
    let cursor: string | null = null;
    let total = 0;
    do {
      const page: Awaited<ReturnType<typeof api.runs.conflicts>> = await api.runs.conflicts({
        cursor,
        limit: 2,
      });
      ids.push(...page.items.map(({ run }) => run.id));
      ({ nextCursor: cursor, total } = page);
    } while (cursor !== null);
    const own = new Set(dates.map(({ id }) => id));
    const [first, second, third] = dates;
    const tied = [first?.id ?? "", third?.id ?? ""].toSorted();
    expect(ids.filter((id) => own.has(id))).toEqual([second?.id, ...tied]);
    expect(ids).not.toContain(abroad.id);
    expect(total).toBe(ids.length);
  });
});
