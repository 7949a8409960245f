import { RunState, WaitlistState } from "@lectern/contract/live";
import { seatAllocation, runCapacity, waitlistEntry } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun } from "@lectern/database/schema/scheduling";
import { administer } from "@lectern/database/driver/administer";
import { useTestDatabase } from "@lectern/database/testing/database";
import { waitFor } from "@lectern/database/testing/wait-for";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it, onTestFinished } from "vitest";
import { watchRuns } from "../../features/runs/watch-runs.ts";
import { watchEntry } from "../../features/waitlist/watch-entry.ts";
import { createTestRun } from "../../testing/factories.ts";
import { createLive, type Live, type LiveOptions } from "./live.ts";
import { payloadsOf, runsOf } from "./notices.ts";
import type { LiveUpdate } from "./watch.ts";

const database = useTestDatabase({ applicationName: "lectern-live" });

/** An instance that looks by itself once a day, so that what a test sees came by a notice. */
async function instance(options: LiveOptions = {}): Promise<Live> {
  const live = createLive(database().db, { maxAgeMs: 86_400_000, ...options });
  onTestFinished(() => live.close());
  await waitFor(() => live.isListening());
  return live;
}

/** Collects what is told until the test is over. */
function collect<State>(updates: AsyncIterable<LiveUpdate<State>, void>): State[] {
  const told: State[] = [];
  void (async () => {
    for await (const { data } of updates) told.push(data);
  })().catch(() => {});
  return told;
}

async function watchRun(live: Live, runId: string): Promise<RunState[]> {
  const told = collect(await watchRuns(live, { runIds: [runId] }, undefined));
  await waitFor(() => told.length > 0);
  return told;
}

async function take(runId: string, places: number): Promise<void> {
  await database()
    .db.update(runCapacity)
    .set({ taken: sql`${runCapacity.taken} + ${places}` })
    .where(eq(runCapacity.runId, runId));
}

describe("notices", () => {
  it("tell of any number of runs, in payloads that PostgreSQL takes", () => {
    const ids = Array.from({ length: 1000 }, () => uuidv7());
    const payloads = payloadsOf(ids);
    expect(payloads.flatMap(runsOf)).toEqual(ids);
    expect(Math.max(...payloads.map((payload) => payload.length))).toBeLessThanOrEqual(7999);
    expect(payloads).toHaveLength(5);
    expect(payloadsOf([])).toEqual([]);
  });

  it.each(["", ",", "x", "'; DROP TABLE run --", `${uuidv7()}x`, uuidv7().toUpperCase()])(
    "with %j in them tell nothing",
    (payload) => {
      expect(runsOf(payload)).toEqual([]);
    },
  );

  it("go out together, and reach the watchers of every instance", async () => {
    const { db } = database();
    const [here, there] = [await instance({ noticeIntervalMs: 20 }), await instance()];
    const runs = await Promise.all(Array.from({ length: 300 }, () => createTestRun(db)));
    const told = await Promise.all(runs.slice(-3).map(({ id }) => watchRun(there, id)));
    for (const { id } of runs) await take(id, 4);
    for (const { id } of runs) for (let times = 0; times < 3; times += 1) here.changed(id);
    await waitFor(() => told.every((states) => states.length === 2));
    expect(told.map((states) => states.map(({ placesLeft }) => placesLeft))).toEqual([
      [10, 6],
      [10, 6],
      [10, 6],
    ]);
  });

  it("that are on their way when an instance ends are still sent", async () => {
    const { id } = await createTestRun(database().db);
    const there = await instance();
    const told = await watchRun(there, id);
    const here = createLive(database().db, { noticeIntervalMs: 60_000 });
    for (const places of [1, 2]) {
      await take(id, places);
      here.changed(id);
    }
    await here.close();
    await expect.poll(() => told.at(-1)?.placesLeft).toBe(7);
  });
});

describe("a watched run", () => {
  it("is told as the contract says, for as long as the public may see it", async () => {
    const { db } = database();
    const live = await instance();
    const { id, courseId } = await createTestRun(db, { capacity: 3, taken: 1 });
    const told = await watchRun(live, id);
    await take(id, 2);
    live.changed(id);
    await waitFor(() => told.length === 2);
    await db.update(runCapacity).set({ waiting: 4 }).where(eq(runCapacity.runId, id));
    live.changed(id);
    await waitFor(() => told.length === 3);
    await db.update(courseRun).set({ status: "cancelled" }).where(eq(courseRun.id, id));
    live.changed(id);
    await waitFor(() => told.length === 4);
    await db.update(course).set({ status: "draft" }).where(eq(course.id, courseId));
    live.changed(id);
    await waitFor(() => told.length === 5);
    const of = { runId: id, capacity: 3, placesLeft: 0, waiting: 0 };
    expect(told.map((state) => RunState.parse(state))).toEqual([
      { ...of, placesLeft: 2, bookability: "open" },
      { ...of, bookability: "sold_out" },
      { ...of, waiting: 4, bookability: "sold_out" },
      { ...of, waiting: 4, bookability: "cancelled" },
      { ...of, capacity: 0, bookability: "not_published" },
    ]);
  });

  it.each([
    ["private", { visibility: "private" }],
    ["a draft", { status: "draft" }],
    ["private and cancelled", { visibility: "private", status: "cancelled" }],
  ] as const)("is not there when it is %s, and left out among others", async (_, values) => {
    const live = await instance();
    const { db } = database();
    const hidden = await createTestRun(db, { values });
    const runIds = [hidden.id, uuidv7()];
    await expect(watchRuns(live, { runIds }, undefined)).rejects.toMatchObject({
      body: { code: "NotFound", data: { entity: "run", id: hidden.id } },
    });
    expect(live.watcherCount()).toBe(0);
    const open = await createTestRun(db);
    const ids = [hidden.id, open.id.toUpperCase(), open.id];
    const told = collect(await watchRuns(live, { runIds: ids }, undefined));
    await waitFor(() => told.length > 0);
    live.changed(hidden.id);
    live.changed(open.id);
    await take(open.id, 1);
    live.changed(open.id);
    await waitFor(() => told.length === 2);
    expect(told.map(({ runId }) => runId)).toEqual([open.id, open.id]);
  });

  it("shows places whose hold has lapsed as free, by itself after a while", async () => {
    const { db } = database();
    const live = await instance({ maxAgeMs: 50 });
    const { id } = await createTestRun(db, { capacity: 5, taken: 2 });
    const told = await watchRun(live, id);
    const entryId = uuidv7();
    await db
      .insert(waitlistEntry)
      .values({ id: entryId, runId: id, quantity: 2, name: "Aud Lie", email: "aud@example.com" });
    const past = sql`clock_timestamp() - interval '1 second'`;
    await db.insert(seatAllocation).values({
      id: uuidv7(),
      runId: id,
      waitlistEntryId: entryId,
      quantity: 2,
      kind: "offer",
      expiresAt: past,
    });
    await waitFor(() => told.length === 2);
    expect(told.map(({ placesLeft }) => placesLeft)).toEqual([3, 5]);
  });

  it("is looked at again when the connection that listens was lost, and what changed meanwhile with it", async () => {
    const live = await instance();
    const { id } = await createTestRun(database().db);
    const told = await watchRun(live, id);
    await using admin = administer(database().adminUrl);
    for (let round = 1; round <= 5; round += 1) {
      // Nobody gives notice of it.
      await take(id, 1);
      await admin.run(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lectern-live-listener' and datname = current_database()",
      );
      await expect.poll(() => told.at(-1)?.placesLeft).toBe(10 - round);
    }
  });
});

describe("a watched entry of a waiting list", () => {
  /** A queue of parties on a run that is sold out. @returns their ids, in order */
  async function queue(parties: number): Promise<{ runId: string; ids: string[] }> {
    const { db } = database();
    const { id: runId } = await createTestRun(db, { capacity: 1, taken: 1 });
    const ids: string[] = [];
    for (let party = 0; party < parties; party += 1) {
      const id = uuidv7();
      ids.push(id);
      const email = `${id}@example.com`;
      await db.insert(waitlistEntry).values({ id, runId, quantity: 1, name: "Aud Lie", email });
    }
    await db.update(runCapacity).set({ waiting: parties }).where(eq(runCapacity.runId, runId));
    return { runId, ids };
  }

  async function leave(runId: string, id: string): Promise<void> {
    const { db } = database();
    await db
      .update(waitlistEntry)
      .set({ status: "withdrawn", endedAt: sql`clock_timestamp()` })
      .where(eq(waitlistEntry.id, id));
    await db
      .update(runCapacity)
      .set({ waiting: sql`${runCapacity.waiting} - 1` })
      .where(eq(runCapacity.runId, runId));
  }

  it("moves up as others leave, gets an offer, and ends with the entry", async () => {
    const { db } = database();
    const live = await instance();
    const { runId, ids } = await queue(3);
    const [first = "", second = "", third = ""] = ids;
    const stranger = await queue(1);
    const told = collect(await watchEntry(db, live, { entryId: third }, undefined));
    const strange = collect(
      await watchEntry(db, live, { entryId: stranger.ids[0]?.toUpperCase() ?? "" }, undefined),
    );
    await waitFor(() => told.length === 1 && strange.length === 1);
    // Somebody looks, and nothing is different but the time.
    live.changed(stranger.runId);
    await leave(runId, second);
    live.changed(runId);
    await waitFor(() => told.length === 2);
    await leave(runId, first);
    live.changed(runId);
    await waitFor(() => told.length === 3);
    const offerExpiresAt = new Date("2031-03-30T09:00:00Z");
    await db
      .update(waitlistEntry)
      .set({ status: "offered", offeredQuantity: 1, offeredAt: new Date(), offerExpiresAt })
      .where(eq(waitlistEntry.id, third));
    await db.update(runCapacity).set({ waiting: 0 }).where(eq(runCapacity.runId, runId));
    live.changed(runId);
    await waitFor(() => told.length === 4);
    await db
      .update(waitlistEntry)
      .set({ status: "declined", endedAt: new Date() })
      .where(eq(waitlistEntry.id, third));
    live.changed(runId);
    await waitFor(() => told.length === 5);
    await waitFor(() => live.watcherCount() === 1);

    const none = { offeredQuantity: null, offerExpiresAt: null };
    expect(told.map((state) => WaitlistState.parse(state))).toMatchObject([
      { entryId: third, status: "waiting", position: 3, waiting: 3, ...none },
      { status: "waiting", position: 2, waiting: 2, ...none },
      { status: "waiting", position: 1, waiting: 1, ...none },
      {
        status: "offered",
        position: null,
        waiting: 0,
        offeredQuantity: 1,
        offerExpiresAt: offerExpiresAt.toISOString(),
      },
      { status: "declined", position: null, waiting: 0, ...none },
    ]);
    expect(strange).toHaveLength(1);
  });

  it("that is not there can't be watched", async () => {
    const live = await instance();
    const entryId = uuidv7();
    await expect(watchEntry(database().db, live, { entryId }, undefined)).rejects.toMatchObject({
      body: { code: "NotFound", data: { entity: "waitlist_entry", id: entryId } },
    });
  });
});
