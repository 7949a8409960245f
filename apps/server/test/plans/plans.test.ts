import { createTestDatabase } from "@lectern/database/testing/database";
import { topic } from "@lectern/database/schema/catalogue";
import { describe, expect, it } from "vitest";
import type { CountedCall } from "./calls.ts";
import { countStatements } from "./count.ts";
import { type LargeRelations, type PlanNode, faultsOf } from "./plan.ts";

/** How many statements procedures send, and what is a fault of a plan: `pnpm test:plans` looks at all plans on a million runs. */

describe("procedures", () => {
  it("send as many statements whatever there is, few of them, and only prepared ones where many ask", async () => {
    await using database = await createTestDatabase();
    const { counts, faults } = await countStatements(database.db);
    expect(faults).toEqual([]);
    expect(counts.length).toBeGreaterThan(70);
  }, 120_000);

  it("that ask for each item are noticed, and hot ones that ask once more", async () => {
    await using database = await createTestDatabase();
    const broken: readonly CountedCall[] = [
      {
        name: "runs.upcoming",
        as: "public",
        async call(caller) {
          const page = await caller.runs.upcoming({ limit: 100 });
          for (const { id } of page.items) await caller.runs.byId({ id });
          return page;
        },
      },
      {
        name: "courses.topics",
        as: "public",
        async call(caller, { db }) {
          await db.$count(topic);
          return caller.courses.topics();
        },
      },
    ];
    const { faults } = await countStatements(database.db, broken);
    expect(faults).toEqual([
      expect.stringMatching(
        /^runs\.upcoming sends \d+ statements for 2 items, \d+ for 14: .*runs\.byId/su,
      ),
      expect.stringMatching(/^runs\.upcoming sends \d+ statements, and may send 8$/u),
      expect.stringMatching(/^runs\.upcoming takes \d+ round trips, and may take 1$/u),
      expect.stringMatching(/^courses\.topics is hot, and this is not prepared: select count/u),
      "courses.topics takes 2 round trips, and may take 1",
    ]);
  }, 120_000);
});

const large: LargeRelations = {
  tables: new Map([["course_run", 1_000_000]]),
  indexes: new Map([["course_run_course_idx", 1_000_000]]),
};

function node(type: string, rest: Partial<PlanNode> = {}): PlanNode {
  return { "Node Type": type, "Plan Rows": 1_000_000, ...rest };
}
function under(type: string, child: PlanNode, rest: Partial<PlanNode> = {}): PlanNode {
  return node(type, { Plans: [{ "Parent Relationship": "Outer", ...child }], ...rest });
}

describe("a plan", () => {
  const run = { "Relation Name": "course_run" };
  const byCourse = { ...run, "Index Name": "course_run_course_idx" };

  it.each<[string, PlanNode, string[]]>([
    [
      "that reads a large table",
      node("Seq Scan", run),
      ["reads all of course_run, without an index"],
    ],
    [
      "that reads a large table for a page",
      under("Limit", node("Seq Scan", run), { "Plan Rows": 20 }),
      ["reads all of course_run, without an index"],
    ],
    ["that reads a small one", node("Seq Scan", { "Relation Name": "topic" }), []],
    [
      "that reads an index from end to end",
      node("Index Only Scan", byCourse),
      ["reads all of course_run, by an index"],
    ],
    ["that takes a page from an index", under("Limit", node("Index Scan", byCourse)), []],
    [
      "that reads many rows by an index",
      node("Index Scan", { ...byCourse, "Index Cond": "(course_id = $1)" }),
      ["reads many rows of course_run"],
    ],
    [
      "that looks a few up",
      node("Index Scan", { ...byCourse, "Index Cond": "(course_id = $1)", "Plan Rows": 200 }),
      [],
    ],
    ["that sorts", under("Sort", node("Result")), ["sorts many rows"]],
    [
      "that sorts for a page",
      under("Limit", under("Sort", node("Index Scan", byCourse))),
      ["chooses from many rows", "reads all of course_run, by an index"],
    ],
    ["that sorts a page", under("Sort", node("Result"), { "Plan Rows": 100 }), []],
    ["that hashes", under("Hash", node("Result")), ["keeps many rows (Hash)"]],
    [
      "whose part does",
      under(
        "Result",
        node("Aggregate", {
          Plans: [node("Seq Scan", { ...run, "Parent Relationship": "Outer" })],
        }),
      ),
      ["reads all of course_run, without an index"],
    ],
  ])("%s", (_, plan, faults) => {
    expect(faultsOf(plan, large)).toEqual(faults);
  });
});
