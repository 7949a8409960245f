import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextPage, nextSearchOf } from "./next-page.ts";

const here = "https://academy.example";

describe("where somebody goes on", () => {
  it.each(["/courses?topic=security", "/account/security", "/device?code=ABCD-EFGH", "/a#b"])(
    "is a page of this site: %s",
    (path) => {
      expect(nextPage(path)).toBe(path);
      expect(nextSearchOf({ next: path })).toEqual({ next: path });
    },
  );

  it.each([
    undefined,
    ["/courses"],
    "",
    "courses",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "javascript:alert(1)",
    "/sign-in?next=/sign-in",
    "/sign-up",
    `/${"x".repeat(600)}`,
  ])("is one's account where the address says nothing of use: %j", (wanted) => {
    expect(nextPage(wanted)).toBe("/account");
    expect(nextSearchOf({ next: wanted })).toEqual({});
  });

  it("stays on this site, whatever somebody writes", () => {
    const part = fc.constantFrom(
      "/",
      "\\",
      "evil.example",
      "\t",
      "\n",
      "@",
      ":",
      "..",
      ".",
      "?",
      "#",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 4 }))), (parts) => {
        const next = nextPage(`/${parts.join("")}`);
        expect(new URL(next, here).origin).toBe(here);
        expect(nextPage(next)).toBe(next);
      }),
    );
  });
});
