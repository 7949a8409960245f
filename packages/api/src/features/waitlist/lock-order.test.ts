import { seatAllocation, waitlistEntry } from "@lectern/database/schema/bookings";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { OPERATOR_CALL, newKey } from "../../testing/factories.ts";
import { assertInvariants } from "../../testing/ledger.ts";
import { answersOf, createOfferedRun, joinedBy } from "../../testing/waiting.ts";
import { lockCounter } from "../bookings/places/counter.ts";
import { blockPlaces } from "../runs/block-places.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { changeCapacity } from "../runs/change-capacity.ts";
import { rescheduleRun } from "../runs/reschedule-run.ts";

/**
 * Whoever changes places locks the run, then its counter, then everything else: so no two of them wait
 * for each other in a circle, which would only be seen under load.
 */

const database = useTestDatabase({ poolSize: 3 });

type Offered = Awaited<ReturnType<typeof createOfferedRun>>;

const answers = () => answersOf(database().db);
const moving = { version: 1, reason: "The room is painted" };

const acts: [string, (offered: Offered) => Promise<unknown>][] = [
  ["joining", ({ run }) => joinedBy(database().db, run.id)],
  ["accepting", ({ first }) => answers().accept(first)],
  ["declining", ({ first }) => answers().decline(first)],
  ["leaving", ({ first }) => answers().withdraw(first)],
  ["unblocking places", ({ run }) => run.free()],
  [
    "blocking places",
    ({ run: { id } }) =>
      blockPlaces(database().db, OPERATOR_CALL, {
        id,
        quantity: 1,
        reason: "A guest",
        idempotencyKey: newKey(),
      }).catch(() => {}),
  ],
  [
    "a change of capacity",
    ({ run: { id } }) =>
      changeCapacity(database().db, OPERATOR_CALL, {
        id,
        capacity: 9,
        reason: "Another room",
        idempotencyKey: newKey(),
      }),
  ],
  [
    "cancelling a run",
    ({ run: { id } }) =>
      cancelRun(database().db, OPERATOR_CALL, { id, ...moving, idempotencyKey: newKey() }),
  ],
  [
    "moving a run",
    ({ run: { id } }) =>
      rescheduleRun(database().db, OPERATOR_CALL, {
        id,
        ...moving,
        pattern: {
          from: `${new Date().getUTCFullYear() + 1}-05-03`,
          sessions: 1,
          start: "09:00",
          end: "17:00",
          weekdays: ["mon", "tue", "wed", "thu", "fri"],
          skipDates: [],
        },
        idempotencyKey: newKey(),
      }),
  ],
];

async function isSomebodyWaiting(): Promise<boolean> {
  const { rows } = await database().db.execute<{ waiting: number }>(sql`
    SELECT count(*)::int AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`);
  return (rows[0]?.waiting ?? 0) > 0;
}

/** Fails at once if somebody else has locked one of them. */
async function lockTheRest(tx: Transaction, runId: string): Promise<void> {
  for (const table of [seatAllocation, waitlistEntry]) {
    const rows = await tx
      .select({ id: table.id })
      .from(table)
      .where(eq(table.runId, runId))
      .for("update", { noWait: true });
    expect(rows.length).toBeGreaterThan(0);
  }
}

describe("the order of locks", () => {
  it.each(acts)("has the counter first: %s", async (_name, act) => {
    const { db } = database();
    const offered = await createOfferedRun(db, [1, 1]);
    const { id } = offered.run;
    let acting: Promise<unknown> = Promise.resolve();
    await transaction(db, {}, async (tx) => {
      await lockCounter(tx, id);
      acting = act(offered);
      await vi.waitUntil(isSomebodyWaiting, { timeout: 10_000, interval: 10 });
      await lockTheRest(tx, id);
    });
    await acting;
    await assertInvariants(db, id);
  });

  it.each(acts.filter(([name]) => name.endsWith("a run")))(
    "has the run before the counter: %s",
    async (_name, act) => {
      const { db } = database();
      const offered = await createOfferedRun(db, [1, 1]);
      const { id } = offered.run;
      let acting: Promise<unknown> = Promise.resolve();
      await transaction(db, {}, async (tx) => {
        await tx
          .select({ id: courseRun.id })
          .from(courseRun)
          .where(eq(courseRun.id, id))
          .for("no key update");
        acting = act(offered);
        await vi.waitUntil(isSomebodyWaiting, { timeout: 10_000, interval: 10 });
        await tx.execute(
          sql`SELECT FROM run_capacity WHERE run_id = ${id}::uuid FOR UPDATE NOWAIT`,
        );
        await lockTheRest(tx, id);
      });
      await acting;
      await assertInvariants(db, id);
    },
  );
});
