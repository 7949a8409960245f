import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Markdown } from "./markdown.tsx";
import { safeAddress } from "./safe-address.ts";

function html(text: string): string {
  return renderToStaticMarkup(<Markdown text={text} />);
}

describe("Markdown", () => {
  it("becomes the elements that it means", () => {
    const page = html("# One\n\nA *b* **c** `d`.\n\n- x\n- y\n\n> z\n\n```\n<i>\n```");
    expect(page).toContain("<h2>One</h2>");
    expect(page).toContain("<p>A <em>b</em> <strong>c</strong> <code>d</code>.</p>");
    expect(page).toContain("<li><p>x</p></li>");
    expect(page).toContain("<code>&lt;i&gt;</code>");
  });

  it("leaves HTML, images and dangerous addresses out and keeps the words", () => {
    const page = html(
      "a <script>alert(1)</script> <img src=x onerror=alert(1)>\n\n<iframe src='https://example.com'></iframe>\n\n" +
        "[press](javascript:alert(1)) [data](data:text/html,x) ![pixel](https://example.com/p.gif) [fine](https://example.com/)",
    );
    expect(page).not.toMatch(/<(?:script|img|iframe)/u);
    expect(page).not.toContain("javascript:");
    expect(page).not.toContain("data:text");
    expect(page).toContain("press");
    expect(page).toContain('<a href="https://example.com/">fine</a>');
  });

  it("never makes an element that it does not name, whatever the text", () => {
    const scrap = fc.constantFrom(
      "<",
      ">",
      "[x](",
      ")",
      "javascript:",
      "`",
      "*",
      "\n",
      "<svg onload=",
      "&lt;",
      "#",
      "- ",
      '"',
      "a",
    );
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 40 }), (scraps) => {
        const tags = html(scraps.join("")).matchAll(/<\/?([a-z0-9]+)/gu);
        for (const [, tag] of tags) {
          expect([
            "div",
            "p",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "em",
            "strong",
            "code",
            "pre",
            "blockquote",
            "ol",
            "ul",
            "li",
            "a",
            "br",
            "hr",
          ]).toContain(tag);
        }
      }),
    );
  });
});

describe("addresses in texts", () => {
  it("are linked when they lead to a page or a mailbox", () => {
    expect(safeAddress("https://example.com")).toEqual({
      href: "https://example.com",
      isOurs: false,
    });
    expect(safeAddress("mailto:a@example.com")?.isOurs).toBe(false);
    expect(safeAddress("/courses")).toEqual({ href: "/courses", isOurs: true });
  });

  it.each([
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:1",
    "data:text/html,x",
    "//evil.example",
    "/\\evil.example",
    "vbscript:x",
    "courses",
  ])("are not linked when they are %s", (address) => {
    expect(safeAddress(address)).toBeUndefined();
  });
});
