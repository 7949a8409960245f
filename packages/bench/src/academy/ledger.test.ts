import { randomUUID } from "node:crypto";
import { holdPlaces } from "@lectern/api/features/bookings/hold-places";
import { testCall } from "@lectern/api/testing/factories";
import { accessKeys, createAccessSecret } from "@lectern/auth/access-key";
import { administer } from "@lectern/database/driver/administer";
import { createTestDatabase } from "@lectern/database/testing/database";
import { expect, test } from "vitest";
import { claimBy } from "../contenders/claim.ts";
import { openDriver } from "../contenders/driver.ts";
import { addBenchRuns, benchRunId, forgetBookings, leavePlaces } from "./bench-runs.ts";
import { LedgerViolated, checkLedger, readTraces } from "./ledger.ts";

/** A database with two of the benchmark's runs, and both ways of holding places on them. */
async function prepare() {
  const stack = new AsyncDisposableStack();
  const database = stack.use(await createTestDatabase());
  const admin = stack.use(administer(database.adminUrl));
  await addBenchRuns(admin, 2);
  const driver = openDriver(database.url);
  stack.defer(() => driver.close());
  const keys = accessKeys(createAccessSecret());
  const hold = (run = 0) => ({
    runId: benchRunId(run),
    places: 1,
    idempotencyKey: randomUUID(),
  });
  return {
    admin,
    byUseCase: () => holdPlaces(database.db, testCall(), hold()),
    byPlainStatement: (run?: number) => claimBy(driver, keys, hold(run), randomUUID()),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Names of the fields that an answer has on the wire. */
function fieldsOf(answer: unknown): string[] {
  const received: unknown = JSON.parse(JSON.stringify(answer));
  return typeof received === "object" && received !== null ? Object.keys(received).toSorted() : [];
}

test("the plain statement writes and answers what Lectern does", async () => {
  await using bench = await prepare();
  const answered = await bench.byUseCase();
  const written = await readTraces(bench.admin);
  await forgetBookings(bench.admin);
  const plainlyAnswered = await bench.byPlainStatement();
  expect(await readTraces(bench.admin)).toEqual(written);
  expect(written).toMatchObject({
    booking: [{ places: 1, status: "held", reference: "…", run_id: benchRunId(0) }],
    seat_allocation: [{ quantity: 1, kind: "hold" }],
    registration: [{ position: 1, price_amount: 125_000 }],
    audit_entry: [{ action: "booking.hold", actor_kind: "public" }],
    idempotency_key: [{ scope: "public:|bookings.hold" }],
    run_capacity: [{ taken: 1 }],
  });
  expect(fieldsOf(plainlyAnswered)).toEqual(fieldsOf(answered));
});

test("the ledger adds up after bookings, and knows how many were acknowledged", async () => {
  await using bench = await prepare();
  await checkLedger(bench.admin, 0);
  await bench.byPlainStatement(0);
  await bench.byPlainStatement(1);
  await checkLedger(bench.admin, 2);
  await expect(checkLedger(bench.admin, 3)).rejects.toThrow(
    /bookings: 2 for 3 acknowledged places/u,
  );
  await forgetBookings(bench.admin);
  await checkLedger(bench.admin, 0);
});

test("a counter that is not the sum of its allocations violates the ledger", async () => {
  await using bench = await prepare();
  await bench.byPlainStatement();
  await bench.admin.run("UPDATE run_capacity SET taken = taken + 1");
  await expect(checkLedger(bench.admin, 1)).rejects.toThrow(LedgerViolated);
  await expect(checkLedger(bench.admin, 1)).rejects.toThrow(/^.*2 counters are not the sum/u);
});

test("a run with more places taken than it has violates the ledger", async () => {
  await using bench = await prepare();
  await bench.byPlainStatement();
  await bench.admin.run("ALTER TABLE run_capacity DROP CONSTRAINT run_capacity_not_oversold");
  await bench.admin.run("UPDATE run_capacity SET capacity = 0");
  await expect(checkLedger(bench.admin, 1)).rejects.toThrow(/1 runs are oversold/u);
});

test("the last places go to as many as there are", async () => {
  await using bench = await prepare();
  await bench.byPlainStatement();
  await leavePlaces(bench.admin, 3);
  const answers = await Promise.all(Array.from({ length: 8 }, () => bench.byPlainStatement()));
  expect(answers.filter((answer) => answer !== undefined)).toHaveLength(3);
  await checkLedger(bench.admin, 4);
});
