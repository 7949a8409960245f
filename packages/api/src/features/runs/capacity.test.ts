import { runCapacity, seatAllocation } from "@lectern/database/schema/bookings";
import { auditEntry } from "@lectern/database/schema/operations";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { OPERATOR_CALL, createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { letLapse } from "../../testing/lapse.ts";
import { assertInvariants } from "../../testing/ledger.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { createFullRun, createOfferedRun, joinedBy, statesOf } from "../../testing/waiting.ts";
import { holdPlaces } from "../bookings/hold-places.ts";
import { blockPlaces } from "./block-places.ts";
import { cancelRun } from "./cancel-run.ts";
import { changeCapacity } from "./change-capacity.ts";
import { readLedger } from "./read-ledger.ts";
import { unblockPlaces } from "./unblock-places.ts";

const database = useTestDatabase();

function change(id: string, capacity: number, idempotencyKey = newKey()) {
  return changeCapacity(database().db, OPERATOR_CALL, {
    id,
    capacity,
    reason: "Another room",
    idempotencyKey,
  });
}

function hold(runId: string, places: number) {
  return holdPlaces(database().db, testCall(), { runId, places, idempotencyKey: newKey() });
}

function block(id: string, quantity: number, idempotencyKey = newKey()) {
  return blockPlaces(database().db, OPERATOR_CALL, {
    id,
    quantity,
    reason: "Two chairs are missing",
    idempotencyKey,
  });
}

describe("more capacity", () => {
  it("goes to the waiting list at once, and then to newcomers", async () => {
    const { db } = database();
    const run = await createFullRun(db, [2]);
    await joinedBy(db, run.id, { quantity: 2 });
    await joinedBy(db, run.id);
    expect(await change(run.id, 4)).toEqual({ id: run.id, capacity: 4, taken: 4, placesLeft: 0 });
    expect(await statesOf(db, run.id)).toEqual(["offered", "waiting"]);
    expect(await change(run.id, 7)).toMatchObject({ capacity: 7, taken: 5, placesLeft: 2 });
    expect(await statesOf(db, run.id)).toEqual(["offered", "offered"]);
    expect((await hold(run.id, 2)).places).toBe(2);
    await assertInvariants(db, run.id);
  });

  it("comes once for a key", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 5 });
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 3 }, () => change(run.id, 8, key)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const changes = await db.$count(
      auditEntry,
      and(eq(auditEntry.entityId, run.id), eq(auditEntry.action, "run.change_capacity")),
    );
    expect(changes).toBe(1);
    expect((await refusalOf(change(run.id, 9, key))).code).toBe("IdempotencyMismatch");
  });

  it("and newcomers who race for it leave no place over, and nobody without one who waited", async () => {
    const { db } = database();
    for (let round = 0; round < 3; round += 1) {
      const run = await createFullRun(db, [1]);
      for (let index = 0; index < 5; index += 1) await joinedBy(db, run.id);
      const outcomes = await Promise.allSettled([
        change(run.id, 9),
        ...Array.from({ length: 20 }, () => hold(run.id, 1)),
      ]);
      const held = outcomes.slice(1).filter(({ status }) => status === "fulfilled").length;
      expect(held).toBeLessThanOrEqual(3);
      expect(new Set(await statesOf(db, run.id))).toEqual(new Set(["offered"]));
      await assertInvariants(db, run.id);
    }
  });
});

describe("less capacity", () => {
  it("is refused below what is taken, with what would have to move, newest first", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 9 });
    const first = await hold(run.id, 2);
    const second = await hold(run.id, 3);
    const { allocationId } = await block(run.id, 2);
    const last = await hold(run.id, 1);
    const body = await refusalOf(change(run.id, 5));
    expect(body).toMatchObject({
      code: "CapacityBelowTaken",
      data: { runId: run.id, taken: 8, requested: 5 },
    });
    if (body.code !== "CapacityBelowTaken") throw new Error("It was refused for another reason");
    expect(
      body.data.mustMove.map(({ kind, quantity, reference }) => ({ kind, quantity, reference })),
    ).toEqual([
      { kind: "hold", quantity: 1, reference: last.reference },
      { kind: "block", quantity: 2, reference: null },
    ]);
    expect(body.data.mustMove[1]?.allocationId).toBe(allocationId);
    const deeper = await refusalOf(change(run.id, 4));
    if (deeper.code !== "CapacityBelowTaken") throw new Error("It was refused otherwise");
    expect(deeper.data.mustMove.map(({ reference }) => reference)).toEqual([
      last.reference,
      null,
      second.reference,
    ]);
    expect(first.places).toBe(2);
    const [counter] = await db.select().from(runCapacity).where(eq(runCapacity.runId, run.id));
    expect(counter?.capacity).toBe(9);
    expect(await change(run.id, 8)).toMatchObject({ placesLeft: 0 });
    await assertInvariants(db, run.id);
  });

  it("names offers with their entries, and does not count what is past its time", async () => {
    const { db } = database();
    const { run, first } = await createOfferedRun(db, [2]);
    const body = await refusalOf(change(run.id, 3));
    expect(body).toMatchObject({
      data: { mustMove: [{ kind: "offer", quantity: 2, waitlistEntryId: first.entryId }] },
    });
    const other = await createTestRun(db, { capacity: 3 });
    const { reference } = await hold(other.id, 3);
    await letLapse(db, reference);
    expect(await change(other.id, 1)).toMatchObject({ taken: 0, placesLeft: 1 });
    await assertInvariants(db, other.id);
  });

  it("never gets below what claims take at the same time", async () => {
    const { db } = database();
    for (let round = 0; round < 4; round += 1) {
      const run = await createTestRun(db, { capacity: 12 });
      await Promise.allSettled([
        ...Array.from({ length: 8 }, () => hold(run.id, 1)),
        change(run.id, 4),
        ...Array.from({ length: 8 }, () => hold(run.id, 1)),
      ]);
      await assertInvariants(db, run.id);
    }
  });
});

describe("blocked places", () => {
  it("are taken until they are given back, to the waiting list first", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 3 });
    const blocked = await block(run.id, 3);
    expect(blocked).toMatchObject({ capacity: 3, taken: 3, placesLeft: 0 });
    expect((await refusalOf(hold(run.id, 1))).code).toBe("SoldOut");
    await joinedBy(db, run.id, { quantity: 2 });
    const { allocationId } = blocked;
    const unblock = (idempotencyKey: string) =>
      unblockPlaces(db, OPERATOR_CALL, { allocationId, idempotencyKey });
    const key = newKey();
    const freed = await unblock(key);
    expect(freed).toEqual({ id: run.id, capacity: 3, taken: 2, placesLeft: 1, allocationId });
    expect(await unblock(key)).toEqual(freed);
    expect(await refusalOf(unblock(newKey()))).toMatchObject({
      code: "Conflict",
      data: { reason: "wrong_state", entity: "allocation" },
    });
    expect(await statesOf(db, run.id)).toEqual(["offered"]);
    await assertInvariants(db, run.id);
  });

  it("are refused where there are fewer, and happen once for a key", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 3 });
    const key = newKey();
    const [first, again] = await Promise.all([block(run.id, 2, key), block(run.id, 2, key)]);
    expect(again).toEqual(first);
    expect(await refusalOf(block(run.id, 2))).toEqual({
      code: "SoldOut",
      data: { runId: run.id, placesLeft: 1, requested: 2 },
    });
    await assertInvariants(db, run.id);
  });

  it("are refused on a cancelled run, and can't be those of a booking", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 3 });
    await hold(run.id, 1);
    const [allocation] = await db
      .select()
      .from(seatAllocation)
      .where(eq(seatAllocation.runId, run.id));
    const input = { allocationId: allocation?.id ?? "", idempotencyKey: newKey() };
    expect((await refusalOf(unblockPlaces(db, OPERATOR_CALL, input))).code).toBe("NotFound");
    await cancelRun(db, OPERATOR_CALL, {
      id: run.id,
      version: 1,
      reason: "Too few",
      idempotencyKey: newKey(),
    });
    expect(await refusalOf(block(run.id, 1))).toMatchObject({ data: { reason: "wrong_state" } });
  });

  it("and claims that race for the last places share them out", async () => {
    const { db } = database();
    for (let round = 0; round < 4; round += 1) {
      const run = await createTestRun(db, { capacity: 6 });
      await Promise.allSettled([
        ...Array.from({ length: 6 }, () => hold(run.id, 1)),
        block(run.id, 3),
        ...Array.from({ length: 6 }, () => hold(run.id, 1)),
      ]);
      await assertInvariants(db, run.id);
      const [counter] = await db.select().from(runCapacity).where(eq(runCapacity.runId, run.id));
      expect(counter?.taken).toBe(6);
    }
  });
});

describe("the ledger of a run", () => {
  it("lists who has its places, newest first, a page at a time", async () => {
    const { db } = database();
    const { run, first } = await createOfferedRun(db, [2, 1]);
    await run.free();
    const held = await hold(run.id, 1).catch(() => null);
    expect(held).toBeNull();
    await change(run.id, 6);
    const { reference } = await hold(run.id, 2);
    const ask = (cursor: string | null, limit: number) =>
      readLedger(db, OPERATOR_CALL, { id: run.id, cursor, limit });
    const whole = await ask(null, 100);
    expect(whole).toMatchObject({
      id: run.id,
      capacity: 6,
      taken: 6,
      placesLeft: 0,
      isOpen: true,
      waiting: 0,
      total: 4,
      nextCursor: null,
    });
    expect(whole.items.map(({ kind, quantity }) => [kind, quantity])).toEqual([
      ["hold", 2],
      ["offer", 1],
      ["offer", 2],
      ["block", 1],
    ]);
    expect(whole.items[0]).toMatchObject({ reference, waitlistEntryId: null, note: null });
    expect(whole.items[2]).toMatchObject({ reference: null, waitlistEntryId: first.entryId });
    expect(whole.items[3]).toMatchObject({ note: "Chairs are missing", expiresAt: null });
    const [page, rest] = await Promise.all([ask(null, 3), ask((await ask(null, 3)).nextCursor, 3)]);
    expect([...page.items, ...rest.items]).toEqual(whole.items);
    expect((await refusalOf(readLedger(db, OPERATOR_CALL, { id: newKey(), limit: 1 }))).code).toBe(
      "NotFound",
    );
    await assertInvariants(db, run.id);
  });
});
