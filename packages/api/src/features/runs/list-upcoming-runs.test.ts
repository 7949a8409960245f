import { useTestDatabase } from "@lectern/database/testing/database";
import type { RunsUpcomingInput } from "@lectern/contract/runs";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { createTestCourse, createTestRun, testCall } from "../../testing/factories.ts";
import { listUpcomingRuns } from "./list-upcoming-runs.ts";

/** What is special where there are more runs than a list looks at. Filters and pages: `courses/catalogue-filter.test.ts`. */

const database = useTestDatabase();
const MANY = 1500;
let rareId = "";

beforeAll(async () => {
  const { db } = database();
  const { id: courseId } = await createTestCourse(db);
  // Each at a price of its own, so that the calendar has a row for each; and one an hour.
  await db.execute(sql`
    WITH run AS (
      INSERT INTO course_run (id, course_id, status, delivery_mode, language, time_zone, local_start, local_end, starts_at, ends_at,
        price_amount, price_currency)
      SELECT gen_random_uuid(), ${courseId}::uuid, 'confirmed', 'virtual', 'en', 'UTC',
        to_char(at, 'YYYY-MM-DD"T"HH24:MI')::timestamp, to_char(at, 'YYYY-MM-DD"T"HH24:MI')::timestamp, at, at, n, 'NOK'
      FROM generate_series(1, ${MANY}::int) AS n,
        LATERAL (SELECT date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + interval '1 day' + n * interval '1 hour' AS at) AS start
      RETURNING id
    )
    INSERT INTO run_capacity (run_id, capacity) SELECT id, 10 FROM run`);
  const rare = await createTestRun(db, {
    localStart: `${new Date().getFullYear() + 3}-06-01T09:00`,
    localEnd: `${new Date().getFullYear() + 3}-06-01T17:00`,
    values: { language: "nb" },
  });
  rareId = rare.id;
});

async function list(input: Partial<z.infer<typeof RunsUpcomingInput>>) {
  return await listUpcomingRuns(database().db, testCall(), { limit: 100, ...input });
}

describe("upcoming runs, of which there are very many", () => {
  it("are counted as so many at least, on every page alike", async () => {
    const first = await list({});
    expect(first).toMatchObject({ isTotalExact: false });
    expect(first.total).toBeGreaterThan(400);
    expect(first.total).toBeLessThanOrEqual(MANY + 1);
    const second = await list({ cursor: first.nextCursor });
    expect(second).toMatchObject({ total: first.total, isTotalExact: false });
  });

  it("come once each, in their order, to the last of them", async () => {
    const starts: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await list({ cursor });
      starts.push(...page.items.map(({ id, startsAt }) => `${startsAt} ${id}`));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(starts).toHaveLength(MANY + 1);
    expect(starts).toEqual([...new Set(starts)].toSorted());
  });

  it("hide none that is rarer and later than all that are looked at", async () => {
    const found = await list({ languages: ["nb"] });
    expect(found).toMatchObject({ total: 1, isTotalExact: true, nextCursor: null });
    expect(found.items.map(({ id }) => id)).toEqual([rareId]);
  });

  it("are counted exactly where a choice leaves few", async () => {
    const price = { currency: "NOK", min: 1, max: 400 };
    const page = await list({ price, limit: 1 });
    expect(page).toMatchObject({ total: 400, isTotalExact: true });
    const more = await list({ price: { ...price, max: 401 }, limit: 1 });
    expect(more).toMatchObject({ isTotalExact: false });
  });
});
