import { RunScheduleInput } from "@lectern/contract/runs";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { OPERATOR_CALL, createTestCourse, newKey } from "../../testing/factories.ts";
import { scheduleRun } from "./schedule-run.ts";

/** What can be said of a run's prices and its waiting list when it is scheduled. */

const database = useTestDatabase();

const NEXT_YEAR = new Date().getUTCFullYear() + 1;

async function schedule(overrides: Partial<z.input<typeof RunScheduleInput>> = {}) {
  const { db } = database();
  const input = RunScheduleInput.parse({
    courseId: (await createTestCourse(db)).id,
    deliveryMode: "virtual",
    timeZone: "Europe/Oslo",
    language: "en",
    pattern: { from: `${NEXT_YEAR}-05-10`, sessions: 2, start: "09:00", end: "17:00" },
    capacity: 10,
    price: { amount: 100_00, currency: "NOK" },
    idempotencyKey: newKey(),
    ...overrides,
  });
  const { id } = await scheduleRun(db, OPERATOR_CALL, input);
  const [row] = await db.select().from(courseRun).where(eq(courseRun.id, id));
  if (row === undefined) throw new Error("The run is not there");
  return row;
}

describe("scheduling a run", () => {
  it("keeps what is said of prices, transfers, decision and offers", async () => {
    const until = `${NEXT_YEAR}-04-01T00:00:00.000Z`;
    const priceRules = {
      earlyBird: [{ until, basisPoints: 1000 }],
      volume: [{ fromPlaces: 3, basisPoints: 500 }],
    };
    const cancellationPolicy = {
      tiers: [
        { daysBefore: 14, feeBasisPoints: 0 },
        { daysBefore: 0, feeBasisPoints: 10_000, transferFeeBasisPoints: 2500 },
      ],
    };
    const row = await schedule({
      taxCategory: "reduced",
      priceRules,
      cancellationPolicy,
      placesPerBooker: 4,
      decisionAt: until,
      offerMinutes: 60,
      offerLeadMinutes: 0,
    });
    expect(row).toMatchObject({
      taxCategory: "reduced",
      priceRules,
      cancellationPolicy,
      placesPerBooker: 4,
      decisionAt: new Date(until),
      offerMinutes: 60,
      offerLeadMinutes: 0,
    });
  });

  it("goes without, by the table's defaults", async () => {
    expect(await schedule()).toMatchObject({
      taxCategory: "standard",
      priceRules: { earlyBird: [], volume: [] },
      cancellationPolicy: { tiers: [] },
      placesPerBooker: 20,
      decisionAt: null,
      offerMinutes: 1440,
      offerLeadMinutes: 120,
    });
  });

  it("is refused when it would be decided about after it began", async () => {
    const startsAt = (await schedule()).startsAt;
    await expect(schedule({ decisionAt: startsAt.toISOString() })).rejects.toMatchObject({
      body: { code: "Invalid", data: { issues: [{ path: "decisionAt" }] } },
    });
    const before = new Date(startsAt.getTime() - 1).toISOString();
    expect((await schedule({ decisionAt: before })).decisionAt).toEqual(new Date(before));
  });

  it("is refused with two tiers at the same notice", async () => {
    const tiers = [
      { daysBefore: 7, feeBasisPoints: 0 },
      { daysBefore: 7, feeBasisPoints: 100 },
    ];
    await expect(schedule({ cancellationPolicy: { tiers } })).rejects.toMatchObject({
      body: { code: "Invalid", data: { issues: [{ path: "cancellationPolicy.tiers" }] } },
    });
  });
});
