import { operatorActor } from "@lectern/auth/actor";
import {
  type DemandReport,
  type EnquiriesReport,
  type OccupancyReport,
  REPORT_DIMENSIONS,
  REPORT_STEPS,
} from "@lectern/contract/reports";
import type { Database } from "@lectern/database/connect";
import { runCapacity } from "@lectern/database/schema/bookings";
import { reportStale } from "@lectern/database/schema/reports";
import { createTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { inArray, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appRouter } from "../../app-router.ts";
import { testContext } from "../../testing/factories.ts";
import { checkSums } from "./sums/check-sums.ts";
import { mendSums } from "./sums/mend-sums.ts";
import { settleSums } from "./sums/settle-sums.ts";
import { CHANGES } from "./testing/change-anything.ts";
import { inOrder, readRows } from "./testing/counted.ts";
import { type Dice, YEAR, ZONES, createRandomAcademy, pick } from "./testing/random-sales.ts";
import { demandByHand, enquiriesByHand, occupancyByHand } from "./testing/runs-by-hand.ts";
import { bookingsByHand, cancellationsByHand } from "./testing/sales-by-hand.ts";

type Caller = ReturnType<typeof appRouter.createCaller>;

function callerOf(db: Database): Caller {
  return appRouter.createCaller(testContext(db, operatorActor("test-operator")));
}

/** A period of the year, with whole months or without, and something to look at. */
function askSomething(dice: Dice) {
  const from = Temporal.PlainDate.from({ year: YEAR, month: 1 + dice(8), day: 1 });
  const [months, days] = [1 + dice(4), dice(2) * dice(30)];
  const some = <Item>(items: readonly Item[]) =>
    dice(3) > 0 ? null : items.filter(() => dice(2) === 0);
  return {
    from: from.add({ days }).toString(),
    to: from.add({ months }).subtract({ days: 1 }).add({ days }).toString(),
    step: pick(dice, [...REPORT_STEPS.filter((step) => step !== "day"), null]),
    topics: some(["cloud", "data"]),
    countries: some(["NO", "US"]),
    cities: some(["Oslo"]),
    deliveryModes: some(["classroom", "virtual"] as const),
    booker: pick(dice, [null, null, "company", "individual"] as const),
  };
}

/** Asks for every report, and holds it against what the rows come to. */
async function expectReportsToBeRight(db: Database, dice: Dice): Promise<void> {
  const caller = callerOf(db);
  const rows = await readRows(db);
  const input = askSomething(dice);
  const by = pick(dice, REPORT_DIMENSIONS);
  const withTentative = dice(2) === 0;

  const bookings = await caller.reports.bookings({ ...input, by });
  const bookingsExpected = bookingsByHand(rows, bookings.period, input, by);
  const keyOf = (row: { key: { value: string; country: string | null } }) => row.key;
  expect({ ...bookings, rows: inOrder(bookings.rows, keyOf) }).toEqual({
    ...bookingsExpected,
    rows: inOrder(bookingsExpected.rows, keyOf),
  });

  const cancellations = await caller.reports.cancellations({ ...input, by });
  const cancellationsExpected = cancellationsByHand(rows, cancellations.period, input, by);
  expect({ ...cancellations, rows: inOrder(cancellations.rows, keyOf) }).toEqual({
    ...cancellationsExpected,
    rows: inOrder(cancellationsExpected.rows, keyOf),
  });

  const places = { ...input, booker: null };
  const occupancy = await caller.reports.occupancy({ ...input, withTentative });
  const sorted = (report: OccupancyReport) => ({
    ...report,
    cities: inOrder(report.cities, keyOf),
    topics: inOrder(report.topics, keyOf),
    cells: inOrder(report.cells, ({ city, topic }) => [city, topic]),
  });
  expect(sorted(occupancy)).toEqual(
    sorted(occupancyByHand(rows, occupancy.period, places, withTentative)),
  );

  const demand = await caller.reports.demand(input);
  const demandExpected = demandByHand(rows, demand.period, places);
  const placeOf = ({ course, city }: DemandReport["rows"][number]) => [course, city];
  expect({ ...demand, rows: inOrder(demand.rows, placeOf) }).toEqual({
    ...demandExpected,
    rows: inOrder(demandExpected.rows, placeOf),
  });

  const enquiries = await caller.reports.enquiries(input);
  expect(rounded(enquiries)).toEqual(rounded(enquiriesByHand(rows, enquiries.period)));
}

/** A median of two is half of a sum, in either of two ways. */
function rounded(report: EnquiriesReport): unknown {
  return JSON.parse(JSON.stringify(report), (_key, value: unknown) =>
    typeof value === "number" ? Math.round(value * 100) / 100 : value,
  );
}

const dice = fc.infiniteStream(fc.nat()).map((stream): Dice => {
  const numbers = stream[Symbol.iterator]();
  return (below) => (numbers.next().value ?? 0) % below;
});

describe("reports", () => {
  it("are what the rows come to: before anything is kept, once it is, and after any change", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ZONES), dice, async (zone, roll) => {
        await using test = await createTestDatabase();
        const { db } = test;
        const academy = await createRandomAcademy(db, roll, zone);
        await expectReportsToBeRight(db, roll);
        await settleSums(db);
        expect(await db.$count(reportStale)).toBe(0);
        await expectReportsToBeRight(db, roll);

        for (const change of Object.values(CHANGES)) await change(db, roll, academy);
        await expectReportsToBeRight(db, roll);
        await settleSums(db);
        expect(await checkSums(db)).toEqual([]);
        await expectReportsToBeRight(db, roll);
      }),
      { numRuns: 4 },
    );
  }, 180_000);

  it("are followed by their sums whatever changes", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const roll = diceOf(7);
    const academy = await createRandomAcademy(db, roll, "Europe/Oslo");
    await settleSums(db);
    for (const [name, change] of Object.entries(CHANGES)) {
      const before = await sumsOf(db);
      // Until it is a change that sums are another by.
      for (let tries = 0; tries < 40; tries += 1) {
        await change(db, roll, academy);
        await settleSums(db);
        expect([name, await checkSums(db)]).toEqual([name, []]);
        if ((await sumsOf(db)) !== before) break;
      }
      expect([name, await sumsOf(db)]).not.toEqual([name, before]);
    }
  }, 120_000);

  it("are those of another calendar's days once the academy has one", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const roll = diceOf(11);
    await createRandomAcademy(db, roll, "Europe/Oslo");
    await settleSums(db);
    await db.execute(
      sql`UPDATE academy_fact SET value = '"Pacific/Auckland"' WHERE name = 'time_zone'`,
    );
    await expectReportsToBeRight(db, roll);
    expect(await settleSums(db)).toEqual({ days: "all" });
    expect(await checkSums(db)).toEqual([]);
    await expectReportsToBeRight(db, roll);
  });

  it("lose nothing of what is written while their sums are computed", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const { runIds } = await createRandomAcademy(db, diceOf(5), "Europe/Oslo");
    await settleSums(db);
    const [written, settled] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const writing = transaction(db, {}, async (tx) => {
      await tx
        .update(runCapacity)
        .set({ taken: 1 })
        .where(inArray(runCapacity.runId, [...runIds]));
      written.resolve();
      await settled.promise;
    });
    await written.promise;
    await settleSums(db);
    settled.resolve();
    await writing;
    expect(await checkSums(db)).toEqual([]);
    await settleSums(db);
    expect(await checkSums(db)).toEqual([]);
    const { total } = await callerOf(db).reports.occupancy({
      from: `${YEAR}-01-01`,
      to: `${YEAR}-12-31`,
      withTentative: true,
    });
    expect(total.taken).toBe(total.runs);
  });

  it("tell of sums that are wrong, and do without them", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    await createRandomAcademy(db, diceOf(3), "Europe/Oslo");
    await settleSums(db);
    await db.execute(sql`UPDATE report_run_day SET taken = taken + 1 WHERE grain = 'day'`);
    const kinds = (await checkSums(db)).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["runs"]));
    await expect(mendSums(db)).rejects.toThrow(/sums of reports were wrong.*runs of/u);
    expect(await settleSums(db)).toEqual({ days: "all" });
    expect(await checkSums(db)).toEqual([]);
  });
});

/** All that is kept, as one text. */
async function sumsOf(db: Database): Promise<string> {
  const { rows } = await db.execute(sql`
    SELECT (SELECT string_agg(b::text || s::text, ' ' ORDER BY b.grain, b.day, s.id) FROM report_booking_day AS b JOIN report_slice AS s ON s.id = slice_id) AS b,
      (SELECT string_agg(c::text || s::text, ' ' ORDER BY c::text) FROM report_cancellation_day AS c JOIN report_slice AS s ON s.id = slice_id) AS c,
      (SELECT string_agg(r::text || s::text, ' ' ORDER BY r::text) FROM report_run_day AS r JOIN report_slice AS s ON s.id = slice_id) AS r`);
  return JSON.stringify(rows);
}

/** The same numbers each time. */
function diceOf(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
