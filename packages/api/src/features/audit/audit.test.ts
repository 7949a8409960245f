import type { AuditListInput } from "@lectern/contract/audit";
import { verifyAudit } from "@lectern/database/audit/verify";
import type { Database } from "@lectern/database/connect";
import { auditEntry } from "@lectern/database/schema/operations";
import { createTestDatabase, useTestDatabase } from "@lectern/database/testing/database";
import { startWorker } from "@lectern/jobs/worker";
import { operatorActor } from "@lectern/auth/actor";
import { transaction } from "@lectern/database/transaction";
import { waitFor } from "@lectern/database/testing/wait-for";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { recordAudit } from "../../shared/audit.ts";
import type { Call } from "../../call.ts";
import { OPERATOR_CALL, createTestVenue, testCall } from "../../testing/factories.ts";
import { signIn } from "../../testing/signed-in.ts";
import { auditJobs, auditSchedules } from "./audit-jobs.ts";
import { listAudit } from "./list-audit.ts";

const [RUN, BOOKING] = [uuidv7(), uuidv7()];

async function record(
  db: Database,
  action: `${string}.${string}`,
  entityId: string,
  call = OPERATOR_CALL,
): Promise<void> {
  const [entity = ""] = action.split(".");
  const [before, after] = [{ capacity: 10 }, { capacity: 12, notes: ["a", null] }];
  await transaction(db, {}, (tx) =>
    recordAudit(tx, call, { action, entity, entityId, before, after }),
  );
}

describe("the audit log, as staff see it", () => {
  const database = useTestDatabase();

  beforeAll(async () => {
    const { db } = database();
    await record(db, "run.schedule", RUN);
    await record(db, "run.reschedule", RUN);
    await record(db, "booking.hold", BOOKING, testCall());
    await record(db, "booking.confirm", BOOKING, testCall(operatorActor("second-operator")));
    await db.insert(auditEntry).values({
      at: new Date("2020-02-03T04:05:06.789Z"),
      actorKind: "system",
      actorId: "sweep",
      action: "booking.expire",
      entity: "booking",
      entityId: BOOKING,
    });
  });

  async function list(input: Partial<z.infer<typeof AuditListInput>> = {}) {
    return await listAudit(database().db, OPERATOR_CALL, { limit: 100, ...input });
  }

  async function actions(input: Partial<z.infer<typeof AuditListInput>>) {
    const { items, total } = await list(input);
    expect(total).toBe(items.length);
    return items.map(({ action }) => action);
  }

  it("tells who did what from where, what was written last first", async () => {
    const { items } = await list();

    expect(items.map(({ action }) => action)).toEqual([
      "booking.expire",
      "booking.confirm",
      "booking.hold",
      "run.reschedule",
      "run.schedule",
    ]);
    expect(items[3]).toEqual({
      id: 2,
      at: expect.stringMatching(/^\d{4}-.*Z$/u) as string,
      actor: { kind: "operator", id: "test-operator", name: null },
      action: "run.reschedule",
      entity: "run",
      entityId: RUN,
      named: null,
      before: { capacity: 10 },
      after: { capacity: 12, notes: ["a", null] },
      requestId: "test-request",
      address: "192.0.2.7",
      client: "test",
      sealedAs: null,
    });
  });

  it.each([
    ["what it is about", { entity: "run", entityId: RUN }, ["run.reschedule", "run.schedule"]],
    ["who did it", { actorId: "second-operator" }, ["booking.confirm"]],
    ["what kind of actor did it", { actorKind: "public" as const }, ["booking.hold"]],
    ["the begin of what was done", { action: "run.re" }, ["run.reschedule"]],
    // An underscore is a letter here, and no wildcard.
    ["that begin, letter by letter", { action: "ru_" }, []],
    [
      "a time from which on",
      { from: "2020-02-03T04:05:06.790Z", entity: "booking" },
      ["booking.confirm", "booking.hold"],
    ],
    ["a time before which", { to: "2020-02-03T04:05:06.790Z" }, ["booking.expire"]],
    ["a time that is not included", { to: "2020-02-03T04:05:06.789Z" }, []],
    [
      "all of these",
      { entity: "booking", action: "booking", actorKind: "system" as const },
      ["booking.expire"],
    ],
  ])("is narrowed by %s", async (_what, input, expected) => {
    expect(await actions(input)).toEqual(expected);
  });

  it("says what things and people are called, to who may see them", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const venueId = await createTestVenue(db, { name: "Quay House", city: "Oslo" });
    const editor = await signIn(db, { role: "administrator" });
    const byEditor = testCall(await editor.actor());
    await record(db, "venue.update", venueId, byEditor);
    await record(db, "person.suspend", editor.id);
    const seen = async (call: Call) => {
      const { items } = await listAudit(db, call, { limit: 10 });
      return items.map(({ named, actor }) => [named, actor.name]);
    };
    expect(await seen(OPERATOR_CALL)).toEqual([
      [editor.name, null],
      ["Quay House, Oslo", editor.name],
    ]);
    expect(await seen(testCall())).toEqual([
      [null, null],
      ["Quay House, Oslo", null],
    ]);
  });

  it("comes over its pages, each entry once", async () => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);

    expect(seen).toEqual([5, 4, 3, 2, 1]);
    await expect(list({ cursor: "bm9uc2Vuc2U" })).rejects.toMatchObject({ code: "Invalid" });
  });
});

describe("the worker", () => {
  it("seals what is written while it runs, by itself", { timeout: 40_000 }, async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    await record(db, "run.schedule", RUN);
    const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const worker = await startWorker({
      db,
      handlers: auditJobs({ db }),
      schedules: auditSchedules,
      logger: silent,
      pollingIntervalSeconds: 0.05,
    });
    const isSealed = async (count: number) => {
      const { items } = await listAudit(db, OPERATOR_CALL, { limit: 10 });
      return items.length === count && items.every(({ sealedAs }) => sealedAs !== null);
    };
    await waitFor(() => isSealed(1), 15_000);
    await record(db, "run.reschedule", RUN);
    await waitFor(() => isSealed(2), 15_000);
    await worker.stop();

    expect(await verifyAudit(db)).toMatchObject({ sealed: 2, unsealed: 0, firstFault: null });
  });
});
