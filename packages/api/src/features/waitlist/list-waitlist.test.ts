import { useTestDatabase } from "@lectern/database/testing/database";
import { describe, expect, it } from "vitest";
import { OPERATOR_CALL, newKey } from "../../testing/factories.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { answersOf, createFullRun, joinedBy } from "../../testing/waiting.ts";
import { listWaitlist } from "./list-waitlist.ts";

const database = useTestDatabase();

async function busyRun() {
  const { db } = database();
  const answers = answersOf(db);
  const run = await createFullRun(db, [1, 1, 1]);
  const join = (name: string, quantity = 1) => joinedBy(db, run.id, { name, quantity });
  const accepted = await join("Accepted");
  await run.free();
  const { reference } = await answers.accept(accepted);
  await join("Group", 4);
  const left = await join("Left");
  await join("Offered");
  await join("Waiting");
  await answers.withdraw(left);
  await run.free();
  return { run, reference };
}

describe("the waiting list, for staff", () => {
  it("is in its order, with positions, and why parties were passed over", async () => {
    const { run, reference } = await busyRun();
    const { items, total, nextCursor } = await listWaitlist(database().db, OPERATOR_CALL, {
      runId: run.id,
      limit: 100,
    });
    expect({ total, nextCursor }).toEqual({ total: 5, nextCursor: null });
    expect(
      items.map(({ name, status, position, quantity, offer }) => ({
        name,
        status,
        position,
        quantity,
        offered: offer?.quantity ?? null,
      })),
    ).toEqual([
      { name: "Accepted", status: "accepted", position: null, quantity: 1, offered: null },
      { name: "Group", status: "waiting", position: 1, quantity: 4, offered: null },
      { name: "Left", status: "withdrawn", position: null, quantity: 1, offered: null },
      { name: "Offered", status: "offered", position: null, quantity: 1, offered: 1 },
      { name: "Waiting", status: "waiting", position: 2, quantity: 1, offered: null },
    ]);
    expect(items.map((item) => item.reference)).toEqual([reference, null, null, null, null]);
    expect(items.map(({ skips }) => skips.length)).toEqual([0, 1, 0, 0, 0]);
    expect(items[1]?.skips).toMatchObject([{ reason: "too_few_places", free: 1, wanted: 4 }]);
  });

  it("comes in pages, and can be narrowed by state", async () => {
    const { run } = await busyRun();
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listWaitlist>> = await listWaitlist(
        database().db,
        OPERATOR_CALL,
        { runId: run.id, limit: 2, cursor },
      );
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(names).toEqual(["Accepted", "Group", "Left", "Offered", "Waiting"]);
    const waiting = await listWaitlist(database().db, OPERATOR_CALL, {
      runId: run.id,
      limit: 2,
      statuses: ["waiting", "offered"],
    });
    expect(waiting.total).toBe(3);
    expect(waiting.items.map(({ name, position }) => [name, position])).toEqual([
      ["Group", 1],
      ["Offered", null],
    ]);
  });

  it("is not there for a run that is not, nor for another list's cursor", async () => {
    const { db } = database();
    const { run } = await busyRun();
    const ask = (runId: string, cursor: string | null = null) =>
      refusalOf(listWaitlist(db, OPERATOR_CALL, { runId, limit: 10, cursor }));
    expect((await ask(newKey())).code).toBe("NotFound");
    expect((await ask(run.id, "WyJ0aXRsZSJd")).code).toBe("Invalid");
  });
});
