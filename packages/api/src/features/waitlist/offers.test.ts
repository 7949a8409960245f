import type { WaitlistStanding } from "@lectern/contract/waitlist";
import { waitlistEntry } from "@lectern/database/schema/bookings";
import { waitlistSkip } from "@lectern/database/schema/waitlist";
import { auditEntry, outbox } from "@lectern/database/schema/operations";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, asc, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newKey, testCall } from "../../testing/factories.ts";
import { assertInvariants } from "../../testing/ledger.ts";
import { queuedMails } from "../../testing/queued-mails.ts";
import { letOfferLapse } from "../../testing/lapse.ts";
import { type FullRun, createFullRun, joinedBy } from "../../testing/waiting.ts";
import { settlePlaces } from "../bookings/places/settle-places.ts";
import { findEntry } from "./find-entry.ts";

/** What becomes of places that were given back, while others wait for them. */

const database = useTestDatabase();

interface Party {
  readonly quantity: number;
  readonly takesFewer: boolean;
}

async function lineUp(run: FullRun, parties: readonly Party[]): Promise<string[]> {
  const ids: string[] = [];
  for (const party of parties) {
    ids.push((await joinedBy(database().db, run.id, party)).entryId);
  }
  return ids;
}

async function skipsOf(entryId: string) {
  const rows = await database()
    .db.select()
    .from(waitlistSkip)
    .where(eq(waitlistSkip.entryId, entryId))
    .orderBy(asc(waitlistSkip.id));
  return rows.map(({ reason, free, wanted }) => ({ reason, free, wanted }));
}

/** How many places are offered to each party, in their order. */
async function offeredTo(runId: string): Promise<number[]> {
  const rows = await database()
    .db.select()
    .from(waitlistEntry)
    .where(eq(waitlistEntry.runId, runId))
    .orderBy(asc(waitlistEntry.ticket));
  return rows.map(({ offeredQuantity }) => offeredQuantity ?? 0);
}

const single = { quantity: 1, takesFewer: false };

describe("places that were given back", () => {
  it("are offered to the next in line, in the same transaction", async () => {
    const { db } = database();
    const run = await createFullRun(db, [1, 1, 1]);
    const [first = "", second = ""] = await lineUp(run, [single, single, single]);
    await run.free();
    expect(await offeredTo(run.id)).toEqual([1, 0, 0]);
    await run.free();
    expect(await offeredTo(run.id)).toEqual([1, 1, 0]);
    expect(await queuedMails(db, first)).toEqual(["waitlist_joined", "offer"]);
    const [audit] = await db
      .select()
      .from(auditEntry)
      .where(and(eq(auditEntry.entityId, second), eq(auditEntry.action, "waitlist.offer")));
    expect(audit).toMatchObject({ before: { status: "waiting" }, after: { quantity: 1 } });
    await assertInvariants(db, run.id);
  });

  it("go to a group whole or not at all, and to those after it if they fit", async () => {
    const { db } = database();
    const run = await createFullRun(db, [2, 1]);
    const [group = ""] = await lineUp(run, [
      { quantity: 3, takesFewer: false },
      { quantity: 1, takesFewer: false },
      { quantity: 4, takesFewer: true },
    ]);
    await run.free();
    expect(await offeredTo(run.id)).toEqual([0, 1, 1]);
    expect(await skipsOf(group)).toEqual([{ reason: "too_few_places", free: 2, wanted: 3 }]);
    await assertInvariants(db, run.id);
  });

  it("are logged as not enough once for the same numbers, and again for others", async () => {
    const { db } = database();
    const run = await createFullRun(db, [1, 1, 1]);
    const [group = ""] = await lineUp(run, [{ quantity: 3, takesFewer: false }]);
    await run.free();
    await settlePlaces(db, testCall(), run.id);
    await settlePlaces(db, testCall(), run.id);
    await run.free();
    expect(await skipsOf(group)).toEqual([
      { reason: "too_few_places", free: 1, wanted: 3 },
      { reason: "too_few_places", free: 2, wanted: 3 },
    ]);
    await run.free();
    expect(await offeredTo(run.id)).toEqual([3]);
    await assertInvariants(db, run.id);
  });

  it("of an offer that lapsed go to the next, and the party is out", async () => {
    const { db } = database();
    const run = await createFullRun(db, [1]);
    const [first = "", second = ""] = await lineUp(run, [single, single]);
    await run.free();
    await letOfferLapse(db, first);
    await settlePlaces(db, testCall(), run.id);
    const states = await db
      .select({ status: waitlistEntry.status })
      .from(waitlistEntry)
      .where(eq(waitlistEntry.runId, run.id))
      .orderBy(asc(waitlistEntry.ticket));
    expect(states.map(({ status }) => status)).toEqual(["lapsed", "offered"]);
    expect(await queuedMails(db, first)).toEqual(["waitlist_joined", "offer", "offer_lapsed"]);
    expect(await queuedMails(db, second)).toEqual(["waitlist_joined", "offer"]);
    await assertInvariants(db, run.id);
  });

  it("are shared out as a simple model of the queue says", async () => {
    const { db } = database();
    const party = fc.record({
      quantity: fc.integer({ min: 1, max: 5 }),
      takesFewer: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(party, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        async (parties, blocks) => {
          const run = await createFullRun(db, blocks);
          await lineUp(run, parties);
          const expected = parties.map(() => 0);
          let free = 0;
          for (const block of blocks) {
            await run.free();
            free += block;
            for (const [index, { quantity, takesFewer }] of parties.entries()) {
              if (expected[index] !== 0 || free === 0) continue;
              const fits = quantity <= free ? quantity : takesFewer ? free : 0;
              expected[index] = fits;
              free -= fits;
            }
            expect(await offeredTo(run.id)).toEqual(expected);
            await assertInvariants(db, run.id);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it("pass over hundreds of groups to reach those who fit, in order", async () => {
    const { db } = database();
    const run = await createFullRun(db, [15]);
    // Straight into the table: it is the service that is looked at, not the joining.
    await db.execute(sql`
      INSERT INTO waitlist_entry (id, run_id, quantity, name, email)
      SELECT gen_random_uuid(), ${run.id}::uuid, CASE WHEN n <= 210 THEN 20 ELSE 1 END, 'P', n || '@example.com'
      FROM generate_series(1, 240) AS n ORDER BY n`);
    await db.execute(sql`UPDATE run_capacity SET waiting = 240 WHERE run_id = ${run.id}::uuid`);
    await run.free();
    const offered = await offeredTo(run.id);
    expect(offered.slice(0, 210)).toEqual(Array.from({ length: 210 }, () => 0));
    expect(offered.slice(210, 225)).toEqual(Array.from({ length: 15 }, () => 1));
    expect(offered.slice(225)).toEqual(Array.from({ length: 15 }, () => 0));
    await assertInvariants(db, run.id);
  });
});

describe("an offer stands until the earliest of", () => {
  const minutes = (count: number) => sql`now() + make_interval(mins => ${count}::int)`;
  async function minutesLeft(values: Record<string, unknown>): Promise<number> {
    const { db } = database();
    const run = await createFullRun(db, [1]);
    const { entryId, accessKey } = await joinedBy(db, run.id);
    await db.update(courseRun).set(values).where(eq(courseRun.id, run.id));
    await run.free();
    const entry: WaitlistStanding = await findEntry(db, testCall(), { entryId, accessKey });
    const { offer, serverTime } = entry;
    if (offer === null) return 0;
    const [due] = await db
      .select()
      .from(outbox)
      .where(sql`${outbox.data} ->> 'runId' = ${run.id}::text`);
    expect(due?.dueAt.toISOString()).toBe(offer.expiresAt);
    return Math.round((Date.parse(offer.expiresAt) - Date.parse(serverTime)) / 60_000);
  }

  it.each([
    ["its window", { offerMinutes: 90 }, 90],
    ["the end of booking", { offerMinutes: 90, bookingClosesAt: minutes(60) }, 60],
    [
      "the lead before the start",
      {
        offerMinutes: 90,
        bookingClosesAt: minutes(60),
        startsAt: minutes(75),
        offerLeadMinutes: 30,
      },
      45,
    ],
  ])("%s", async (_name, values, expected) => {
    expect(await minutesLeft(values)).toBe(expected);
  });

  it("and is not made when it would be over already, which is logged once", async () => {
    const { db } = database();
    const run = await createFullRun(db, [1, 1]);
    const { entryId } = await joinedBy(db, run.id, { email: `late-${newKey()}@example.com` });
    await db
      .update(courseRun)
      .set({ startsAt: minutes(60), offerLeadMinutes: 90 })
      .where(eq(courseRun.id, run.id));
    await run.free();
    await run.free();
    expect(await offeredTo(run.id)).toEqual([0]);
    expect(await skipsOf(entryId)).toEqual([{ reason: "too_late", free: 1, wanted: 1 }]);
    await assertInvariants(db, run.id);
  });
});
