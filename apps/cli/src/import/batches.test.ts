import { domainError } from "@lectern/client/testing";
import type { ImportOutcome } from "@lectern/contract/courses";
import { describe, expect, it } from "vitest";
import { Batches } from "./batches.ts";

function outcome(externalId: string): ImportOutcome {
  return { externalId, id: null, result: "created", reasons: [] };
}

function batches(answers: readonly (Error | "ok")[]) {
  const sent: string[][] = [];
  const outcomes: string[] = [];
  let call = 0;
  const made = new Batches<string, number>({
    signal: new AbortController().signal,
    send: (items) => {
      sent.push(items.map((item) => item.slice(0, 10)));
      const answer = answers[call];
      call += 1;
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve({ outcomes: items.map(outcome) });
    },
    onOutcome: (result, item, context) => {
      expect(result.externalId).toBe(item);
      outcomes.push(`${item.slice(0, 10)} ${context}`);
    },
  });
  return { made, sent, outcomes };
}

const busy = domainError("Unavailable", { retryAfterSeconds: 1 });

describe("batches", () => {
  it("are no larger than what a server takes", async () => {
    const { made, sent, outcomes } = batches([]);
    for (let at = 0; at < 5; at += 1) await made.add("x".repeat(900_000), at);
    await made.flush();

    expect(sent.map((batch) => batch.length)).toEqual([2, 2, 1]);
    expect(outcomes).toHaveLength(5);
  });

  it("are sent again when an academy that answered before is busy", async () => {
    const { made, sent, outcomes } = batches(["ok", busy, "ok"]);
    await made.add("a", 1);
    await made.flush();
    await made.add("b", 2);
    await made.flush();

    expect(sent).toEqual([["a"], ["b"], ["b"]]);
    expect(outcomes).toEqual(["a 1", "b 2"]);
  });

  it("fail at once when the academy never answered, or says no", async () => {
    const never = batches([busy]);
    await never.made.add("a", 1);
    await expect(never.made.flush()).rejects.toMatchObject({ code: "Unavailable" });
    expect(never.sent).toHaveLength(1);

    const refused = batches(["ok", domainError("Unauthenticated", {})]);
    await refused.made.add("a", 1);
    await refused.made.flush();
    await refused.made.add("b", 2);
    await expect(refused.made.flush()).rejects.toMatchObject({ code: "Unauthenticated" });
    expect(refused.sent).toHaveLength(2);
  });
});
