import { runCapacity, waitlistEntry } from "@lectern/database/schema/bookings";
import { auditEntry } from "@lectern/database/schema/operations";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { asc, eq, sql } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { OPERATOR_CALL, createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { keptAnswers } from "../../testing/kept-answers.ts";
import { assertInvariants } from "../../testing/ledger.ts";
import { queuedMails } from "../../testing/queued-mails.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { createFullRun, joinedBy } from "../../testing/waiting.ts";
import { joinWaitlist } from "./join-waitlist.ts";
import { withdrawEntry } from "./withdraw-entry.ts";

const database = useTestDatabase();
const seen: string[] = [];

async function fullRun(...blocks: number[]) {
  const run = await createFullRun(database().db, blocks);
  seen.push(run.id);
  return run;
}

const join = (runId: string, overrides: Parameters<typeof joinedBy>[2] = {}) =>
  joinedBy(database().db, runId, overrides);

afterEach(async () => {
  for (const runId of seen.splice(0)) await assertInvariants(database().db, runId);
});

describe("joining a waiting list", () => {
  it("gives a place in the line, with a key to look after it", async () => {
    const { db } = database();
    const run = await fullRun(2);
    const first = await join(run.id, { quantity: 2, takesFewer: true });
    const second = await join(run.id);
    expect(first).toMatchObject({
      runId: run.id,
      status: "waiting",
      quantity: 2,
      takesFewer: true,
      position: 1,
      partiesBefore: 0,
      offer: null,
    });
    expect(second).toMatchObject({ position: 2, partiesBefore: 1 });
    expect(testCall().accessKeys.isKeyFor("waitlist", first.entryId, first.accessKey)).toBe(true);
    expect(second.accessKey).not.toBe(first.accessKey);
    expect(await queuedMails(db, first.entryId)).toEqual(["waitlist_joined"]);
    const [counter] = await db.select().from(runCapacity).where(eq(runCapacity.runId, run.id));
    expect(counter?.waiting).toBe(2);
  });

  it("keeps who it is for out of the audit log and the kept answer", async () => {
    const { db } = database();
    const run = await fullRun(1);
    const { entryId } = await join(run.id, { email: "kari@example.com", name: "Kari Lie" });
    const audit = await db.select().from(auditEntry).where(eq(auditEntry.entityId, entryId));
    expect(audit.map(({ action }) => action)).toEqual(["waitlist.join"]);
    expect(JSON.stringify(audit)).not.toMatch(/kari/iu);
    const answers = await keptAnswers(db);
    expect(answers).toContain(entryId);
    expect(answers).not.toMatch(/kari|accessKey/iu);
  });

  it("gives a repeated key its first answer, and refuses it with another body", async () => {
    const run = await fullRun(1);
    const input = { email: "per@example.com", idempotencyKey: newKey() };
    const first = await join(run.id, input);
    await join(run.id);
    expect(await join(run.id, input)).toEqual(first);
    expect((await refusalOf(join(run.id, { ...input, quantity: 2 }))).code).toBe(
      "IdempotencyMismatch",
    );
  });

  it("gives distinct positions to many at once, in the order of their tickets", async () => {
    const run = await fullRun(1);
    const joined = await Promise.all(Array.from({ length: 20 }, () => join(run.id)));
    expect(joined.map(({ position }) => position ?? 0).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    const line = await database()
      .db.select({ id: waitlistEntry.id })
      .from(waitlistEntry)
      .where(eq(waitlistEntry.runId, run.id))
      .orderBy(asc(waitlistEntry.ticket));
    expect(line.map(({ id }) => id)).toEqual(
      joined
        .toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0))
        .map(({ entryId }) => entryId),
    );
  });

  it("offers places at once that a larger group before could not take", async () => {
    const run = await fullRun(1, 1);
    await run.free();
    await join(run.id, { quantity: 2 });
    const small = await join(run.id);
    expect(small).toMatchObject({ status: "offered", position: null, offer: { quantity: 1 } });
    expect(await queuedMails(database().db, small.entryId)).toEqual(["offer"]);
  });

  it("is refused while there are as many places, and nobody waits for them", async () => {
    const run = await fullRun(2, 1);
    await run.free();
    expect(await refusalOf(join(run.id, { quantity: 2 }))).toEqual({
      code: "Conflict",
      data: { reason: "places_free", entity: "run", detail: "2" },
    });
    expect((await join(run.id, { quantity: 3 })).position).toBe(1);
  });

  it("is refused for an address that stands in this queue, in any letter case, until it has left", async () => {
    const run = await fullRun(1);
    const first = await join(run.id, { email: "ola@example.com" });
    expect(await refusalOf(join(run.id, { email: "OLA@example.com" }))).toMatchObject({
      code: "Conflict",
      data: { reason: "already_exists", entity: "waitlist_entry" },
    });
    const other = await fullRun(1);
    await join(other.id, { email: "ola@example.com" });
    await withdrawEntry(database().db, testCall(), { ...first, idempotencyKey: newKey() });
    expect((await join(run.id, { email: "ola@example.com" })).position).toBe(1);
  });

  it("is refused for more places than one booker may have", async () => {
    const { db } = database();
    const run = await createFullRun(db, [5], { values: { placesPerBooker: 3 } });
    expect(await refusalOf(join(run.id, { quantity: 4 }))).toMatchObject({
      code: "TooManyPlaces",
      data: { limit: 3, alreadyBooked: 0, requested: 4 },
    });
    expect((await join(run.id, { quantity: 3 })).position).toBe(1);
  });

  it("refuses a time zone that does not exist, and a run that does not", async () => {
    const run = await fullRun(1);
    expect(await refusalOf(join(run.id, { timeZone: "Europe/Atlantis" }))).toMatchObject({
      data: { issues: [{ path: "timeZone" }] },
    });
    expect((await refusalOf(join(newKey()))).code).toBe("NotFound");
  });

  const hour = sql`interval '1 hour'`;
  it.each([
    ["a draft", { status: "draft" as const }, "NotFound"],
    ["a run that was cancelled", { status: "cancelled" as const }, "cancelled"],
    ["a private run", { visibility: "private" as const }, "private"],
    ["a run that has begun", { startsAt: sql`now() - ${hour}` }, "closed"],
    [
      "a run whose booking is not open yet",
      { bookingOpensAt: sql`now() + ${hour}` },
      "not_open_yet",
    ],
    ["a run whose booking is closed", { bookingClosesAt: sql`now() - ${hour}` }, "closed"],
    [
      "a run so near that nothing will be offered",
      { startsAt: sql`now() + ${hour}`, offerLeadMinutes: 90 },
      "closed",
    ],
  ])("refuses %s", async (_name, values, expected) => {
    const { db } = database();
    const run = await fullRun(1);
    await db.update(courseRun).set(values).where(eq(courseRun.id, run.id));
    const body = await refusalOf(join(run.id));
    expect(body.code === "NotBookable" ? body.data.reason : body.code).toBe(expected);
  });

  it("lets those into the queue of a private run who were invited, and staff", async () => {
    const { db } = database();
    const run = await createFullRun(db, [1], { values: { visibility: "private" } });
    const other = await createTestRun(db);
    const { accessKeys } = testCall();
    const wrong = accessKeys.keyFor("invitation", other.id);
    expect(await refusalOf(join(run.id, { invitationKey: wrong }))).toMatchObject({
      data: { reason: "private" },
    });
    const right = accessKeys.keyFor("invitation", run.id);
    expect((await join(run.id, { invitationKey: right })).position).toBe(1);
    const byStaff = await joinWaitlist(db, OPERATOR_CALL, {
      runId: run.id,
      quantity: 1,
      takesFewer: false,
      name: "Aud Lie",
      email: "aud@example.com",
      idempotencyKey: newKey(),
    });
    expect(byStaff.position).toBe(2);
  });
});
