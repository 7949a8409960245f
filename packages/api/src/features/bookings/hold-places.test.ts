import type { BookingHeld, BookingHoldInput } from "@lectern/contract/bookings";
import { booking, registration } from "@lectern/database/schema/bookings";
import { auditEntry, outbox } from "@lectern/database/schema/operations";
import { discountCode, runPrice } from "@lectern/database/schema/prices";
import { courseRun } from "@lectern/database/schema/scheduling";
import { withSignal } from "@lectern/database/queryable";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { OPERATOR_CALL, createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { letLapse } from "../../testing/lapse.ts";
import { ledgerOf } from "../../testing/ledger.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { holdPlaces } from "./hold-places.ts";

const database = useTestDatabase();
const call = testCall();

type HoldInput = z.input<typeof BookingHoldInput>;

function hold(input: Omit<HoldInput, "idempotencyKey"> & { idempotencyKey?: string }) {
  return holdPlaces(database().db, call, { idempotencyKey: newKey(), ...input });
}

async function pricesOf({ reference }: Pick<BookingHeld, "reference">) {
  return database()
    .db.select({
      amount: registration.priceAmount,
      currency: registration.priceCurrency,
      taxCategory: registration.taxCategory,
      steps: registration.priceExplanation,
    })
    .from(registration)
    .innerJoin(booking, eq(booking.id, registration.bookingId))
    .where(eq(booking.reference, reference))
    .orderBy(registration.position);
}

describe("holds of one run that come together", () => {
  it("share statements, and get each their own answer", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 500 });
    const attempts = Array.from({ length: 200 }, (_, index) => ({ places: (index % 3) + 1 }));
    const before = await transactionsSoFar();
    const held = await Promise.all(attempts.map(({ places }) => hold({ runId: run.id, places })));
    expect(held.map(({ places }) => places)).toEqual(attempts.map(({ places }) => places));
    expect(new Set(held.map(({ reference }) => reference)).size).toBe(200);
    expect(new Set(held.map(({ accessKey }) => accessKey)).size).toBe(200);
    // The first goes alone, the others together: far fewer transactions than holds.
    expect((await transactionsSoFar()) - before).toBeLessThan(20);
    const places = attempts.reduce((sum, attempt) => sum + attempt.places, 0);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: places, allocated: places });
  });

  async function transactionsSoFar(): Promise<number> {
    const { db } = database();
    const { rows } = await db.execute<{ n: number }>(
      sql`SELECT count(DISTINCT xmin::text)::int AS n FROM booking`,
    );
    return rows[0]?.n ?? 0;
  }

  it("are served in the order in which they came, and a group never in part", async () => {
    const run = await createTestRun(database().db, { capacity: 10 });
    const wanted = [4, 4, 4, 1, 2, 1, 1];
    const outcomes = await Promise.all(
      wanted.map((places) =>
        hold({ runId: run.id, places }).then(
          () => "held",
          () => "refused",
        ),
      ),
    );
    // 4 and 4 fit, the third group does not; 1 fits, 2 does not, 1 fits and takes the last place.
    expect(outcomes).toEqual(["held", "held", "refused", "held", "refused", "held", "refused"]);
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 10, allocated: 10 });
  });

  it("answer a key that is among them twice once, and refuse it with another body", async () => {
    const run = await createTestRun(database().db, { capacity: 10 });
    const idempotencyKey = newKey();
    const [first, second, other] = await Promise.allSettled([
      hold({ runId: run.id, places: 1, idempotencyKey }),
      hold({ runId: run.id, places: 1, idempotencyKey }),
      hold({ runId: run.id, places: 2, idempotencyKey }),
    ]);
    expect(first).toEqual(second);
    expect(other).toMatchObject({ status: "rejected", reason: { code: "IdempotencyMismatch" } });
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 1, allocated: 1 });
  });

  it("do not suffer from one whose key was used for another run", async () => {
    const { db } = database();
    const [run, elsewhere] = [await createTestRun(db), await createTestRun(db)];
    const idempotencyKey = newKey();
    await hold({ runId: elsewhere.id, places: 1, idempotencyKey });
    const [one, used, other] = await Promise.allSettled([
      hold({ runId: run.id, places: 1 }),
      hold({ runId: run.id, places: 1, idempotencyKey }),
      hold({ runId: run.id, places: 1 }),
    ]);
    expect([one.status, other.status]).toEqual(["fulfilled", "fulfilled"]);
    expect(used).toMatchObject({ reason: { code: "IdempotencyMismatch" } });
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 2, allocated: 2 });
  });

  it("do not suffer from one who asks for more than the run lets a booker have", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 10, values: { placesPerBooker: 2 } });
    const [first, tooMany, other] = await Promise.allSettled([
      hold({ runId: run.id, places: 1 }),
      hold({ runId: run.id, places: 3 }),
      hold({ runId: run.id, places: 1 }),
    ]);
    expect([first.status, other.status]).toEqual(["fulfilled", "fulfilled"]);
    expect(tooMany).toMatchObject({ reason: { code: "TooManyPlaces" } });
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 2, allocated: 2 });
  });

  it("are not made for a caller who has gone", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 10 });
    const gone = new AbortController();
    const attempts = [
      hold({ runId: run.id, places: 1 }),
      holdPlaces(withSignal(db, gone.signal), call, {
        runId: run.id,
        places: 5,
        idempotencyKey: newKey(),
      }),
      hold({ runId: run.id, places: 1 }),
    ];
    gone.abort(new Error("closed the tab"));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 2, allocated: 2 });
  });
});

describe("what a hold owes", () => {
  it("is written with it: an audit entry with its origin, and the job that ends it", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const held = await hold({ runId: run.id, places: 2 });
    const [row] = await db.select().from(booking).where(eq(booking.reference, held.reference));
    const audited = await db
      .select()
      .from(auditEntry)
      .where(eq(auditEntry.entityId, row?.id ?? ""));
    expect(audited).toMatchObject([
      {
        action: "booking.hold",
        actorKind: "public",
        address: "192.0.2.7",
        client: "test",
        after: { places: 2, runId: run.id },
      },
    ]);
    const jobs = await db
      .select()
      .from(outbox)
      .where(sql`${outbox.data} ->> 'runId' = ${run.id}`);
    expect(jobs).toMatchObject([{ queue: "places.settle", dueAt: new Date(held.expiresAt) }]);
  });
});

describe("a hold that is refused", () => {
  it("tells watchers all the same, as places past their time were freed for it", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 2 });
    const lapsed = await hold({ runId: run.id, places: 1 });
    await letLapse(db, lapsed.reference);
    const told: string[] = [];
    const watched = { ...call, changed: (runId: string) => told.push(runId) };
    const input = { runId: run.id, places: 3, idempotencyKey: newKey() };
    expect((await refusalOf(holdPlaces(db, watched, input))).code).toBe("SoldOut");
    expect(told).toEqual([run.id]);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 0, allocated: 0 });
  });
});

describe("prices", () => {
  it("are frozen with their explanation: early bird and volume", async () => {
    const { db } = database();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const run = await createTestRun(db, {
      values: {
        taxCategory: "reduced",
        priceRules: {
          earlyBird: [{ until, basisPoints: 1000 }],
          volume: [{ fromPlaces: 3, basisPoints: 500 }],
        },
      },
    });
    const held = await hold({ runId: run.id, places: 3 });
    // 12,500.00 less 10 % is 11,250.00, less 5 % is 10,687.50.
    expect(held.unitPrice).toEqual({ amount: 10_687_50, currency: "NOK" });
    expect(held.total).toEqual({ amount: 3 * 10_687_50, currency: "NOK" });
    const prices = await pricesOf(held);
    expect(prices).toHaveLength(3);
    expect(prices[0]).toMatchObject({
      taxCategory: "reduced",
      steps: [
        { kind: "base", amount: 12_500_00 },
        { kind: "early_bird", amount: -1_250_00 },
        { kind: "volume", amount: -562_50 },
      ],
    });
  });

  it("follow a change at once, though the old price was read before", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    expect((await hold({ runId: run.id, places: 1 })).total?.amount).toBe(12_500_00);
    await db.update(courseRun).set({ priceAmount: 9_900_00 }).where(eq(courseRun.id, run.id));
    expect((await hold({ runId: run.id, places: 1 })).total?.amount).toBe(9_900_00);
    await db
      .update(courseRun)
      .set({ priceRules: { earlyBird: [], volume: [{ fromPlaces: 2, basisPoints: 5000 }] } })
      .where(eq(courseRun.id, run.id));
    expect((await hold({ runId: run.id, places: 2 })).total?.amount).toBe(9_900_00);
  });

  it("are those of the region that was asked for, or the base price", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 20 });
    await db
      .insert(runPrice)
      .values({ runId: run.id, region: "GB", amount: 1_000_00, currency: "GBP" });
    const [british, german, base] = await Promise.all([
      hold({ runId: run.id, places: 2, region: "GB" }),
      hold({ runId: run.id, places: 1, region: "DE" }),
      hold({ runId: run.id, places: 1 }),
    ]);
    expect(british.total).toEqual({ amount: 2_000_00, currency: "GBP" });
    expect(german.total).toEqual(base.total);
    await db.update(runPrice).set({ amount: 900_00 }).where(eq(runPrice.runId, run.id));
    const later = await hold({ runId: run.id, places: 1, region: "GB" });
    expect(later.total).toEqual({ amount: 900_00, currency: "GBP" });
  });

  it("stay open where there is none", async () => {
    const run = await createTestRun(database().db, {
      values: { priceAmount: null, priceCurrency: null },
    });
    const held = await hold({ runId: run.id, places: 2 });
    expect([held.unitPrice, held.total]).toEqual([null, null]);
  });
});

describe("a discount code", () => {
  async function createCode(values: Partial<typeof discountCode.$inferInsert> = {}) {
    const code = `TEST-${newKey().slice(0, 8).toUpperCase()}`;
    await database()
      .db.insert(discountCode)
      .values({
        id: uuidv7(),
        code,
        kind: "amount",
        amount: 100_00,
        currency: "NOK",
        ...values,
      });
    return code;
  }
  async function usesOf(code: string) {
    const [row] = await database()
      .db.select({ used: discountCode.used })
      .from(discountCode)
      .where(eq(discountCode.code, code));
    return row?.used;
  }

  it("is shared out over the places to the last øre, and remembered by a repeated key", async () => {
    const run = await createTestRun(database().db);
    const discount = await createCode();
    const input = {
      runId: run.id,
      places: 3,
      discountCode: discount.toLowerCase(),
      idempotencyKey: newKey(),
    };
    const held = await hold(input);
    expect(held.total?.amount).toBe(3 * 12_500_00 - 100_00);
    const prices = await pricesOf(held);
    expect(prices.reduce((sum, { amount }) => sum + (amount ?? 0), 0)).toBe(held.total?.amount);
    expect(await hold(input)).toEqual(held);
    expect(await usesOf(discount)).toBe(1);
  });

  it("is used as often as it may, however many ask at once, and takes no place otherwise", async () => {
    const run = await createTestRun(database().db, { capacity: 50 });
    const discount = await createCode({ maxUses: 3 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, () => hold({ runId: run.id, places: 1, discountCode: discount })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(await usesOf(discount)).toBe(3);
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 3, allocated: 3 });
    expect(
      await refusalOf(hold({ runId: run.id, places: 1, discountCode: discount })),
    ).toMatchObject({
      code: "DiscountNotUsable",
      data: { reason: "used_up" },
    });
  });
});

describe("one booker", () => {
  it("gets no more places of a run than it allows, however they ask", async () => {
    const run = await createTestRun(database().db, {
      capacity: 50,
      values: { placesPerBooker: 4 },
    });
    expect(await refusalOf(hold({ runId: run.id, places: 5 }))).toMatchObject({
      code: "TooManyPlaces",
      data: { limit: 4, alreadyBooked: 0, requested: 5 },
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        hold({
          runId: run.id,
          places: 1,
          bookerEmail: index % 2 === 0 ? "ada@example.org" : "ADA@example.org",
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
    expect(await ledgerOf(database().db, run.id)).toEqual({ taken: 4, allocated: 4 });
  });
});

describe("a private run", () => {
  it("is held by whoever was invited, and by staff", async () => {
    const { db } = database();
    const run = await createTestRun(db, { values: { visibility: "private" } });
    const other = await createTestRun(db, { values: { visibility: "private" } });
    const invitationKey = call.accessKeys.keyFor("invitation", run.id);
    const [invited, stranger, wrong, staff] = await Promise.allSettled([
      hold({ runId: run.id, places: 1, invitationKey }),
      hold({ runId: run.id, places: 1 }),
      hold({ runId: other.id, places: 1, invitationKey }),
      holdPlaces(db, OPERATOR_CALL, { runId: run.id, places: 1, idempotencyKey: newKey() }),
    ]);
    expect([invited.status, staff.status]).toEqual(["fulfilled", "fulfilled"]);
    const refused = { status: "rejected", reason: { body: { data: { reason: "private" } } } };
    expect([stranger, wrong]).toMatchObject([refused, refused]);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 2, allocated: 2 });
  });
});
