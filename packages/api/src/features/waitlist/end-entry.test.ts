import type { WaitlistJoined } from "@lectern/contract/waitlist";
import { waitlistEntry } from "@lectern/database/schema/bookings";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { testCall } from "../../testing/factories.ts";
import { letOfferLapse } from "../../testing/lapse.ts";
import { assertInvariants } from "../../testing/ledger.ts";
import { refusalOf } from "../../testing/refusal.ts";
import {
  answersOf,
  createFullRun,
  createOfferedRun,
  joinedBy,
  partyAt,
  statesOf,
} from "../../testing/waiting.ts";
import { settlePlaces } from "../bookings/places/settle-places.ts";

const database = useTestDatabase();
const call = testCall();
const answers = () => answersOf(database().db);

describe("declining an offer", () => {
  it("gives its places to the next, and ends the entry", async () => {
    const { db } = database();
    const { run, first } = await createOfferedRun(database().db, [1, 1]);
    expect(await answers().decline(first)).toEqual({
      entryId: first.entryId,
      runId: run.id,
      status: "declined",
    });
    expect(await statesOf(database().db, run.id)).toEqual(["declined", "offered"]);
    await assertInvariants(db, run.id);
  });

  it("is refused before there is an offer", async () => {
    const { parties } = await createOfferedRun(database().db, [1, 1]);
    expect(await refusalOf(answers().decline(partyAt(parties, 1)))).toMatchObject({
      data: { reason: "wrong_state", detail: "waiting" },
    });
  });

  it("by many at once gives each place to one party more", async () => {
    const { db } = database();
    const run = await createFullRun(db, [8]);
    const parties: WaitlistJoined[] = [];
    for (let index = 0; index < 20; index += 1) parties.push(await joinedBy(db, run.id));
    await run.free();
    await Promise.all(parties.slice(0, 8).map((party) => answers().decline(party)));
    expect(await statesOf(database().db, run.id)).toEqual([
      ...Array.from({ length: 8 }, () => "declined"),
      ...Array.from({ length: 8 }, () => "offered"),
      ...Array.from({ length: 4 }, () => "waiting"),
    ]);
    await assertInvariants(db, run.id);
  });
});

describe("leaving the queue", () => {
  it("moves those behind up, and gives an offer to the next", async () => {
    const { db } = database();
    const { run, parties, first } = await createOfferedRun(database().db, [1, 1, 1]);
    await answers().withdraw(partyAt(parties, 1));
    expect(await statesOf(database().db, run.id)).toEqual(["offered", "withdrawn", "waiting"]);
    expect((await answers().find(partyAt(parties, 2))).position).toBe(1);
    await answers().withdraw(first);
    expect(await statesOf(database().db, run.id)).toEqual(["withdrawn", "withdrawn", "offered"]);
    await assertInvariants(db, run.id);
  });
});

describe("what has ended", () => {
  const ways = ["accept", "decline", "withdraw"] as const;

  it.each([
    ["accepted", "accept"],
    ["declined", "decline"],
    ["withdrawn", "withdraw"],
  ] as const)("stays as it ended: %s", async (status, way) => {
    const { db } = database();
    const { run, first } = await createOfferedRun(db, [1]);
    await answers()[way](first);
    const read = () => db.select().from(waitlistEntry).where(eq(waitlistEntry.id, first.entryId));
    const before = await read();
    for (const other of ways) {
      expect(await refusalOf(answers()[other](first))).toMatchObject({
        code: "Conflict",
        data: { reason: "wrong_state", detail: status },
      });
    }
    expect(await read()).toEqual(before);
    await assertInvariants(db, run.id);
  });

  it.each(["lapsed", "closed"] as const)("stays as it ended: %s", async (status) => {
    const { db } = database();
    const { run, first } = await createOfferedRun(database().db, [1]);
    await letOfferLapse(db, first.entryId);
    await settlePlaces(db, call, run.id);
    if (status === "closed") {
      await db.update(waitlistEntry).set({ status }).where(eq(waitlistEntry.id, first.entryId));
    }
    for (const way of ways) {
      expect(await refusalOf(answers()[way](first))).toMatchObject({ data: { detail: status } });
    }
    await settlePlaces(db, call, run.id);
    expect(await statesOf(database().db, run.id)).toEqual([status]);
    await assertInvariants(db, run.id);
  });
});
