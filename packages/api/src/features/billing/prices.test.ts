import {
  PriceQuote,
  type PriceQuoteInput,
  type PricesSetInput,
} from "@lectern/contract/price-lists";
import { auditEntry } from "@lectern/database/schema/operations";
import { discountCode } from "@lectern/database/schema/prices";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  OPERATOR_CALL,
  type TestRunOptions,
  createTestCourse,
  createTestRun,
  newKey,
  testCall,
} from "../../testing/factories.ts";
import { quoteRun } from "./quote-run.ts";
import { pricingOf } from "./read-pricing.ts";
import { findPrices } from "./read-prices.ts";
import { setPrices } from "./set-prices.ts";

const database = useTestDatabase();

const PUBLIC_CALL = testCall();
const NEXT_YEAR = new Date().getUTCFullYear() + 1;
const UNTIL = `${NEXT_YEAR}-05-01T00:00:00.000Z`;

function createRun(options: TestRunOptions = {}) {
  return createTestRun(database().db, options);
}

async function createCode(code: string, overrides: Partial<typeof discountCode.$inferInsert> = {}) {
  await database()
    .db.insert(discountCode)
    .values({ id: uuidv7(), code, kind: "percent", basisPoints: 1000, ...overrides });
}

function quote(input: z.infer<typeof PriceQuoteInput>) {
  return quoteRun(database().db, PUBLIC_CALL, input);
}

/** A price list of two countries, with rules. */
function priceList(runId: string, overrides: Partial<z.infer<typeof PricesSetInput>> = {}) {
  return {
    runId,
    version: 1,
    price: { amount: 9_000_00, currency: "NOK" },
    taxCategory: "exempt" as const,
    rules: {
      earlyBird: [{ until: UNTIL, basisPoints: 1000 }],
      volume: [{ fromPlaces: 3, basisPoints: 500 }],
    },
    regions: [
      { region: "DE", amount: 800_00, currency: "EUR", taxCategory: "standard" as const },
      { region: "SE", amount: 9_900_00, currency: "SEK", taxCategory: "reduced" as const },
    ],
    idempotencyKey: newKey(),
    ...overrides,
  };
}

function set(input: z.infer<typeof PricesSetInput>) {
  return setPrices(database().db, OPERATOR_CALL, input);
}

async function pricingVersion(runId: string): Promise<number | undefined> {
  return (await pricingOf(database().db, runId, null))?.version;
}

describe("asking for a price", () => {
  it("tells what each place costs, why, and until when", async () => {
    const run = await createRun();
    await set(priceList(run.id));
    const answer = await quote({ runId: run.id, places: 3 });
    expect(PriceQuote.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      runId: run.id,
      total: { amount: 3 * 7_695_00, currency: "NOK" },
      taxCategory: "exempt",
      validUntil: UNTIL,
    });
    expect(answer.places).toHaveLength(3);
    expect(answer.places[0]).toEqual({
      price: { amount: 7_695_00, currency: "NOK" },
      explanation: [
        { kind: "base", amount: 9_000_00, basisPoints: null, detail: null },
        { kind: "early_bird", amount: -900_00, basisPoints: 1000, detail: UNTIL },
        { kind: "volume", amount: -405_00, basisPoints: 500, detail: "3" },
      ],
    });
  });

  it("goes by the country's own price where there is one, with the run's rules", async () => {
    const run = await createRun();
    await set(priceList(run.id));
    const inGermany = await quote({ runId: run.id, places: 1, region: "DE" });
    expect(inGermany).toMatchObject({
      total: { amount: 720_00, currency: "EUR" },
      taxCategory: "standard",
    });
    const elsewhere = await quote({ runId: run.id, places: 1, region: "FR" });
    expect(elsewhere).toMatchObject({
      total: { amount: 8_100_00, currency: "NOK" },
      taxCategory: "exempt",
    });
  });

  it("looks at a discount code and does not use it", async () => {
    const run = await createRun();
    const code = `ONCE-${run.id.slice(-12).toUpperCase()}`;
    await createCode(code, { maxUses: 1 });
    for (let at = 0; at < 2; at += 1) {
      const answer = await quote({ runId: run.id, places: 1, discountCode: code.toLowerCase() });
      expect(answer.total).toEqual({ amount: 11_250_00, currency: "NOK" });
      expect(answer.places[0]?.explanation.at(-1)).toMatchObject({ detail: code });
    }
    await expect(
      quote({ runId: run.id, places: 1, discountCode: "NO-SUCH-CODE" }),
    ).rejects.toMatchObject({
      body: { code: "DiscountNotUsable", data: { code: "NO-SUCH-CODE", reason: "unknown" } },
    });
  });

  it("compares an amount's currency with that of the country's price", async () => {
    const run = await createRun();
    await set(priceList(run.id));
    const code = `EURO-${run.id.slice(-12).toUpperCase()}`;
    await createCode(code, { kind: "amount", basisPoints: null, amount: 50_00, currency: "EUR" });
    const wanted = { runId: run.id, places: 1, discountCode: code };
    expect((await quote({ ...wanted, region: "DE" })).total?.amount).toBe(670_00);
    await expect(quote(wanted)).rejects.toMatchObject({
      body: { code: "DiscountNotUsable", data: { reason: "other_currency" } },
    });
  });

  it("has no answer in figures where the price is on request", async () => {
    const run = await createRun({ values: { priceAmount: null, priceCurrency: null } });
    expect(await quote({ runId: run.id, places: 2 })).toMatchObject({
      total: null,
      places: [
        { price: null, explanation: [] },
        { price: null, explanation: [] },
      ],
      validUntil: null,
    });
  });

  it("finds nothing that the public can't see, and a private run with its invitation", async () => {
    const draftCourse = await createTestCourse(database().db, { status: "draft" });
    const hidden = await createRun({ values: { visibility: "private" } });
    const unseen = [
      uuidv7(),
      hidden.id,
      (await createRun({ values: { status: "draft" } })).id,
      (await createRun({ courseId: draftCourse.id })).id,
    ];
    for (const runId of unseen) {
      await expect(quote({ runId, places: 1 })).rejects.toMatchObject({
        body: { code: "NotFound", data: { entity: "run", id: runId } },
      });
    }
    const { accessKeys } = PUBLIC_CALL;
    const invitationKey = accessKeys.keyFor("invitation", hidden.id);
    expect((await quote({ runId: hidden.id, places: 1, invitationKey })).total).not.toBeNull();
    const otherKey = accessKeys.keyFor("booking", hidden.id);
    await expect(
      quote({ runId: hidden.id, places: 1, invitationKey: otherKey }),
    ).rejects.toMatchObject({ body: { code: "NotFound" } });
  });
});

describe("setting prices", () => {
  it("replaces the whole list, and writes down how it was and is", async () => {
    const run = await createRun();
    const first = await set(priceList(run.id));
    expect(first).toMatchObject({ version: 2, regions: [{ region: "DE" }, { region: "SE" }] });
    const only = { region: "SE", amount: 1, currency: "SEK", taxCategory: "standard" as const };
    const second = await set(
      priceList(run.id, {
        version: 2,
        price: null,
        taxCategory: "zero_rated",
        rules: { earlyBird: [], volume: [] },
        regions: [only],
      }),
    );
    expect(second).toEqual({
      runId: run.id,
      version: 3,
      price: null,
      taxCategory: "zero_rated",
      rules: { earlyBird: [], volume: [] },
      regions: [only],
    });
    expect(await findPrices(database().db, OPERATOR_CALL, { runId: run.id })).toEqual(second);
    const [, last] = await database()
      .db.select({ before: auditEntry.before, after: auditEntry.after })
      .from(auditEntry)
      .where(and(eq(auditEntry.action, "run.set_prices"), eq(auditEntry.entityId, run.id)))
      .orderBy(auditEntry.id);
    expect(last).toEqual({
      before: {
        price: first.price,
        taxCategory: first.taxCategory,
        rules: first.rules,
        regions: first.regions,
      },
      after: {
        price: null,
        taxCategory: "zero_rated",
        rules: { earlyBird: [], volume: [] },
        regions: [only],
      },
    });
  });

  it("counts as a change of the pricing when something is changed, and not when nothing is", async () => {
    const run = await createRun();
    const before = await pricingVersion(run.id);
    await set(priceList(run.id));
    const after = await pricingVersion(run.id);
    expect(after).toBeGreaterThan(before ?? NaN);
    await set(priceList(run.id, { version: 2 }));
    expect(await pricingVersion(run.id)).toBe(after);
    const { regions } = priceList(run.id);
    await set(priceList(run.id, { version: 3, regions: regions.slice(0, 1) }));
    expect(await pricingVersion(run.id)).toBeGreaterThan(after ?? NaN);
  });

  it("leaves the lists of other runs alone", async () => {
    const [run, neighbour] = [await createRun(), await createRun()];
    const itsList = await set(priceList(neighbour.id));
    await set(priceList(run.id, { regions: [] }));
    const found = await findPrices(database().db, OPERATOR_CALL, { runId: neighbour.id });
    expect(found).toEqual(itsList);
  });

  it("happens once for a key", async () => {
    const run = await createRun();
    const wanted = priceList(run.id);
    const [first, second] = await Promise.all([set(wanted), set(wanted)]);
    expect(second).toEqual(first);
    expect(first.version).toBe(2);
  });

  it("is refused by one of two who read the same list", async () => {
    const run = await createRun();
    const both = await Promise.allSettled([set(priceList(run.id)), set(priceList(run.id))]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(set(priceList(run.id))).rejects.toMatchObject({
      body: { code: "Conflict", data: { reason: "changed_meanwhile" } },
    });
  });

  it("is refused for a run that is over, one that is not there, and a country with two prices", async () => {
    const run = await createRun({ values: { status: "cancelled" } });
    await expect(set(priceList(run.id))).rejects.toMatchObject({
      body: { code: "Conflict", data: { reason: "wrong_state", detail: "cancelled" } },
    });
    await expect(set(priceList(uuidv7()))).rejects.toMatchObject({ body: { code: "NotFound" } });
    const { regions } = priceList(run.id);
    const twice = [...regions, ...regions.slice(0, 1)];
    await expect(set(priceList(run.id, { regions: twice }))).rejects.toMatchObject({
      body: { code: "Invalid", data: { issues: [{ path: "regions" }] } },
    });
    await expect(
      findPrices(database().db, OPERATOR_CALL, { runId: uuidv7() }),
    ).rejects.toMatchObject({ body: { code: "NotFound" } });
  });

  it("takes no part in what the run is otherwise", async () => {
    const run = await createRun();
    await set(priceList(run.id));
    const [row] = await database().db.select().from(courseRun).where(eq(courseRun.id, run.id));
    expect(row).toEqual({
      ...run,
      priceAmount: 9_000_00,
      taxCategory: "exempt",
      priceRules: priceList(run.id).rules,
      pricingVersion: row?.pricingVersion,
      version: 2,
      updatedAt: row?.updatedAt,
    });
  });
});
