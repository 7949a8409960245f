import { describe, expect, it } from "vitest";
import { type Aftermath, type Entry, type StoredBooking, findContradictions } from "./history.ts";

const RUN = { id: "run", capacity: 4, taken: 2, allocated: 2 };
const BOOKING: StoredBooking = {
  reference: "LC-1",
  runId: "run",
  status: "held",
  places: 2,
  allocated: 2,
};
const HOLD: Entry = {
  kind: "hold",
  key: "k1",
  outcome: "ok",
  runId: "run",
  places: 2,
  reference: "LC-1",
};

function after(changes: Partial<Aftermath> = {}): Aftermath {
  return { bookings: [BOOKING], holdKeys: new Map([["k1", "LC-1"]]), runs: [RUN], ...changes };
}
const change = (kind: "confirm" | "cancel", outcome: Entry["outcome"]): Entry => ({
  kind,
  key: `${kind}-${outcome}`,
  outcome,
  reference: "LC-1",
});
const booking = (changes: Partial<StoredBooking>) =>
  after({ bookings: [{ ...BOOKING, ...changes }] });

describe("a history without contradictions", () => {
  it.each<[string, Entry[], Aftermath]>([
    ["a hold", [HOLD], after()],
    [
      "an unknown hold that was made",
      [{ ...HOLD, outcome: "unknown", reference: undefined }],
      after(),
    ],
    [
      "an unknown hold that was not",
      [{ ...HOLD, outcome: "unknown", reference: undefined }],
      after({ bookings: [], holdKeys: new Map(), runs: [{ ...RUN, taken: 0, allocated: 0 }] }),
    ],
    ["a confirmation", [HOLD, change("confirm", "ok")], booking({ status: "confirmed" })],
    [
      "an unknown confirmation",
      [HOLD, change("confirm", "unknown")],
      booking({ status: "confirmed" }),
    ],
    [
      "a cancellation after a confirmation",
      [HOLD, change("confirm", "ok"), change("cancel", "ok")],
      {
        ...booking({ status: "cancelled", allocated: 0 }),
        runs: [{ ...RUN, taken: 0, allocated: 0 }],
      },
    ],
  ])("is %s", (_name, history, aftermath) => {
    expect(findContradictions(history, aftermath)).toEqual([]);
  });
});

describe("a contradiction is found:", () => {
  it.each<[string, Entry[], Aftermath, RegExp]>([
    ["an acknowledged hold is lost", [HOLD], after({ bookings: [], holdKeys: new Map() }), /lost/u],
    [
      "a key has made two bookings",
      [HOLD],
      after({ bookings: [BOOKING, { ...BOOKING, reference: "LC-2" }] }),
      /LC-2 was made by no request/u,
    ],
    [
      "a key has another booking than was told",
      [HOLD],
      after({ holdKeys: new Map([["k1", "LC-2"]]) }),
      /its key has LC-2/u,
    ],
    [
      "a booking has other places than were told",
      [HOLD],
      booking({ places: 1, allocated: 1 }),
      /not what/u,
    ],
    ["a refused hold was made", [{ ...HOLD, outcome: "refused" }], after(), /refused, and LC-1/u],
    ["a booking was made by a key of nobody", [], after(), /nobody has used/u],
    [
      "a confirmation is lost",
      [HOLD, change("confirm", "ok")],
      after(),
      /confirmation of LC-1 is lost/u,
    ],
    [
      "a cancellation is lost",
      [HOLD, change("cancel", "ok")],
      after(),
      /cancellation of LC-1 is lost/u,
    ],
    [
      "nobody has cancelled",
      [HOLD],
      booking({ status: "cancelled" }),
      /has 2 places instead of 0/u,
    ],
    [
      "nobody has confirmed",
      [HOLD, change("confirm", "refused")],
      booking({ status: "confirmed" }),
      /confirmed by nobody/u,
    ],
    [
      "a counter is wrong",
      [HOLD],
      after({ runs: [{ ...RUN, taken: 3 }] }),
      /counts 3 places, and has 2/u,
    ],
    ["a run is oversold", [HOLD], after({ runs: [{ ...RUN, capacity: 1 }] }), /2 of 1 places/u],
  ])("%s", (_name, history, aftermath, expected) => {
    expect(findContradictions(history, aftermath).join("\n")).toMatch(expected);
  });
});
