import { describe, expect, it } from "vitest";
import { type Question, answersOf, commonOptions, openQuestions } from "./chosen.ts";

function question(overrides: Partial<Question> = {}): Question {
  return {
    id: "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c01",
    registrationId: "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c02",
    position: 1,
    status: "confirmed",
    learner: null,
    price: null,
    kind: "run_rescheduled",
    state: "open",
    options: ["stays", "another_date", "refund"],
    askedAt: "2027-01-01T00:00:00.000Z",
    decidedAt: null,
    ...overrides,
  };
}

describe("the questions of a date that has changed", () => {
  it("are open until they are answered, or nothing can be chosen any more", () => {
    const begun = question({ options: [] });
    const answered = question({ state: "stays", options: [] });
    expect(openQuestions([begun, answered, question()])).toEqual([question()]);
  });

  it("have in common what each of them can choose", () => {
    const cancelled = question({ options: ["another_date", "refund"] });
    expect(commonOptions([question(), cancelled])).toEqual(["another_date", "refund"]);
    expect(commonOptions([])).toEqual([]);
  });

  it("are answered all or not at all, each by its own name", () => {
    const second = question({ registrationId: "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c03" });
    const some = answersOf([question(), second], ({ registrationId }) =>
      registrationId === second.registrationId ? { choice: "refund" } : undefined,
    );
    expect(some).toBeUndefined();
    const toRunId = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c04";
    expect(answersOf([second], () => ({ choice: "another_date", toRunId }))).toEqual([
      {
        registrationId: second.registrationId,
        choiceId: second.id,
        choice: "another_date",
        toRunId,
      },
    ]);
  });
});
