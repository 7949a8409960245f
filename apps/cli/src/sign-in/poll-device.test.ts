import { LecternError, type RouterOutputs } from "@lectern/client";
import { createMockClient, domainError } from "@lectern/client/testing";
import { describe, expect, it } from "vitest";
import { pollDevice } from "./poll-device.ts";

type Polled = RouterOutputs["devices"]["poll"];

const BEGUN = {
  deviceCode: "x".repeat(43),
  userCode: "BCDF-GHJK",
  verificationUrl: "https://academy.example/device",
  intervalSeconds: 5,
  expiresInSeconds: 600,
};
const GRANTED: Polled = {
  state: "granted",
  token: "lectern_pat_x",
  about: {
    id: "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d",
    name: "cli",
    permissions: [],
    owner: { id: "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3e", name: "Ada" },
    state: "active",
    createdAt: "2027-01-01T00:00:00.000Z",
    expiresAt: "2027-04-01T00:00:00.000Z",
    lastUsedAt: null,
    lastUsedAddress: null,
    revokedAt: null,
  },
};

/** An academy that answers so, one after the other; the last for good. Time passes by waiting alone. */
function polling(...answers: readonly (Polled | Error)[]) {
  const waits: number[] = [];
  const controller = new AbortController();
  let at = 0;
  let time = 0;
  const { client, calls } = createMockClient({
    devices: {
      poll: () => {
        const answer = answers[Math.min(at, answers.length - 1)];
        at += 1;
        if (answer === undefined || answer instanceof Error) throw answer ?? new Error("gone");
        return answer;
      },
    },
  });
  const outcome = () =>
    pollDevice(client, BEGUN, {
      signal: controller.signal,
      now: () => time,
      wait: (ms, signal) => {
        waits.push(ms / 1000);
        time += ms;
        return signal.aborted ? Promise.reject(new Error("Stopped")) : Promise.resolve();
      },
    });
  return { outcome, waits, calls, controller };
}

const PENDING: Polled = { state: "pending" };
const SLOW_DOWN: Polled = { state: "slow_down" };

describe("asking whether somebody decided", () => {
  it("waits before each question, as long as it was told", async () => {
    const { outcome, waits, calls } = polling(PENDING, PENDING, GRANTED);
    expect(await outcome()).toEqual(GRANTED);
    expect(waits).toEqual([5, 5, 5]);
    expect(calls.map(({ procedure }) => procedure)).toEqual(
      Array.from({ length: 3 }, () => "devices.poll"),
    );
  });

  it("is slower from then on each time that it was too fast", async () => {
    const { outcome, waits } = polling(PENDING, SLOW_DOWN, PENDING, SLOW_DOWN, GRANTED);
    expect(await outcome()).toEqual(GRANTED);
    expect(waits).toEqual([5, 5, 10, 10, 15]);
  });

  it.each(["denied", "expired"] as const)("ends when it was %s", async (state) => {
    const { outcome, calls } = polling(PENDING, { state });
    expect(await outcome()).toEqual({ state });
    expect(calls).toHaveLength(2);
  });

  it("goes on over failures that pass, half as often each time", async () => {
    const { outcome, waits } = polling(
      new TypeError("no network"),
      domainError("Unavailable", { retryAfterSeconds: 1 }),
      GRANTED,
    );
    expect(await outcome()).toEqual(GRANTED);
    expect(waits).toEqual([5, 10, 20]);
  });

  it("does not go on over others", async () => {
    const { outcome, calls } = polling(domainError("Invalid", { issues: [] }));
    await expect(outcome()).rejects.toThrow(LecternError);
    expect(calls).toHaveLength(1);
  });

  it("ends by itself when nobody decides, even if the academy is not there to say so", async () => {
    for (const answer of [PENDING, new TypeError("no network")]) {
      const { outcome, waits } = polling(answer);
      expect(await outcome()).toEqual({ state: "expired" });
      expect(waits.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThanOrEqual(600);
    }
  });

  it("stops at once when it is stopped", async () => {
    const { outcome, controller, calls } = polling(PENDING);
    controller.abort();
    await expect(outcome()).rejects.toThrow("Stopped");
    expect(calls).toHaveLength(0);
  });
});
