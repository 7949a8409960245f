import { describe, expect, it } from "vitest";
import { deadlineOf, formatTimeLeft, spokenTimeLeft } from "./time-left.ts";

describe("the time left", () => {
  it("is the server's, however wrong the device's clock", () => {
    const answeredAt = Date.parse("2001-01-01T00:00:00.000Z");
    const deadline = deadlineOf("2027-03-01T08:15:00.000Z", "2027-03-01T08:00:00.000Z", answeredAt);
    expect(deadline - answeredAt).toBe(15 * 60_000);
  });

  it("is shown by the second, with hours where there are some", () => {
    expect(formatTimeLeft(0)).toBe("0:00");
    expect(formatTimeLeft(899)).toBe("14:59");
    expect(formatTimeLeft(3600)).toBe("1:00:00");
    expect(formatTimeLeft(86_399)).toBe("23:59:59");
  });

  it("is told in few words to who listens", () => {
    expect(spokenTimeLeft(7300)).toEqual({ unit: "hours", value: 2 });
    expect(spokenTimeLeft(3599)).toEqual({ unit: "minutes", value: 59 });
    expect(spokenTimeLeft(59)).toEqual({ unit: "seconds" });
  });
});
