import type { QuoteForCustomer } from "@lectern/contract/quotes";
import type { BookingStatus } from "@lectern/contract/vocabulary";
import { describe, expect, it } from "vitest";
import { outcomeOf } from "./quote-words.ts";

function after(status: QuoteForCustomer["status"], booking?: BookingStatus, isWithdrawn = false) {
  const made = { reference: "LC-7K3F-92QD", accessKey: "k".repeat(43), expiresAt: null };
  return outcomeOf({
    status,
    isWithdrawn,
    booking: booking === undefined ? null : { ...made, status: booking },
  });
}

describe("what became of a quote", () => {
  it("is its state, and whether staff ended it", () => {
    expect(after("sent")).toBe("sent");
    expect(after("declined")).toBe("declined");
    expect(after("expired")).toBe("expired");
    expect(after("expired", undefined, true)).toBe("withdrawn");
  });

  it("is how its booking stands, once it was accepted", () => {
    expect(after("accepted", "held")).toBe("held");
    expect(after("accepted", "awaiting_approval")).toBe("open");
    expect(after("accepted", "awaiting_payment")).toBe("open");
    expect(after("accepted", "confirmed")).toBe("confirmed");
    expect(after("accepted", "cancelled")).toBe("cancelled");
    expect(after("accepted", "expired")).toBe("lapsed");
  });
});
