import type { DiscountChangeInput, DiscountCreateInput } from "@lectern/contract/discounts";
import { auditEntry } from "@lectern/database/schema/operations";
import { discountCode } from "@lectern/database/schema/prices";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, asc, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { OPERATOR_CALL, createTestCourse, newKey } from "../../testing/factories.ts";
import { changeDiscount, deactivateDiscount } from "./change-discount.ts";
import { createDiscount } from "./create-discount.ts";
import { listDiscounts } from "./list-discounts.ts";

const database = useTestDatabase();

function newCode(): string {
  return `CODE-${uuidv7().slice(-12)}`;
}

function create(overrides: Partial<z.infer<typeof DiscountCreateInput>> = {}) {
  return createDiscount(database().db, OPERATOR_CALL, {
    code: newCode(),
    description: "For the fair",
    value: { kind: "percent", basisPoints: 1500 },
    idempotencyKey: newKey(),
    ...overrides,
  });
}

function change(input: Omit<z.infer<typeof DiscountChangeInput>, "idempotencyKey">) {
  return changeDiscount(database().db, OPERATOR_CALL, { ...input, idempotencyKey: newKey() });
}

function audited(id: string) {
  return database()
    .db.select({ action: auditEntry.action, before: auditEntry.before, after: auditEntry.after })
    .from(auditEntry)
    .where(and(eq(auditEntry.entity, "discount_code"), eq(auditEntry.entityId, id)))
    .orderBy(asc(auditEntry.id));
}

describe("making a code", () => {
  it("keeps it in capital letters, with its limits, and writes that down", async () => {
    const { id: courseId } = await createTestCourse(database().db);
    const code = newCode();
    const made = await create({
      code: code.toLowerCase(),
      value: { kind: "amount", amount: 500_00, currency: "NOK" },
      maxUses: 3,
      validFrom: "2027-01-01T00:00:00.000Z",
      validUntil: "2027-02-01T00:00:00.000Z",
      courseId,
    });
    expect(made).toEqual({
      id: made.id,
      code: code.toUpperCase(),
      description: "For the fair",
      value: { kind: "amount", amount: 500_00, currency: "NOK" },
      maxUses: 3,
      used: 0,
      validFrom: "2027-01-01T00:00:00.000Z",
      validUntil: "2027-02-01T00:00:00.000Z",
      courseId,
      isActive: true,
      createdAt: made.createdAt,
    });
    expect(await audited(made.id)).toMatchObject([
      { action: "discount.create", before: null, after: { code: code.toUpperCase(), maxUses: 3 } },
    ]);
  });

  it("happens once for a key", async () => {
    const wanted = { code: newCode(), idempotencyKey: newKey() };
    const [first, second] = await Promise.all([create(wanted), create(wanted)]);
    expect(second).toEqual(first);
    await expect(create({ ...wanted, maxUses: 7 })).rejects.toMatchObject({
      body: { code: "IdempotencyMismatch" },
    });
  });

  it("is refused for a code that is there, a course that is not, and a time that ends first", async () => {
    const { code } = await create();
    await expect(create({ code: code.toLowerCase() })).rejects.toMatchObject({
      body: { code: "Conflict", data: { reason: "already_exists", entity: "discount_code" } },
    });
    await expect(create({ courseId: uuidv7() })).rejects.toMatchObject({
      body: { code: "NotFound", data: { entity: "course" } },
    });
    const moment = "2027-01-01T00:00:00.000Z";
    await expect(create({ validFrom: moment, validUntil: moment })).rejects.toMatchObject({
      body: { code: "Invalid" },
    });
  });
});

describe("changing a code", () => {
  it("changes what is given, leaves the rest, and takes limits away", async () => {
    const made = await create({ maxUses: 3, validUntil: "2027-02-01T00:00:00.000Z" });
    const more = await change({ id: made.id, maxUses: 5 });
    expect(more).toEqual({ ...made, maxUses: 5 });
    const unlimited = await change({ id: made.id, maxUses: null, validUntil: null });
    expect(unlimited).toEqual({ ...made, maxUses: null, validUntil: null });
    expect(await audited(made.id)).toMatchObject([
      { action: "discount.create" },
      { action: "discount.change", before: { maxUses: 3 }, after: { maxUses: 5 } },
      { action: "discount.change", before: { maxUses: 5 }, after: { maxUses: null } },
    ]);
  });

  it("is refused below what is used, and says how often that is", async () => {
    const made = await create({ maxUses: 5 });
    await database().db.update(discountCode).set({ used: 4 }).where(eq(discountCode.id, made.id));
    await expect(change({ id: made.id, maxUses: 3 })).rejects.toMatchObject({
      body: {
        code: "Conflict",
        data: { reason: "below_used", entity: "discount_code", detail: "4" },
      },
    });
    expect(await change({ id: made.id, maxUses: 4 })).toMatchObject({ maxUses: 4, used: 4 });
  });

  it("takes it out of use, once for a key, and into use again", async () => {
    const made = await create();
    const wanted = { id: made.id, idempotencyKey: newKey() };
    const off = await deactivateDiscount(database().db, OPERATOR_CALL, wanted);
    expect(off).toEqual({ ...made, isActive: false });
    expect(await change({ id: made.id, isActive: true })).toEqual(made);
    expect(await deactivateDiscount(database().db, OPERATOR_CALL, wanted)).toEqual(off);
    expect((await audited(made.id)).map(({ action }) => action)).toEqual([
      "discount.create",
      "discount.deactivate",
      "discount.change",
    ]);
  });

  it("is refused for one that is not there, and for a time that ends first", async () => {
    await expect(change({ id: uuidv7(), maxUses: 1 })).rejects.toMatchObject({
      body: { code: "NotFound", data: { entity: "discount_code" } },
    });
    const made = await create({ validFrom: "2027-02-01T00:00:00.000Z" });
    await expect(
      change({ id: made.id, validUntil: "2027-01-01T00:00:00.000Z" }),
    ).rejects.toMatchObject({ body: { code: "Invalid" } });
  });
});

describe("the list", () => {
  it("has every code of a filter once, newest first, page by page", async () => {
    const { id: courseId } = await createTestCourse(database().db);
    const made: string[] = [];
    for (let at = 0; at < 5; at += 1) made.push((await create({ courseId })).id);
    await change({ id: made[2] ?? "", isActive: false });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listDiscounts>> = await listDiscounts(
        database().db,
        OPERATOR_CALL,
        { courseId, isActive: true, limit: 2, cursor },
      );
      expect(page.total).toBe(4);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([4, 3, 1, 0].map((at) => made[at]));
    const ofAmount = { courseId, kind: "amount" as const, limit: 10 };
    expect((await listDiscounts(database().db, OPERATOR_CALL, ofAmount)).items).toEqual([]);
  });

  it("refuses a cursor of another list", async () => {
    await expect(
      listDiscounts(database().db, OPERATOR_CALL, { cursor: "W10", limit: 10 }),
    ).rejects.toMatchObject({ body: { code: "Invalid" } });
  });
});
