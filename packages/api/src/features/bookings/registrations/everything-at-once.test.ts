import { useTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  OPERATOR_CALL,
  createTestCourse,
  createTestRun,
  newKey,
  testCall,
} from "../../../testing/factories.ts";
import { letLapse } from "../../../testing/lapse.ts";
import {
  createTestBooking,
  holdTestPlaces,
  newLearner,
  outcomesOf,
  queueTestParty,
  seatsOf,
} from "../../../testing/registrations.ts";
import { cancelBooking } from "../cancel-booking.ts";
import { findBooking } from "../find-booking.ts";
import { lockCounter } from "../places/counter.ts";
import { cancelRegistrations } from "./cancel-registrations.ts";
import { choose } from "./choose.ts";
import { claimPlace } from "./claim-place.ts";
import { createClaimLink } from "./create-claim-link.ts";
import { openChoices } from "./open-choices.ts";
import { substituteLearner } from "./substitute-learner.ts";
import { transferRegistrations } from "./transfer-registrations.ts";

const database = useTestDatabase({ poolSize: 10 });
const call = testCall();

const RUNS = 3;

/** Done, or a rule that says no; a claim link is not found once another learner was named meanwhile. */
const ANSWER =
  /^(done|Invalid|NotFound|SoldOut|Conflict (wrong_state|duplicate_learner|already_exists))$/u;

const step = fc.record({
  kind: fc.constantFrom(
    "cancel",
    "cancel all",
    "transfer",
    "substitute",
    "claim",
    "hold",
    "lapse",
    "ask",
    "choose",
  ),
  booking: fc.nat(),
  seat: fc.nat(2),
  run: fc.nat(RUNS - 1),
  choice: fc.constantFrom("stays" as const, "another_date" as const, "refund" as const),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Known {
  readonly reference: string;
  readonly accessKey: string;
}

/** What a random step is done to: bookings are added as steps make them. */
interface World {
  readonly runs: readonly string[];
  readonly bookings: Known[];
}

async function createWorld(): Promise<World> {
  const { db } = database();
  const { id: courseId } = await createTestCourse(db);
  const runs: string[] = [];
  const bookings: Known[] = [];
  for (let index = 0; index < RUNS; index += 1) {
    const { id } = await createTestRun(db, { courseId, capacity: 8 });
    runs.push(id);
    bookings.push(await createTestBooking(db, id, 3, [newLearner()]));
    bookings.push(await createTestBooking(db, id, 2));
    await queueTestParty(db, id, 2);
    await queueTestParty(db, id, 1);
  }
  return { runs, bookings };
}

async function perform({ runs, bookings }: World, wanted: Step): Promise<void> {
  const { db } = database();
  const proof = bookings[wanted.booking % bookings.length];
  const runId = runs[wanted.run] ?? "";
  if (proof === undefined) return;
  const { reference, accessKey } = proof;
  const detail = await findBooking(db, call, proof);
  const seat = detail.registrations[wanted.seat % detail.registrations.length];
  const registrationId = seat?.id ?? "";
  const idempotencyKey = newKey();
  const key = { reference, accessKey, idempotencyKey };
  switch (wanted.kind) {
    case "cancel":
      await cancelRegistrations(db, call, { ...key, registrationIds: [registrationId] });
      return;
    case "cancel all":
      await cancelBooking(db, call, key);
      return;
    case "transfer": {
      const live = detail.registrations.filter(({ status }) => status === "confirmed");
      const registrationIds = live.slice(0, wanted.seat + 1).map(({ id }) => id);
      if (registrationIds.length === 0) return;
      const input = { ...key, registrationIds, toRunId: runId };
      bookings.push((await transferRegistrations(db, call, input)).to);
      return;
    }
    case "substitute": {
      const learner = { name: "Kari", email: `${wanted.seat}@example.com` };
      await substituteLearner(db, call, { ...key, registrationId, learner });
      return;
    }
    case "claim": {
      const link = await createClaimLink(db, call, { ...key, registrationId });
      const learner = { name: "Ola", email: `${wanted.seat}@example.com` };
      await claimPlace(db, call, { ...link, learner, acceptsTerms: true, idempotencyKey });
      return;
    }
    case "hold":
      bookings.push(await holdTestPlaces(db, runId, wanted.seat + 1));
      return;
    case "lapse":
      if (detail.status === "held") await letLapse(db, reference);
      return;
    case "ask":
      await transaction(db, {}, async (tx) => {
        await lockCounter(tx, runId);
        await openChoices(tx, OPERATOR_CALL, runId, "run_rescheduled");
      });
      return;
    case "choose": {
      const { choice } = wanted;
      const { moved } = await choose(db, call, {
        ...key,
        choices: [{ registrationId, choice, toRunId: runId }],
      });
      bookings.push(...moved);
      return;
    }
  }
}

async function deadlocks(): Promise<unknown> {
  const { rows } = await database().db.execute(sql`
    SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`);
  return rows;
}

describe("everything at once", () => {
  it("is refused by rules alone, waits for nobody for ever, and leaves all ledgers right", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 60 }), async (steps) => {
        const world = await createWorld();
        // Ten at a time, so that later steps find what earlier ones have made.
        for (let from = 0; from < steps.length; from += 10) {
          const outcomes = await Promise.allSettled(
            steps.slice(from, from + 10).map((wanted) => perform(world, wanted)),
          );
          for (const outcome of outcomesOf(outcomes)) expect(outcome).toMatch(ANSWER);
          for (const runId of world.runs) {
            const { taken, allocated, wrong } = await seatsOf(database().db, runId);
            expect([allocated, wrong]).toEqual([taken, 0]);
          }
        }
      }),
      { numRuns: 3, endOnFailure: true },
    );
    expect(await deadlocks()).toEqual([{ deadlocks: 0 }]);
  }, 120_000);
});
