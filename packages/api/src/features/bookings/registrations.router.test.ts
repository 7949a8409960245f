import { useTestDatabase } from "@lectern/database/testing/database";
import { describe, expect, it } from "vitest";
import {
  OPERATOR_CALL,
  createTestCourse,
  createTestRun,
  newKey,
  testContext,
} from "../../testing/factories.ts";
import { createTestBooking, newLearner } from "../../testing/registrations.ts";
import { t } from "../../trpc/init.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { registrationsRouter } from "./registrations.router.ts";

/** The procedures as they are called: inputs are read, and answers keep the contract. */

const database = useTestDatabase();
const createCaller = t.createCallerFactory(registrationsRouter);

describe("registrations, by the contract", () => {
  it("are named, claimed, moved, cancelled, and asked when their date is cancelled", async () => {
    const { db } = database();
    const api = createCaller(testContext(db));
    const { id: courseId } = await createTestCourse(db);
    const [run, other] = [
      await createTestRun(db, { courseId }),
      await createTestRun(db, { courseId }),
    ];
    const { reference, accessKey, ids } = await createTestBooking(db, run.id, 4);
    const [first = "", second = "", third = "", fourth = ""] = ids;
    const proof = { reference, accessKey };
    const learner = () => ({ name: "Kari Nordmann", email: newLearner() });

    const named = await api.substitute({
      ...proof,
      registrationId: first,
      learner: learner(),
      idempotencyKey: newKey(),
    });
    expect(named.registrations[0]?.learner?.name).toBe("Kari Nordmann");

    const link = await api.claimLink({
      ...proof,
      registrationId: second,
      idempotencyKey: newKey(),
    });
    expect((await api.claimDetails(link)).isTaken).toBe(false);
    const claimed = await api.claim({
      ...link,
      learner: learner(),
      acceptsTerms: true,
      idempotencyKey: newKey(),
    });
    expect(claimed.run.id).toBe(run.id);

    const target = { ...proof, registrationIds: [third], toRunId: other.id };
    expect((await api.transferCost(target)).toPay?.amount).toBe(0);
    const moved = await api.transfer({ ...target, idempotencyKey: newKey() });
    expect(moved.from.registrations[2]?.successor?.reference).toBe(moved.to.reference);

    expect((await api.cancellationCost(proof)).fee?.amount).toBe(0);
    const cancelled = await api.cancel({
      ...proof,
      registrationIds: [fourth],
      idempotencyKey: newKey(),
    });
    expect(cancelled.status).toBe("confirmed");

    const { version, id } = run;
    await cancelRun(db, OPERATOR_CALL, { id, version, reason: "Ill", idempotencyKey: newKey() });
    const asked = await api.choices(proof);
    expect(asked.choices.map(({ registrationId }) => registrationId)).toEqual([first, second]);
    const chosen = await api.choose({
      ...proof,
      choices: [
        { registrationId: first, choice: "refund" },
        { registrationId: second, choice: "another_date", toRunId: other.id },
      ],
      idempotencyKey: newKey(),
    });
    expect(chosen.moved).toHaveLength(1);
    expect((await api.claimDetails(link)).run.id).toBe(other.id);
  });
});
