import { readReference } from "@lectern/contract/booking-reference";
import type { Queryable } from "@lectern/database/queryable";
import { createTestDatabase } from "@lectern/database/testing/database";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { loadBigDemo } from "./load-big-demo.ts";
import { loadDemo } from "./load-demo.ts";
import type { Progress } from "./progress.ts";
import { allPlacesCounted, rowCounts } from "./testing/invariants.ts";

const today = Temporal.PlainDate.from("2026-11-22");

/** Everything that guards the data: constraints, indexes and triggers, as PostgreSQL describes them. */
async function guards(db: Queryable): Promise<unknown[]> {
  const { rows } = await db.execute(sql`
    SELECT conrelid::regclass::text AS relation, conname AS name, pg_get_constraintdef(oid) AS definition, convalidated AS is_on
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid
      FROM pg_index WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    UNION ALL
    SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled = 'O'
      FROM pg_trigger WHERE NOT tgisinternal
    ORDER BY relation, name, definition`);
  return rows;
}

test("the big demo joins the small one, and leaves every rule in force", async () => {
  await using test = await createTestDatabase();
  const { db } = test;
  await loadDemo(db, { today });
  const before = await rowCounts(db);
  const rules = await guards(db);
  const progress: Progress[] = [];

  const loaded = await loadBigDemo(db, {
    runs: 3000,
    today,
    onProgress: (step) => progress.push(step),
  });

  const after = await rowCounts(db);
  const added = (table: string) => (after[table] ?? 0) - (before[table] ?? 0);
  expect(loaded).toEqual({
    loaded: true,
    courses: added("course"),
    runs: 3000,
    sessions: added("session"),
    bookings: added("booking"),
  });
  expect(added("course_run")).toBe(3000);
  expect(added("run_capacity")).toBe(3000);
  expect(added("session")).toBeGreaterThan(2500);
  expect(added("booking")).toBeGreaterThan(50);
  expect(added("topic")).toBe(0);
  expect(await guards(db)).toEqual(rules);
  expect(await allPlacesCounted(db)).toEqual([]);
  expect(new Set(progress.map(({ step }) => step))).toContain("indexes");
});

test("its rows agree with one another", async () => {
  await using test = await createTestDatabase();
  await loadBigDemo(test.db, { runs: 4000, today });
  const { rows: wrong } = await test.db.execute(sql`
    SELECT 'wall clock', id FROM session WHERE local_start AT TIME ZONE time_zone <> starts_at
    UNION ALL
    SELECT 'outside its run', s.id FROM session s JOIN course_run r ON r.id = s.run_id
      WHERE s.starts_at < r.starts_at OR s.ends_at > r.ends_at OR s.time_zone <> r.time_zone
    UNION ALL
    SELECT 'room too small', s.id FROM session s JOIN room m ON m.id = s.room_id
      JOIN run_capacity c ON c.run_id = s.run_id WHERE c.capacity > m.capacity
    UNION ALL
    SELECT 'room of another house', s.id FROM session s JOIN room m ON m.id = s.room_id
      JOIN course_run r ON r.id = s.run_id WHERE m.venue_id <> r.venue_id
    UNION ALL
    SELECT 'places', b.id FROM booking b JOIN registration g ON g.booking_id = b.id
      GROUP BY b.id HAVING count(*) <> b.places
    UNION ALL
    SELECT 'language', r.id FROM course_run r JOIN course c ON c.id = r.course_id
      WHERE NOT r.language = ANY (c.languages) OR NOT r.delivery_mode = ANY (c.delivery_modes)`);
  expect(wrong).toEqual([]);
  const { rows: references } = await test.db.execute<{ reference: string }>(
    sql`SELECT reference FROM booking`,
  );
  expect(references.filter(({ reference }) => readReference(reference) !== reference)).toEqual([]);
  const { rows: calendar } = await test.db.execute(sql`
    SELECT (SELECT coalesce(sum(cardinality(starts)), 0) FROM run_calendar) =
      (SELECT count(*) FROM course_run WHERE status IN ('tentative', 'confirmed')
        AND starts_at > clock_timestamp() - interval '1 day') AS is_complete`);
  expect(calendar).toEqual([{ is_complete: true }]);
});

test("the database refuses what overlaps afterwards as before", async () => {
  await using test = await createTestDatabase();
  await loadBigDemo(test.db, { runs: 500, today });
  const twice = test.db.execute(sql`
    INSERT INTO session (id, run_id, position, room_id, time_zone, local_start, local_end, starts_at, ends_at)
    SELECT gen_random_uuid(), run_id, 99, room_id, time_zone, local_start, local_end, starts_at, ends_at
    FROM session WHERE room_id IS NOT NULL AND is_active LIMIT 1`);
  await expect(twice).rejects.toMatchObject({ cause: { constraint_name: "session_room_free" } });
});

test("a big demo is loaded once, and then nothing changes", async () => {
  await using test = await createTestDatabase();
  await loadBigDemo(test.db, { runs: 100, today });
  const before = await rowCounts(test.db);
  expect(await loadBigDemo(test.db, { runs: 200, today })).toEqual({ loaded: false });
  expect(await loadDemo(test.db, { today })).toEqual({ loaded: false });
  expect(await rowCounts(test.db)).toEqual(before);
});

test("a load that fails leaves neither rows nor missing rules behind", async () => {
  await using test = await createTestDatabase();
  const rules = await guards(test.db);
  const failing = loadBigDemo(test.db, {
    runs: 100,
    today,
    onProgress({ step }) {
      if (step === "indexes") throw new Error("Nobody is looking any more");
    },
  });
  await expect(failing).rejects.toThrow("Nobody is looking any more");
  expect(await guards(test.db)).toEqual(rules);
  expect(await rowCounts(test.db)).toMatchObject({ course: 0, course_run: 0, session: 0 });
});

test.each([0, -1, 1.5, Number.NaN])("%d runs are refused", async (runs) => {
  await using test = await createTestDatabase();
  await expect(loadBigDemo(test.db, { runs, today })).rejects.toThrow(RangeError);
});
