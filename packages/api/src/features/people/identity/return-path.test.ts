import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { returnPathOf } from "./return-path.ts";

const SITE = "https://academy.example";

describe("the path to return to", () => {
  it.each([
    ["/", "/"],
    ["/account", "/account"],
    ["/courses/sql?page=2&q=a%20b#dates", "/courses/sql?page=2&q=a%20b#dates"],
    ["/a/../b", "/b"],
    ["/kurs/ålesund", "/kurs/%C3%A5lesund"],
    ["/?next=https://evil.example", "/?next=https://evil.example"],
  ])("of %j is %j", (wanted, path) => {
    expect(returnPathOf(wanted)).toBe(path);
  });

  it.each([
    "",
    "account",
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "/\u0000/evil.example",
    "/\u2028/evil.example",
    "/\u0085/evil.example",
    " //evil.example",
    "\t//evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "/%2e%2e//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "?next=//evil.example",
    `/${"a".repeat(2048)}`,
    `/${"å".repeat(1000)}`,
  ])("of %j is the start page", (wanted) => {
    expect(returnPathOf(wanted)).toBe("/");
  });

  it("leads nowhere but to the site, whatever is wanted", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "%2e",
      "%2f",
      "%5c",
      "@",
      ":",
      "?",
      "#",
      "a",
    );
    const tricky = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 3 })))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(
        fc.oneof(
          tricky,
          fc.string(),
          fc.webUrl(),
          tricky.map((rest) => `/${rest}`),
        ),
        (wanted) => {
          const path = returnPathOf(wanted);
          expect(path).toMatch(/^\/(?![/\\])/u);
          expect(new URL(path, SITE).origin).toBe(SITE);
          // What a page does with the parts of an address is safe as well.
          expect(new URL(path, SITE).pathname).toMatch(/^\/(?!\/)/u);
          expect(returnPathOf(path)).toBe(path);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
