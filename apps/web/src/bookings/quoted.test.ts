import { describe, expect, it } from "vitest";
import { isQuoted, isQuotedHold } from "./quoted.ts";

function booking(kind: "base" | "quote", status: "held" | "confirmed" | "expired" = "held") {
  const price = { amount: 1000, currency: "NOK" };
  const step = {
    kind,
    amount: 1000,
    basisPoints: null,
    detail: kind === "quote" ? "Q-1042" : null,
  };
  return {
    status,
    registrations: [
      {
        id: "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d",
        position: 1,
        status: "reserved" as const,
        learner: null,
        price,
        taxCategory: "standard" as const,
        priceExplanation: [step],
        successor: null,
        fee: null,
      },
    ],
  };
}

describe("a booking that comes of a quote", () => {
  it("is known by its prices", () => {
    expect(isQuoted(booking("quote"))).toBe(true);
    expect(isQuoted(booking("base"))).toBe(false);
    expect(isQuoted({ registrations: [] })).toBe(false);
  });

  it("can be confirmed while it is held, and after its time", () => {
    expect(isQuotedHold(booking("quote"))).toBe(true);
    expect(isQuotedHold(booking("quote", "expired"))).toBe(true);
    expect(isQuotedHold(booking("quote", "confirmed"))).toBe(false);
    expect(isQuotedHold(booking("base"))).toBe(false);
  });
});
