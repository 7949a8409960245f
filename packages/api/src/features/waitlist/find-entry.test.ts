import { useTestDatabase } from "@lectern/database/testing/database";
import { describe, expect, it } from "vitest";
import { OPERATOR_CALL, newKey, testCall } from "../../testing/factories.ts";
import { letOfferLapse } from "../../testing/lapse.ts";
import { refusalOf } from "../../testing/refusal.ts";
import {
  answersOf,
  createFullRun,
  createOfferedRun,
  joinedBy,
  partyAt,
} from "../../testing/waiting.ts";
import { declineOffer } from "./decline-offer.ts";
import { findEntry } from "./find-entry.ts";

const database = useTestDatabase();
const call = testCall();
const answers = () => answersOf(database().db);

describe("an entry, for whoever has its key", () => {
  it("shows the position, then the offer, then the booking", async () => {
    const { db } = database();
    const run = await createFullRun(db, [1, 1]);
    const first = await joinedBy(db, run.id);
    const second = await joinedBy(db, run.id, { name: "Kari Lie", company: "Lie AS" });
    expect(await answers().find(second)).toMatchObject({
      status: "waiting",
      position: 2,
      partiesBefore: 1,
      name: "Kari Lie",
      company: "Lie AS",
      run: { id: run.id, placesLeft: 0 },
      offer: null,
      booking: null,
      endedAt: null,
    });
    expect((await answers().find(first)).position).toBe(1);
    await answers().withdraw(first);
    expect(await answers().find(second)).toMatchObject({ position: 1, partiesBefore: 0 });
    await run.free();
    expect(await answers().find(second)).toMatchObject({
      status: "offered",
      position: null,
      partiesBefore: null,
      offer: { quantity: 1 },
    });
    const accepted = await answers().accept(second);
    const seen = await answers().find(second);
    expect(seen).toMatchObject({ status: "accepted", offer: null });
    expect(seen.booking).toEqual({
      reference: accepted.reference,
      accessKey: accepted.accessKey,
    });
    expect(Date.parse(seen.endedAt ?? "")).not.toBeNaN();
  });

  it("is shown as lapsed as soon as its time is over", async () => {
    const { first } = await createOfferedRun(database().db, [1]);
    await letOfferLapse(database().db, first.entryId);
    expect(await answers().find(first)).toMatchObject({ status: "lapsed", offer: null });
  });

  it("is not there for anybody else, but for staff", async () => {
    const { parties } = await createOfferedRun(database().db, [1, 1]);
    const [first, second] = [partyAt(parties, 0), partyAt(parties, 1)];
    const wrong = { entryId: first.entryId, accessKey: second.accessKey };
    const { find, accept, decline, withdraw } = answers();
    for (const attempt of [find, accept, decline, withdraw]) {
      expect(await refusalOf(attempt(wrong))).toMatchObject({ code: "NotFound" });
    }
    const { entryId } = first;
    expect((await refusalOf(findEntry(database().db, call, { entryId }))).code).toBe("NotFound");
    const byStaff = await findEntry(database().db, OPERATOR_CALL, { entryId });
    expect(byStaff.status).toBe("offered");
    const declined = await declineOffer(database().db, OPERATOR_CALL, {
      entryId,
      idempotencyKey: newKey(),
    });
    expect(declined.status).toBe("declined");
  });
});
