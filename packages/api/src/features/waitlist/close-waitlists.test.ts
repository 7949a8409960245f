import { runCapacity, waitlistEntry } from "@lectern/database/schema/bookings";
import { auditEntry } from "@lectern/database/schema/operations";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { newKey, testCall } from "../../testing/factories.ts";
import { letOfferLapse } from "../../testing/lapse.ts";
import { assertInvariants } from "../../testing/ledger.ts";
import { queuedMails } from "../../testing/queued-mails.ts";
import { createOfferedRun, partyAt, statesOf } from "../../testing/waiting.ts";
import { systemCall } from "../../shared/system-call.ts";
import { closeWaitlists } from "./close-waitlists.ts";

const database = useTestDatabase();
const { accessKeys, fields } = testCall();

function close(changed: (runId: string) => void = () => {}) {
  return closeWaitlists(database().db, systemCall({ accessKeys, fields, changed }, newKey()));
}

describe("the waiting list of a run", () => {
  const hour = sql`interval '1 hour'`;
  it.each([
    ["that has begun", { startsAt: sql`now() - ${hour}` }],
    ["that is in progress", { status: "in_progress" as const }],
    ["whose booking is closed", { bookingClosesAt: sql`now() - ${hour}` }],
    ["so near that nothing is offered", { startsAt: sql`now() + ${hour}`, offerLeadMinutes: 90 }],
  ])("%s is closed for those who wait, and they are told", async (_name, values) => {
    const { db } = database();
    const { run, parties } = await createOfferedRun(db, [1, 2, 1]);
    const { run: other } = await createOfferedRun(db, [1, 1]);
    await db.update(courseRun).set(values).where(eq(courseRun.id, run.id));
    const changed: string[] = [];
    expect(await close((runId) => changed.push(runId))).toBe(2);
    expect(changed).toEqual([run.id]);
    // An offer that was made stands until its own time is over.
    expect(await statesOf(db, run.id)).toEqual(["offered", "closed", "closed"]);
    expect(await statesOf(db, other.id)).toEqual(["offered", "waiting"]);
    const closed = partyAt(parties, 1).entryId;
    expect(await queuedMails(db, closed)).toEqual(["waitlist_joined", "waitlist_closed"]);
    const [entry] = await db.select().from(waitlistEntry).where(eq(waitlistEntry.id, closed));
    expect(entry?.endedAt).not.toBeNull();
    const audit = await db.select().from(auditEntry).where(eq(auditEntry.entityId, closed));
    expect(audit.at(-1)).toMatchObject({ action: "waitlist.close", actorKind: "system" });
    expect(await close()).toBe(0);
    await assertInvariants(db, run.id);
  });

  it("lets an offer lapse that is past its time, before it is closed", async () => {
    const { db } = database();
    const { run, first } = await createOfferedRun(db, [1, 1]);
    await db
      .update(courseRun)
      .set({ bookingClosesAt: sql`now() - ${hour}` })
      .where(eq(courseRun.id, run.id));
    await letOfferLapse(db, first.entryId);
    expect(await close()).toBe(1);
    expect(await statesOf(db, run.id)).toEqual(["lapsed", "closed"]);
    const [counter] = await db.select().from(runCapacity).where(eq(runCapacity.runId, run.id));
    expect(counter).toMatchObject({ waiting: 0, taken: 2 });
    await assertInvariants(db, run.id);
  });
});
