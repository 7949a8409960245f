import { EVERYWHERE } from "@lectern/auth/actor";
import { auditEntry } from "@lectern/database/schema/operations";
import { courseRun } from "@lectern/database/schema/scheduling";
import { createTestDatabase, useTestDatabase } from "@lectern/database/testing/database";
import { and, asc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { systemCall } from "../../shared/system-call.ts";
import {
  OPERATOR_CALL,
  type TestRunOptions,
  createTestRun,
  newKey,
  testCall,
} from "../../testing/factories.ts";
import { queuedMails } from "../../testing/queued-mails.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { confirmBooking } from "../bookings/confirm-booking.ts";
import { holdPlaces } from "../bookings/hold-places.ts";
import { moveRunsOn } from "./advance-runs.ts";
import { confirmAtMinimum, confirmRun } from "./confirm-run.ts";
import { findInvitation } from "./find-invitation.ts";
import { listUndecidedRuns } from "./list-undecided-runs.ts";
import { confirmAllAtMinimum, warnOfUndecided } from "./undecided-runs.ts";

const database = useTestDatabase();
const { accessKeys, fields } = testCall();

function worker(changed: (runId: string) => void = () => {}) {
  return systemCall({ accessKeys, fields, changed }, newKey());
}

type RunValues = NonNullable<TestRunOptions["values"]>;

const tentative = (values: RunValues = {}) =>
  createTestRun(database().db, { values: { status: "tentative", minPlaces: 3, ...values } });

async function book(runId: string, places: number) {
  const { db } = database();
  const held = await holdPlaces(db, testCall(), { runId, places, idempotencyKey: newKey() });
  return confirmBooking(db, testCall(), {
    reference: held.reference,
    accessKey: held.accessKey,
    booker: { name: "Ingrid Berg", email: `ingrid-${newKey()}@example.com` },
    learners: [],
    acceptsTerms: true,
    idempotencyKey: newKey(),
  });
}

async function statusOf(runId: string) {
  const [run] = await database().db.select().from(courseRun).where(eq(courseRun.id, runId));
  return run?.status;
}

async function historyOf(runId: string) {
  const rows = await database()
    .db.select({ action: auditEntry.action, actor: auditEntry.actorKind, after: auditEntry.after })
    .from(auditEntry)
    .where(and(eq(auditEntry.entityId, runId), eq(auditEntry.entity, "run")))
    .orderBy(asc(auditEntry.id));
  return rows;
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

describe("confirming a run", () => {
  it("by staff needs no minimum, and tells its bookers", async () => {
    const { db } = database();
    const run = await tentative();
    const key = newKey();
    const input = { id: run.id, version: 1, idempotencyKey: key };
    const confirmed = await confirmRun(db, OPERATOR_CALL, input);
    expect(confirmed).toMatchObject({ status: "confirmed", version: 2 });
    expect(await confirmRun(db, OPERATOR_CALL, input)).toEqual(confirmed);
    expect(await queuedMails(db, run.id)).toEqual(["run_confirmed"]);
    expect(await historyOf(run.id)).toMatchObject([
      { action: "run.confirm", actor: "operator", after: { status: "confirmed" } },
    ]);
    expect(
      await refusalOf(confirmRun(db, OPERATOR_CALL, { ...input, idempotencyKey: newKey() })),
    ).toMatchObject({ data: { reason: "changed_meanwhile" } });
    expect(
      await refusalOf(
        confirmRun(db, OPERATOR_CALL, { ...input, version: 2, idempotencyKey: newKey() }),
      ),
    ).toMatchObject({ data: { reason: "wrong_state", detail: "confirmed" } });
  });

  it("happens by itself at its minimum: places of confirmed bookings count", async () => {
    const { db } = database();
    const run = await tentative();
    await book(run.id, 2);
    await holdPlaces(db, testCall(), { runId: run.id, places: 4, idempotencyKey: newKey() });
    expect(await confirmAtMinimum(db, worker(), run.id)).toBe(false);
    await book(run.id, 1);
    const changed: string[] = [];
    expect(
      await confirmAtMinimum(
        db,
        worker((id) => changed.push(id)),
        run.id,
      ),
    ).toBe(true);
    expect(changed).toEqual([run.id]);
    expect(await statusOf(run.id)).toBe("confirmed");
    expect(await historyOf(run.id)).toMatchObject([
      { action: "run.confirm", actor: "system", after: { booked: 3, minPlaces: 3 } },
    ]);
    expect(await confirmAtMinimum(db, worker(), run.id)).toBe(false);
    expect(await queuedMails(db, run.id)).toEqual(["run_confirmed"]);
  });

  it("is asked for by the bookings, and happens once when two come together", async () => {
    const { db } = database();
    for (let round = 0; round < 4; round += 1) {
      const run = await tentative();
      const bookAndConsider = async (places: number) => {
        await book(run.id, places);
        // What the worker does with the job that the booking has left.
        return confirmAtMinimum(db, worker(), run.id);
      };
      const outcomes = await Promise.all([bookAndConsider(2), bookAndConsider(1)]);
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await historyOf(run.id)).toHaveLength(1);
      const { count } = await db.execute(
        sql`SELECT FROM pgboss.job WHERE name = 'runs.consider' AND data ->> 'runId' = ${run.id}::text`,
      );
      expect(count).toBe(2);
    }
  });

  it("is left to staff without a minimum, after the start, and for a draft", async () => {
    const { db } = database();
    const unlimited = await tentative({ minPlaces: 0 });
    await book(unlimited.id, 3);
    const begun = await tentative();
    await book(begun.id, 3);
    const past = sql`now() - interval '1 hour'`;
    await db.update(courseRun).set({ startsAt: past }).where(eq(courseRun.id, begun.id));
    const draft = await tentative({ status: "draft", minPlaces: 0 });
    for (const { id } of [unlimited, begun, draft]) {
      expect(await confirmAtMinimum(db, worker(), id)).toBe(false);
    }
    expect(await confirmAtMinimum(db, worker(), newKey())).toBe(false);
  });

  it("is made up for by a sweep", async () => {
    const { db } = database();
    const [ready, short] = [await tentative(), await tentative()];
    await book(ready.id, 3);
    await book(short.id, 2);
    expect(await confirmAllAtMinimum(db, worker())).toBe(1);
    expect(await statusOf(ready.id)).toBe("confirmed");
    expect(await statusOf(short.id)).toBe("tentative");
    expect(await confirmAllAtMinimum(db, worker())).toBe(0);
  });
});

describe("a run about which somebody has to decide", () => {
  it("is warned of once, when the date is near and the minimum is not reached", async () => {
    const { db } = database();
    const near = await tentative({ decisionAt: inDays(2) });
    const far = await tentative({ decisionAt: inDays(4) });
    const full = await tentative({ decisionAt: inDays(2) });
    await book(full.id, 3);
    const open = await tentative({ decisionAt: inDays(2), minPlaces: 0 });
    const decided = await tentative({ decisionAt: inDays(2), status: "confirmed" });
    const both = await Promise.all([warnOfUndecided(db, worker()), warnOfUndecided(db, worker())]);
    expect(both.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await queuedMails(db, near.id)).toEqual(["run_undecided"]);
    expect(await queuedMails(db, open.id)).toEqual(["run_undecided"]);
    for (const { id } of [far, full, decided]) expect(await queuedMails(db, id)).toEqual([]);
    expect(await historyOf(near.id)).toMatchObject([{ action: "run.warn", actor: "system" }]);
    expect(await warnOfUndecided(db, worker())).toBe(0);
  });

  it("is in the list of staff, most urgent first, a page at a time", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const make = (values: RunValues) =>
      createTestRun(db, { values: { status: "tentative", minPlaces: 3, ...values } });
    const overdue = await make({ decisionAt: inDays(-2) });
    const near = await make({ decisionAt: inDays(2) });
    await make({ decisionAt: inDays(5) });
    await make({});
    const begun = await make({});
    const anHourAgo = sql`now() - interval '1 hour'`;
    await db.update(courseRun).set({ startsAt: anHourAgo }).where(eq(courseRun.id, begun.id));
    const ask = (cursor: string | null, limit: number) =>
      listUndecidedRuns(db, EVERYWHERE, { cursor, limit });
    const { items, total } = await ask(null, 10);
    expect(total).toBe(3);
    expect(
      items.map(({ run, isOverdue, bookedPlaces }) => [run.id, isOverdue, bookedPlaces]),
    ).toEqual([
      [overdue.id, true, 0],
      [begun.id, true, 0],
      [near.id, false, 0],
    ]);
    const first = await ask(null, 2);
    const rest = await ask(first.nextCursor, 2);
    expect([...first.items, ...rest.items]).toEqual(items);
  });
});

describe("the clock", () => {
  it("moves confirmed runs on as they begin and end, and leaves tentative ones to staff", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
    const make = (status: "tentative" | "confirmed" | "cancelled", from: number, to: number) =>
      createTestRun(db, { values: { status, startsAt: hours(from), endsAt: hours(to) } });
    const future = await make("confirmed", 1, 2);
    const running = await make("confirmed", -1, 1);
    const over = await make("confirmed", -3, -1);
    const undecided = await make("tentative", -3, -1);
    const cancelled = await make("cancelled", -3, -1);
    const changed: string[] = [];
    expect(
      await moveRunsOn(
        db,
        worker((id) => changed.push(id)),
      ),
    ).toBe(3);
    const rows = await db.select().from(courseRun);
    const states = new Map(rows.map(({ id, status }) => [id, status]));
    expect([future, running, over, undecided, cancelled].map(({ id }) => states.get(id))).toEqual([
      "confirmed",
      "in_progress",
      "completed",
      "tentative",
      "cancelled",
    ]);
    expect(changed.toSorted()).toEqual([running.id, over.id, over.id].toSorted());
    const history = await db
      .select({ action: auditEntry.action })
      .from(auditEntry)
      .where(eq(auditEntry.entityId, over.id))
      .orderBy(asc(auditEntry.id));
    expect(history.map(({ action }) => action)).toEqual(["run.begin", "run.complete"]);
    expect(await Promise.all([moveRunsOn(db, worker()), moveRunsOn(db, worker())])).toEqual([0, 0]);
  });

  it("moves more runs than go into one transaction, each once whoever does it", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const { courseId, ...row } = await createTestRun(db);
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await db.insert(courseRun).values(
      Array.from({ length: 230 }, () => ({
        ...row,
        courseId,
        id: newKey(),
        startsAt: anHourAgo,
      })),
    );
    const moves = await Promise.all([moveRunsOn(db, worker()), moveRunsOn(db, worker())]);
    expect(moves.reduce((sum, count) => sum + count, 0)).toBe(230);
    expect(await db.$count(courseRun, eq(courseRun.status, "in_progress"))).toBe(230);
    expect(await db.$count(auditEntry, eq(auditEntry.action, "run.begin"))).toBe(230);
  });
});

describe("an invitation", () => {
  it("opens a private run, always with the same key, and no other", async () => {
    const { db } = database();
    const run = await createTestRun(db, { values: { visibility: "private" } });
    const other = await createTestRun(db, { values: { visibility: "private" } });
    const { invitationKey } = await findInvitation(db, OPERATOR_CALL, { id: run.id });
    expect(await findInvitation(db, OPERATOR_CALL, { id: run.id })).toEqual({
      id: run.id,
      invitationKey,
    });
    const hold = (runId: string) =>
      holdPlaces(db, testCall(), { runId, places: 1, invitationKey, idempotencyKey: newKey() });
    expect((await hold(run.id)).places).toBe(1);
    expect(await refusalOf(hold(other.id))).toMatchObject({ data: { reason: "private" } });
  });

  it("is not needed for a public run, and not to be had for one that does not exist", async () => {
    const { db } = database();
    const { id } = await createTestRun(db);
    expect(await refusalOf(findInvitation(db, OPERATOR_CALL, { id }))).toMatchObject({
      data: { reason: "wrong_state", detail: "public" },
    });
    expect((await refusalOf(findInvitation(db, OPERATOR_CALL, { id: newKey() }))).code).toBe(
      "NotFound",
    );
  });
});
