import { booking } from "@lectern/database/schema/bookings";
import { discountCode, discountUse } from "@lectern/database/schema/prices";
import { useTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { and, eq, inArray } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../domain-error.ts";
import { createTestCourse, createTestRun } from "../../testing/factories.ts";
import { createReference } from "../bookings/reference.ts";
import { findDiscount, releaseDiscounts, takeDiscount } from "./use-discount.ts";

/** Uses of a discount code, counted as strictly as places. */

const database = useTestDatabase();

const NOW = new Date();
const HOUR_MS = 60 * 60 * 1000;
const hoursFromNow = (hours: number) => new Date(NOW.getTime() + hours * HOUR_MS);

async function createCode(overrides: Partial<typeof discountCode.$inferInsert> = {}) {
  const id = uuidv7();
  const [row] = await database()
    .db.insert(discountCode)
    .values({
      id,
      code: `TEST-${id.slice(-12).toUpperCase()}`,
      kind: "percent",
      ...(overrides.kind === "amount" ? {} : { basisPoints: 1000 }),
      ...overrides,
    })
    .returning();
  if (row === undefined) throw new Error("The code was not inserted");
  return row;
}

/** @returns the ids of so many holds on a run of their own */
async function createBookings(count: number): Promise<{ ids: string[]; courseId: string }> {
  const { db } = database();
  const run = await createTestRun(db);
  const ids = Array.from({ length: count }, () => uuidv7());
  await db.insert(booking).values(
    ids.map((id) => ({
      id,
      reference: createReference(),
      runId: run.id,
      status: "held" as const,
      places: 1,
      expiresAt: hoursFromNow(1),
    })),
  );
  return { ids, courseId: run.courseId };
}

async function createBooking() {
  const { ids, courseId } = await createBookings(1);
  return { bookingId: ids[0] ?? "", courseId };
}

function take(code: string, wanted: { bookingId: string; courseId: string; currency?: string }) {
  return transaction(database().db, {}, (tx) =>
    takeDiscount(tx, { currency: "NOK", at: NOW, ...wanted, code }),
  );
}

function release(bookingIds: readonly string[]) {
  return transaction(database().db, {}, (tx) => releaseDiscounts(tx, bookingIds));
}

/** @returns the counter and the ledger behind it, which must be the same number */
async function usesOf(id: string) {
  const { db } = database();
  const [row] = await db
    .select({ used: discountCode.used })
    .from(discountCode)
    .where(eq(discountCode.id, id));
  const active = and(eq(discountUse.discountCodeId, id), eq(discountUse.state, "active"));
  return { used: row?.used, active: await db.$count(discountUse, active) };
}

function refused(code: string, reason: string) {
  return { body: { code: "DiscountNotUsable", data: { code, reason } } };
}

describe("using a code", () => {
  it("counts the use and tells what the code takes off, in whatever case it is typed", async () => {
    const percent = await createCode();
    const order = await createBooking();
    const typed = percent.code.toLowerCase();
    expect(await take(typed, order)).toEqual({
      code: percent.code,
      kind: "percent",
      basisPoints: 1000,
    });
    expect(await usesOf(percent.id)).toEqual({ used: 1, active: 1 });

    const amount = await createCode({ kind: "amount", amount: 500_00, currency: "NOK" });
    expect(await take(amount.code, await createBooking())).toEqual({
      code: amount.code,
      kind: "amount",
      amount: 500_00,
      currency: "NOK",
    });
  });

  it("is refused with a reason, and counts nothing", async () => {
    const order = await createBooking();
    const otherCourse = await createTestCourse(database().db);
    const cases = [
      ["inactive", await createCode({ isActive: false })],
      ["not_yet", await createCode({ validFrom: hoursFromNow(1) })],
      ["over", await createCode({ validUntil: NOW })],
      ["used_up", await createCode({ maxUses: 0 })],
      ["other_course", await createCode({ courseId: otherCourse.id })],
      ["other_currency", await createCode({ kind: "amount", amount: 1, currency: "EUR" })],
    ] as const;
    for (const [reason, { code, id }] of cases) {
      await expect(take(code, order)).rejects.toMatchObject(refused(code, reason));
      await expect(
        findDiscount(database().db, { ...order, code, currency: "NOK", at: NOW }),
      ).rejects.toMatchObject(refused(code, reason));
      expect(await usesOf(id)).toEqual({ used: 0, active: 0 });
    }
    await expect(take("NO-SUCH-CODE", order)).rejects.toMatchObject(
      refused("NO-SUCH-CODE", "unknown"),
    );
  });

  it("goes within its time, for its course, and up to its last use", async () => {
    const order = await createBooking();
    const { code, id } = await createCode({
      validFrom: NOW,
      validUntil: hoursFromNow(1),
      courseId: order.courseId,
      maxUses: 1,
    });
    const wanted = { ...order, code, currency: "NOK", at: NOW };
    expect(await findDiscount(database().db, wanted)).toMatchObject({ code });
    await take(code, order);
    expect(await usesOf(id)).toEqual({ used: 1, active: 1 });
    await expect(findDiscount(database().db, wanted)).rejects.toMatchObject(
      refused(code, "used_up"),
    );
  });

  it("of an amount on a price on request is refused, of a percentage it is not", async () => {
    const order = await createBooking();
    const wanted = { ...order, currency: null, at: NOW };
    const amount = await createCode({ kind: "amount", amount: 1, currency: "NOK" });
    await expect(
      transaction(database().db, {}, (tx) => takeDiscount(tx, { ...wanted, code: amount.code })),
    ).rejects.toMatchObject(refused(amount.code, "other_currency"));
    const percent = await createCode();
    await transaction(database().db, {}, (tx) =>
      takeDiscount(tx, { ...wanted, code: percent.code }),
    );
    expect(await usesOf(percent.id)).toEqual({ used: 1, active: 1 });
  });

  it("is undone with the transaction", async () => {
    const { code, id } = await createCode();
    const order = await createBooking();
    await expect(
      transaction(database().db, {}, async (tx) => {
        await takeDiscount(tx, { ...order, code, currency: "NOK", at: NOW });
        throw new Error("The booking failed");
      }),
    ).rejects.toThrow("The booking failed");
    expect(await usesOf(id)).toEqual({ used: 0, active: 0 });
  });
});

describe("giving uses back", () => {
  it("frees them for others, once however often it is asked for", async () => {
    const { code, id } = await createCode({ maxUses: 1 });
    const first = await createBooking();
    await take(code, first);
    await release([first.bookingId]);
    await release([first.bookingId]);
    expect(await usesOf(id)).toEqual({ used: 0, active: 0 });
    await take(code, await createBooking());
    expect(await usesOf(id)).toEqual({ used: 1, active: 1 });
  });

  it("of bookings with several codes keeps each code's count", async () => {
    const codes = [await createCode(), await createCode(), await createCode()];
    const { ids, courseId } = await createBookings(7);
    for (const [index, bookingId] of ids.entries()) {
      await take(codes[index % 3]?.code ?? "", { bookingId, courseId });
    }
    await release(ids.slice(0, 5));
    const uses = await Promise.all(codes.map(({ id }) => usesOf(id)));
    expect(uses).toEqual([
      { used: 1, active: 1 },
      { used: 0, active: 0 },
      { used: 1, active: 1 },
    ]);
  });

  it("changes nothing for bookings without a code, and for none", async () => {
    const { bookingId } = await createBooking();
    const { id, code } = await createCode();
    await take(code, await createBooking());
    await release([]);
    await release([bookingId]);
    expect(await usesOf(id)).toEqual({ used: 1, active: 1 });
  });
});

describe("two hundred at once", () => {
  it("use ten uses ten times, and the others are told that it is used up", async () => {
    const { code, id } = await createCode({ maxUses: 10 });
    const { ids, courseId } = await createBookings(200);
    const attempts = await Promise.allSettled(
      ids.map((bookingId) => take(code, { bookingId, courseId })),
    );
    const taken = attempts.filter(({ status }) => status === "fulfilled");
    expect(taken).toHaveLength(10);
    for (const attempt of attempts) {
      if (attempt.status === "fulfilled") continue;
      expect(attempt.reason).toMatchObject(refused(code, "used_up"));
    }
    expect(await usesOf(id)).toEqual({ used: 10, active: 10 });
  });

  it("that use and give back two codes end with as many as are alive", async () => {
    const codes = [await createCode({ maxUses: 20 }), await createCode({ maxUses: 20 })];
    const { ids, courseId } = await createBookings(200);
    const isRefused = new Set<string>();
    await Promise.all(
      ids.map(async (bookingId, index) => {
        try {
          await take(codes[index % 2]?.code ?? "", { bookingId, courseId });
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          isRefused.add(bookingId);
        }
        // Pairs of bookings with both codes, so that locks could be taken in both orders.
        if (index % 4 === 3) await release([bookingId, ids[index - 1] ?? ""]);
      }),
    );
    for (const { id } of codes) {
      const { used, active } = await usesOf(id);
      expect(used).toBe(active);
      expect(used).toBeLessThanOrEqual(20);
    }
    await release(ids);
    for (const { id } of codes) expect(await usesOf(id)).toEqual({ used: 0, active: 0 });
    const rows = await database().db.$count(discountUse, inArray(discountUse.bookingId, ids));
    expect(rows).toBe(200 - isRefused.size);
  });
});
