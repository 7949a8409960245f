import type { BookingHeld } from "@lectern/contract/bookings";
import { booking, registration } from "@lectern/database/schema/bookings";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { newKey, testCall } from "../../testing/factories.ts";
import { letLapse } from "../../testing/lapse.ts";
import { assertInvariants } from "../../testing/ledger.ts";
import {
  type FullRun,
  answersOf,
  createFullRun,
  createOfferedRun,
  joinedBy,
  statesOf,
} from "../../testing/waiting.ts";
import { cancelBooking } from "../bookings/cancel-booking.ts";
import { holdPlaces } from "../bookings/hold-places.ts";
import { settlePlaces } from "../bookings/places/settle-places.ts";

const database = useTestDatabase();
const call = testCall();
const answers = () => answersOf(database().db);

describe("races", () => {
  it("are won by one of accepting and leaving", async () => {
    const { db } = database();
    for (let round = 0; round < 6; round += 1) {
      const { run, first } = await createOfferedRun(database().db, [1, 1]);
      const outcomes = await Promise.allSettled([
        answers().accept(first),
        answers().decline(first),
        answers().withdraw(first),
        answers().accept(first),
      ]);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const [first_ = "", second] = await statesOf(database().db, run.id);
      expect(["accepted", "declined", "withdrawn"]).toContain(first_);
      expect(second).toBe(first_ === "accepted" ? "waiting" : "offered");
      await assertInvariants(db, run.id);
    }
  });

  it("of accepting with the end of its time leave a booking or the next offer, never both", async () => {
    const { db } = database();
    for (let round = 0; round < 8; round += 1) {
      const { run, first } = await createOfferedRun(database().db, [1, 1]);
      // The time is over while the answers are under way.
      await db.execute(sql`
        UPDATE seat_allocation SET expires_at = clock_timestamp() + make_interval(secs => ${round * 0.004}::float8)
        WHERE waitlist_entry_id = ${first.entryId}::uuid`);
      const [accepted] = await Promise.allSettled([
        answers().accept(first),
        settlePlaces(db, call, run.id),
        settlePlaces(db, call, run.id),
      ]);
      await settlePlaces(db, call, run.id);
      const isBooked = accepted.status === "fulfilled";
      expect(await statesOf(database().db, run.id)).toEqual(
        isBooked ? ["accepted", "waiting"] : ["lapsed", "offered"],
      );
      expect(await db.$count(booking, eq(booking.runId, run.id))).toBe(isBooked ? 1 : 0);
      await assertInvariants(db, run.id);
    }
  });

  it.each([
    ["a block", async ({ run }) => run.free()],
    [
      "a booking that is cancelled",
      async ({ held }) => {
        const { reference, accessKey } = held;
        const proof = { reference, accessKey, idempotencyKey: newKey() };
        await cancelBooking(database().db, call, proof);
      },
    ],
    ["a hold whose time is over", async ({ held }) => letLapse(database().db, held.reference)],
  ] as [string, (taken: { run: FullRun; held: BookingHeld }) => Promise<void>][])(
    "of newcomers for the places of %s with those who wait go to those who wait",
    async (_name, giveBack) => {
      const { db } = database();
      const run = await createFullRun(db, [4, 4]);
      await run.free();
      const hold = (places: number) =>
        holdPlaces(db, call, { runId: run.id, places, idempotencyKey: newKey() });
      const held = await hold(4);
      for (let index = 0; index < 10; index += 1) await joinedBy(db, run.id);
      const [freed, ...claims] = await Promise.allSettled([
        giveBack({ run, held }),
        ...Array.from({ length: 50 }, () => hold(1)),
      ]);
      expect(freed.status).toBe("fulfilled");
      expect(claims.filter(({ status }) => status === "fulfilled")).toHaveLength(0);
      await settlePlaces(db, call, run.id);
      const states = await statesOf(db, run.id);
      expect(states.slice(0, 4)).toEqual(["offered", "offered", "offered", "offered"]);
      expect(new Set(states.slice(4))).toEqual(new Set(["waiting"]));
      await assertInvariants(db, run.id);
    },
  );

  it("with a move of the run's price freeze one price", async () => {
    const { db } = database();
    const { run, first } = await createOfferedRun(database().db, [2]);
    const [accepted] = await Promise.all([
      answers().accept(first),
      db.update(courseRun).set({ priceAmount: 10_000_00 }).where(eq(courseRun.id, run.id)),
    ]);
    const rows = await db
      .select({ amount: registration.priceAmount })
      .from(registration)
      .where(eq(registration.runId, run.id));
    const [one, other] = rows.map(({ amount }) => amount ?? 0);
    expect(one).toBe(other);
    expect(accepted.total?.amount).toBe((one ?? 0) + (other ?? 0));
  });
});
