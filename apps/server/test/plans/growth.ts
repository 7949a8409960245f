import { appRouter } from "@lectern/api/app-router";
import { catalogueInMemory } from "@lectern/api/features/courses/in-memory/catalogue-in-memory";
import { encodeCursor } from "@lectern/api/shared/cursor";
import { testContext } from "@lectern/api/testing/factories";
import type { Database } from "@lectern/database/connect";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Caller } from "./calls.ts";

/** How long what visitors ask takes in a small academy and in a large one, asked in turn so that both meet the same machine. */

export interface Growth {
  readonly smallMs: number;
  readonly largeMs: number;
  readonly ratio: number;
}

/** Of one academy: where a late page begins. */
interface Late {
  readonly courses: string | null;
  readonly runs: string | null;
}

type Question = (caller: Caller, late: Late) => Promise<unknown>;

/** As many as the small academy has: the rest of a page would show what an answer takes, and not what finding it does. */
const FOUND = 4;

const QUESTIONS: Readonly<Record<string, Question>> = {
  "search for courses": (c) => c.courses.list({ query: "security", limit: FOUND }),
  "search, two words": (c) => c.courses.list({ query: "azure administration" }),
  "search, mistyped": (c) => c.courses.list({ query: "securty", limit: FOUND }),
  "search for runs": (c) => c.runs.upcoming({ query: "security", limit: FOUND }),
  facets: (c) => c.courses.facets({}),
  "facets of a search": (c) => c.courses.facets({ query: "security" }),
  "facets of a country": (c) => c.courses.facets({ countries: ["NO"] }),
  "first page of courses": (c) => c.courses.list({}),
  "late page of courses": (c, { courses }) => c.courses.list({ cursor: courses }),
  "first page of runs": (c) => c.runs.upcoming({}),
  "late page of runs": (c, { runs }) => c.runs.upcoming({ cursor: runs }),
};

/** So often each is asked of both, and no longer than that. */
const TIMES = 60;
const LIMIT_MS = 10_000;
const LATE = 0.9;

/**
 * @param times how often each is asked of both, at most
 * @returns medians by question
 */
export async function measureGrowth(
  small: Database,
  large: Database,
  times: number = TIMES,
): Promise<Record<string, Growth>> {
  const sides = [await sideOf(small), await sideOf(large)] as const;
  const growth: Record<string, Growth> = {};
  for (const [name, ask] of Object.entries(QUESTIONS)) {
    const taken: readonly [number[], number[]] = [[], []];
    // The first time on each connection is for the plan, which is then kept.
    for (const { caller, late } of sides) await Promise.all([ask(caller, late), ask(caller, late)]);
    const end = performance.now() + LIMIT_MS;
    for (let time = 0; time < times && performance.now() < end; time += 1) {
      for (const [index, { caller, late }] of sides.entries()) {
        const begin = performance.now();
        await ask(caller, late);
        taken[index]?.push(performance.now() - begin);
      }
    }
    const [smallMs, largeMs] = [medianOf(taken[0]), medianOf(taken[1])];
    growth[name] = {
      smallMs: rounded(smallMs),
      largeMs: rounded(largeMs),
      ratio: rounded(largeMs / smallMs),
    };
  }
  return growth;
}

async function sideOf(db: Database): Promise<{ caller: Caller; late: Late }> {
  const caller = appRouter.createCaller(testContext(db));
  await catalogueInMemory(db).load();
  return { caller, late: { courses: await lateCourses(caller), runs: await lateRuns(db) } };
}

async function lateCourses(caller: Caller): Promise<string | null> {
  let page = await caller.courses.list({ limit: 20 });
  let seen = page.items.length;
  while (page.nextCursor !== null && seen < page.total * LATE) {
    const limit = Math.max(1, Math.min(100, Math.floor(page.total * LATE) - seen));
    page = await caller.courses.list({ limit, cursor: page.nextCursor });
    seen += page.items.length;
  }
  return page.nextCursor;
}

const Runs = z.array(z.object({ id: z.string(), startsAt: z.string() }));

async function lateRuns(db: Database): Promise<string | null> {
  const { rows } = await db.execute(sql`
    SELECT id, to_char(starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "startsAt" FROM course_run
    WHERE visibility = 'public' AND status IN ('tentative', 'confirmed') AND starts_at > (
      SELECT now() + (max(starts_at) - now()) * ${LATE}::float8 FROM course_run
      WHERE visibility = 'public' AND status IN ('tentative', 'confirmed'))
    ORDER BY starts_at, id LIMIT 1`);
  const [run] = Runs.parse(rows);
  return run === undefined ? null : encodeCursor([run.startsAt, run.id, 0, true]);
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
