import { describe, expect, it } from "vitest";
import { readsBest } from "../src/negotiation.ts";

describe("what somebody reads best", () => {
  it.each([
    ["nb", "nb"],
    ["nb-NO,nb;q=0.9,en;q=0.8", "nb-NO"],
    ["en;q=0.5, nb;q=0.9", "nb"],
    ["en;q=0, nb;q=0.1", "nb"],
    ["*", null],
    ["", null],
    [undefined, null],
    ["'; drop table course", null],
    ["x".repeat(100), null],
    [`${"zz,".repeat(5000)}nb`, "zz"],
  ])("of %s is %s", (header, language) => {
    expect(readsBest(header)).toBe(language);
  });
});
