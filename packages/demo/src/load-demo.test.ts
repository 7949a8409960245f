import { readReference } from "@lectern/contract/booking-reference";
import type { Queryable } from "@lectern/database/queryable";
import { createTestDatabase, useTestDatabase } from "@lectern/database/testing/database";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { type DemoLoaded, loadDemo } from "./load-demo.ts";
import type { Progress } from "./progress.ts";
import { allPlacesCounted, rowCounts } from "./testing/invariants.ts";

const today = Temporal.PlainDate.from("2026-11-22");

/** Every row of the tables that the demo fills, in an order that is the same everywhere. */
async function contents(db: Queryable): Promise<unknown> {
  const { rows } = await db.execute(sql`
    SELECT (SELECT json_agg(r ORDER BY id) FROM course_run r) AS runs,
      (SELECT json_agg(s ORDER BY id) FROM session s) AS sessions,
      (SELECT json_agg(b ORDER BY id) FROM booking b) AS bookings,
      (SELECT json_agg(g ORDER BY id) FROM registration g) AS registrations,
      (SELECT json_agg(c ORDER BY id) FROM course c) AS courses`);
  return rows;
}

describe("the demo academy", () => {
  const database = useTestDatabase();
  const progress: Progress[] = [];
  let loaded: DemoLoaded;

  beforeAll(async () => {
    loaded = await loadDemo(database().db, { today, onProgress: (step) => progress.push(step) });
  });

  test("is loaded, and says how far it is", async () => {
    const counts = await rowCounts(database().db);
    expect(loaded).toEqual({
      loaded: true,
      courses: 60,
      runs: counts["course_run"],
      bookings: counts["booking"],
    });
    expect(counts).toMatchObject({ topic: 10, venue: 6, instructor: 24, article: 8, enquiry: 7 });
    expect(counts["run_capacity"]).toBe(counts["course_run"]);
    expect(counts["booking"]).toBeGreaterThan(1000);
    expect(progress.map(({ done }) => done)).toEqual(progress.map((_, i) => i));
    expect(new Set(progress.map(({ total }) => total))).toEqual(new Set([progress.length]));
  });

  test("has a place in the ledger for every place that is taken", async () => {
    expect(await allPlacesCounted(database().db)).toEqual([]);
    const { rows } = await database().db.execute(sql`
      SELECT b.reference FROM booking b JOIN registration r ON r.booking_id = b.id
      GROUP BY b.id HAVING count(*) <> b.places
      UNION ALL
      SELECT b.reference FROM booking b LEFT JOIN seat_allocation a ON a.booking_id = b.id AND a.state = 'active'
      WHERE (b.status = 'confirmed') <> (a.id IS NOT NULL)`);
    expect(rows).toEqual([]);
  });

  test("has a queue where a run is full, and what became of the others", async () => {
    const { rows } = await database().db.execute(sql`
      SELECT r.id, c.taken, c.capacity, c.waiting,
        count(*) FILTER (WHERE w.status = 'waiting')::int AS found, count(DISTINCT w.status)::int AS states
      FROM course_run r JOIN run_capacity c ON c.run_id = r.id JOIN waitlist_entry w ON w.run_id = r.id
      WHERE r.starts_at > ${today.toString()}::timestamptz GROUP BY r.id, c.run_id`);
    expect(rows).toHaveLength(1);
    const [full] = rows;
    expect(full?.["waiting"]).toBeGreaterThan(1);
    expect(full).toMatchObject({ found: full?.["waiting"], taken: full?.["capacity"], states: 1 });
    const ended = await database().db.execute(sql`
      SELECT DISTINCT w.status FROM waitlist_entry w
        LEFT JOIN seat_allocation a ON a.waitlist_entry_id = w.id AND a.ended_at = w.ended_at
      WHERE w.status <> 'waiting' AND (w.offered_at IS NULL) = (a.id IS NULL) ORDER BY w.status`);
    expect(ended.rows).toEqual([
      { status: "declined" },
      { status: "lapsed" },
      { status: "closed" },
    ]);
  });

  test("says of what was cancelled when that was, and what it cost", async () => {
    const { rows } = await database().db.execute(sql`
      SELECT b.reference FROM booking b JOIN registration r ON r.booking_id = b.id
        LEFT JOIN registration_change c ON c.registration_id = r.id
      WHERE b.status = 'cancelled' AND (c.id IS NULL OR r.cancelled_at <> b.cancelled_at OR b.confirmed_at > b.cancelled_at
        OR b.confirmed_at < b.created_at OR c.fee_amount + c.refund_amount <> r.price_amount)`);
    expect(rows).toEqual([]);
    const { rows: fees } = await database().db.execute(sql`
      SELECT decided_by, count(*) > 1 AS some, count(DISTINCT fee_amount) > 1 AS differ FROM registration_change
      GROUP BY decided_by ORDER BY decided_by`);
    expect(fees).toEqual([
      { decided_by: "booker", some: true, differ: true },
      { decided_by: "academy", some: true, differ: false },
    ]);
  });

  test("keeps the instants that wall clock and zone mean to PostgreSQL", async () => {
    const { rows } = await database().db.execute(sql`
      SELECT id FROM session
      WHERE local_start AT TIME ZONE time_zone <> starts_at OR local_end AT TIME ZONE time_zone <> ends_at
      UNION ALL
      SELECT id FROM course_run
      WHERE local_start AT TIME ZONE time_zone <> starts_at OR local_end AT TIME ZONE time_zone <> ends_at`);
    expect(rows).toEqual([]);
  });

  test("has sittings within their run, in rooms that hold it, and of one run none at once", async () => {
    const { rows } = await database().db.execute(sql`
      SELECT s.id FROM session s JOIN course_run r ON r.id = s.run_id
        JOIN run_capacity c ON c.run_id = r.id JOIN room m ON m.id = s.room_id
      WHERE s.starts_at < r.starts_at OR s.ends_at > r.ends_at OR m.capacity < c.capacity
        OR s.is_active <> (r.status <> 'cancelled')
        OR EXISTS (SELECT FROM session o WHERE o.run_id = s.run_id AND o.position > s.position AND o.starts_at < s.ends_at)`);
    expect(rows).toEqual([]);
  });

  test("gives every booking a reference that can be read back", async () => {
    const { rows } = await database().db.execute<{ reference: string }>(
      sql`SELECT reference FROM booking`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ reference }) => readReference(reference) !== reference)).toEqual([]);
  });

  test("takes no more bookings for the run that was cancelled", async () => {
    const { rows } = await database().db.execute(sql`
      SELECT c.is_open, c.taken FROM course_run r JOIN run_capacity c ON c.run_id = r.id WHERE r.status = 'cancelled'`);
    expect(rows).toEqual([{ is_open: false, taken: 0 }]);
  });

  test("is loaded once", async () => {
    const before = await contents(database().db);
    expect(await loadDemo(database().db, { today: today.add({ days: 1 }) })).toEqual({
      loaded: false,
    });
    expect(await contents(database().db)).toEqual(before);
  });
});

test("two academies of the same day are the same to the last identifier", async () => {
  await using one = await createTestDatabase();
  await using other = await createTestDatabase();
  await loadDemo(one.db, { today });
  await loadDemo(other.db, { today });
  expect(await contents(other.db)).toEqual(await contents(one.db));
});

test("of two instances that start together one loads", async () => {
  await using test = await createTestDatabase();
  const answers = await Promise.all([loadDemo(test.db, { today }), loadDemo(test.db, { today })]);
  expect(answers.map(({ loaded }) => loaded).toSorted((a, b) => Number(a) - Number(b))).toEqual([
    false,
    true,
  ]);
  expect(await rowCounts(test.db)).toMatchObject({ course: 60 });
});

test("an academy that somebody has begun to fill is left alone", async () => {
  await using test = await createTestDatabase();
  await test.db.execute(sql`
    INSERT INTO topic (id, slug, name) VALUES ('01900000-0000-7000-8000-000000000001', 'own', 'Our own')`);
  expect(await loadDemo(test.db, { today })).toEqual({ loaded: false });
  expect(await rowCounts(test.db)).toMatchObject({ topic: 1, course: 0 });
});

test("a demo that was deleted does not come back", async () => {
  await using test = await createTestDatabase();
  await test.db.execute(sql`INSERT INTO academy_fact (name, value) VALUES ('demo', '{}')`);
  expect(await loadDemo(test.db, { today })).toEqual({ loaded: false });
});
