import { discountCode } from "@lectern/database/schema/prices";
import { useTestDatabase } from "@lectern/database/testing/database";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { createTestCourse, createTestRun } from "../../testing/factories.ts";
import { apiOf } from "../../testing/organisations.ts";
import { signIn } from "../../testing/signed-in.ts";
import { refusalOfCall } from "../../testing/test-browser.ts";

const database = useTestDatabase();

async function finance() {
  return apiOf(database().db, await signIn(database().db, { role: "finance" }));
}

const NOON = Date.UTC(2026, 0, 1, 12);
const HOUR = 3_600_000;

describe("discount codes as staff see them", () => {
  it("stand as whoever types them in would find them, and are found by that and by words", async () => {
    const { db } = database();
    const { id: courseId, title } = await createTestCourse(db);
    const named = uuidv7().slice(-10).toUpperCase();
    const insert = async (state: string, values: Partial<typeof discountCode.$inferInsert>) => {
      await db.insert(discountCode).values({
        id: uuidv7(),
        code: `${named}-${state}`,
        description: `For ${state} 100%`,
        kind: "percent",
        basisPoints: 1500,
        courseId,
        ...values,
      });
    };
    const now = Date.now();
    await insert("A", {});
    await insert("B", { validFrom: new Date(now + HOUR) });
    await insert("C", { validFrom: new Date(NOON), validUntil: new Date(now - HOUR) });
    await insert("D", { maxUses: 2, used: 2 });
    await insert("E", { isActive: false, validUntil: new Date(now - HOUR) });
    const api = await finance();
    const { items } = await api.discounts.list({ courseId });
    expect(items.map(({ code, state }) => [code.at(-1), state])).toEqual([
      ["E", "inactive"],
      ["D", "used_up"],
      ["C", "over"],
      ["B", "not_yet"],
      ["A", "usable"],
    ]);
    const found = async (filter: object) =>
      (await api.discounts.list({ courseId, ...filter })).items.map(({ code }) => code.at(-1));
    expect(await found({ states: ["over", "usable"] })).toEqual(["C", "A"]);
    expect(await found({ query: `${named.toLowerCase()}-d` })).toEqual(["D"]);
    expect(await found({ query: "for b 100%" })).toEqual(["B"]);
    const [first] = items;
    const seen = await api.discounts.byId({ id: first?.id ?? "" });
    expect(seen).toEqual(first);
    expect(seen.course).toMatchObject({ id: courseId, title });
    expect(await refusalOfCall(api.discounts.byId({ id: uuidv7() }))).toMatchObject({
      code: "NotFound",
    });
    expect(await refusalOfCall(api.discounts.uses({ id: uuidv7() }))).toMatchObject({
      code: "NotFound",
    });
  });

  it("are tried on a run of any state before they are made", async () => {
    const { db } = database();
    const run = await createTestRun(db, {
      values: { status: "draft", priceAmount: 1000_00, priceCurrency: "NOK" },
    });
    const api = await finance();
    const tried = { runId: run.id, places: 2 };
    const percent = { kind: "percent" as const, basisPoints: 2500 };
    expect(await api.discounts.preview({ ...tried, value: percent })).toMatchObject({
      without: { total: { amount: 2000_00 } },
      with: { total: { amount: 1500_00 } },
      obstacle: null,
    });
    const { id: courseId } = await createTestCourse(db);
    expect(await api.discounts.preview({ ...tried, value: percent, courseId })).toMatchObject({
      with: null,
      obstacle: "other_course",
    });
    const euros = { kind: "amount" as const, amount: 100_00, currency: "EUR" };
    expect(await api.discounts.preview({ ...tried, value: euros })).toMatchObject({
      with: null,
      obstacle: "other_currency",
    });
    expect(
      await refusalOfCall(api.discounts.preview({ ...tried, runId: uuidv7(), value: percent })),
    ).toMatchObject({ code: "NotFound" });
  });
});
