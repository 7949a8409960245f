import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "./render-markdown.ts";

const LOOKS = { paragraph: "margin:0", accent: "#00f", serif: "serif" };
const render = (source: string) => renderMarkdown(source, LOOKS).source;

/** Everything that Markdown may become, and what a tag may have. */
const TAGS =
  /^<\/?(?:p|h2|em|strong|code|pre|blockquote|ol|ul|li|a|br|hr)(?:\s+(?:class|style|href)="[^"<>]*")*\s*>$/u;
const LINKS = /^(?:https?:\/\/|mailto:)/iu;

describe("Markdown in mails", () => {
  it("shows paragraphs, lists, emphasis and links", () => {
    const html = render(
      "## Bring\n\nPlease **do**:\n\n- a *laptop*\n- [this](https://example.com/a?b=1&c=2)",
    );
    const bare = html.replaceAll(/\s+(?:style|class)="[^"]*"/gu, "").replaceAll(/\s+/gu, " ");
    expect(
      bare
        .replaceAll(/ ?(<\/?(?:h2|ul|li)) ?> ?/gu, "$1>")
        .replaceAll(" >", ">")
        .trim(),
    ).toBe(
      '<h2>Bring</h2><p>Please <strong>do</strong>:</p><ul><li>a <em>laptop</em></li><li><a href="https://example.com/a?b=1&amp;c=2">this</a></li></ul>',
    );
  });

  it.each([
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>)",
    "![x](https://example.com/pixel.png)",
    "<img src=x onerror=alert(1)>",
    '[x](https://example.com/"onmouseover="alert(1))',
    "[x](//evil.example)",
    "`<b>` and <https://example.com/>",
  ])("has nothing of its own in it: %s", (source) => {
    expectHarmless(render(source));
  });

  it("is harmless whatever was written", () => {
    const pieces = fc.constantFrom(
      "<",
      ">",
      '"',
      "'",
      "&",
      "[",
      "](",
      ")",
      "javascript:",
      "`",
      "*",
      "_",
      "\n",
      "- ",
      "# ",
      "http://a",
      "<a href=",
      "<!--",
      "ä",
      " ",
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 30 }),
        (parts) => {
          expectHarmless(render(parts.join("")));
        },
      ),
      { numRuns: 300 },
    );
  });
});

function expectHarmless(html: string): void {
  for (const [tag] of html.matchAll(/<[^>]*>/gu)) expect(tag).toMatch(TAGS);
  for (const [, url = ""] of html.matchAll(/href="([^"]*)"/gu)) expect(url).toMatch(LINKS);
}
