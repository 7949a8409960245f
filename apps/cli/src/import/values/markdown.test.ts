import fc from "fast-check";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, it } from "vitest";
import { withoutRawHtml } from "./markdown.ts";

function typesIn(node: Nodes): string[] {
  const within = "children" in node ? node.children.flatMap(typesIn) : [];
  return [node.type, ...within];
}

describe("Markdown", () => {
  it.each([
    '# Title\n\nText with *emphasis*, `List<String>`, <https://example.org> and [a link](https://example.org "t").',
    "```html\n<script>alert(1)</script>\n```",
    "a < b and c > d, 3 <4, <3",
    "[mail](mailto:a@example.org) [here](#part) [there](../x) ![picture](https://example.org/a.png)",
    "1 \\< 2 and \\<b>",
    "",
  ])("without raw HTML stays as it is: %j", (text) => {
    expect(withoutRawHtml(text)).toBe(text);
  });

  it.each([
    ["<script>alert(1)</script>", "\\<script>alert(1)\\</script>"],
    ["a <b>c</b>", "a \\<b>c\\</b>"],
    ["[x](javascript:alert(1))", "\\[x](javascript:alert(1))"],
    ["[x](&#106;avascript:alert(1))", "\\[x](&#106;avascript:alert(1))"],
    ["![x](data:text/html,hi)", "\\!\\[x](data:text/html,hi)"],
    ["<javascript:alert(1)>", "\\<javascript:alert(1)>"],
    ["\\\\<b>x", "\\\\\\<b>x"],
  ])("shows %j as it is written", (text, expected) => {
    expect(withoutRawHtml(text)).toBe(expected);
  });

  it("escapes the definition that a link relies on", () => {
    const safe = withoutRawHtml("[x]\n\n[x]: javascript:alert(1)\n");

    expect(typesIn(fromMarkdown(safe))).not.toContain("definition");
  });

  it("of any kind comes out without raw HTML, and stays so", () => {
    const parts = [
      "<",
      ">",
      "</",
      "b",
      "div",
      " ",
      "\n",
      "\\",
      "[",
      "]",
      "(",
      ")",
      "!",
      "`",
      "javascript:",
      "x=1",
      "<!--",
      "-->",
      "&lt;",
      "*",
      "- ",
      "    ",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 25 }), (pieces) => {
        const safe = withoutRawHtml(pieces.join(""));

        expect(typesIn(fromMarkdown(safe))).not.toContain("html");
        expect(withoutRawHtml(safe)).toBe(safe);
      }),
      { numRuns: 2000 },
    );
  });
});
