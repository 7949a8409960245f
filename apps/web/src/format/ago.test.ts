import { describe, expect, it } from "vitest";
import { inLanguage } from "../server/page-language.ts";
import { formatAgo } from "./ago.ts";

const NOW = Date.parse("2027-03-01T12:00:00Z");

describe("how long ago something was", () => {
  it("is told in the largest unit that it fills", () => {
    expect(formatAgo("2027-03-01T11:59:01Z", NOW)).toBe("now");
    expect(formatAgo("2027-03-01T11:59:00Z", NOW)).toBe("1 min ago");
    expect(formatAgo("2027-03-01T11:00:01Z", NOW)).toBe("59 min ago");
    expect(formatAgo("2027-03-01T00:00:00Z", NOW)).toBe("12 hr ago");
    expect(formatAgo("2027-02-28T12:00:00Z", NOW)).toBe("1 day ago");
    expect(formatAgo("2027-01-01T12:00:00Z", NOW)).toBe("59 days ago");
  });

  it("is never ahead, however wrong a clock is", () => {
    expect(formatAgo("2027-03-02T12:00:00Z", NOW)).toBe("now");
  });

  it("is told in the language of the page", async () => {
    const told = await inLanguage("nb", () =>
      Promise.resolve(formatAgo("2027-02-27T12:00:00Z", NOW)),
    );
    expect(told).toBe("for 2 d. siden");
  });
});
