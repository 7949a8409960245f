import { MAIL_KINDS } from "@lectern/contract/vocabulary";
import { describe, expect, it } from "vitest";
import { sampleMails } from "../samples.ts";
import { en } from "../words/en.ts";
import { nb } from "../words/nb.ts";
import type { MailContent } from "./facts.ts";
import type { Block, Letter } from "./letter.ts";
import { writeLetter } from "./write-letter.ts";

const samples = MAIL_KINDS.flatMap((kind) =>
  sampleMails(kind).map((content, index): [string, MailContent] => [`${kind} ${index}`, content]),
);

/** What is told by its kind, and not repeated in a letter. */
const KEPT = new Set(["kind", "role", "zone", "deliveryMode", "currency"]);

/** The same value with others in it, by their names. */
function mapped(value: unknown, change: (name: string, each: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => mapped(each, change));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, mapped(change(name, each), change)]),
  );
}

/** A mail whose facts say nothing: every text in a letter about it is the language's own. */
function nameless(content: MailContent): MailContent {
  return mapped(content, (name, each) =>
    typeof each === "string" && !KEPT.has(name) ? "Ada" : each,
  ) as MailContent;
}

/** The same mail about so many places. */
function about(content: MailContent, count: number): MailContent {
  return mapped(content, (name, each) => {
    if (name === "seats") {
      return Array.from({ length: count }, (_, index) => ({
        position: index + 1,
        learner: null,
        claimUrl: `https://academy.example/claim#${index}`,
      }));
    }
    return ["quantity", "offered", "places", "minPlaces"].includes(name) ? count : each;
  }) as MailContent;
}

/** All that a letter says, piece by piece; what staff have written themselves is in no language of ours. */
function piecesOf({ subject, preheader, heading, blocks }: Letter): string[] {
  return [subject, preheader, heading, ...blocks.flatMap(piecesOfBlock)];
}

function piecesOfBlock(block: Block): string[] {
  switch (block.type) {
    case "text":
    case "note":
      return block.text.split("\n");
    case "facts":
      return block.facts.flatMap(({ label, lines }) => [label, ...lines]);
    case "links":
      return block.links.map(({ label }) => label);
    case "button":
      return [block.label];
    case "markdown":
      return [];
  }
}

/** Names, addresses and numbers alone. */
const IS_DATA = /^(?:Ada|[\d\s,().])*$/u;

const ENGLISH =
  /(?<!\p{L})(?:the|and|or|of|on|in|is|are|was|were|not|no|with|you|your|this|that|who|whoever|it|if|nobody|somebody|place|places|booking|quote|account|mail|time|March|Monday|Thursday)(?!\p{L})/iu;

describe("a Norwegian letter", () => {
  it.each(samples)("%s has no English in it", (_name, sample) => {
    const content = nameless(sample);
    const norwegian = piecesOf(writeLetter(nb, content));
    const english = new Set(piecesOf(writeLetter(en, content)));
    for (const piece of norwegian) {
      if (IS_DATA.test(piece)) continue;
      expect(piece).not.toMatch(ENGLISH);
      expect([...english]).not.toContain(piece);
    }
  });

  it.each(samples)("%s tells all that the English one tells", (_name, content) => {
    const shape = ({ blocks }: Letter) =>
      blocks.map((block) => (block.type === "facts" ? block.facts.length : block.type));
    expect(shape(writeLetter(nb, content))).toEqual(shape(writeLetter(en, content)));
  });
});

/** Words of one place where there are several, or of several where there is one. */
const WRONG = {
  en: {
    one: /(?<!\p{L})(?:1 places|(?:your|the|its|these) places|they are yours)(?!\p{L})/iu,
    several: /(?<!\p{L})(?:(?:0|2|12) place|your place|places? \S+ is)(?!\p{L})/iu,
  },
  nb: {
    one: /(?<!\p{L})(?:1 plasser|plassene|de er dine|er dine)(?!\p{L})/iu,
    several:
      /(?<!\p{L})(?:(?:0|2|12) plass|plassen din|på Kubernetes in Production er din)(?!\p{L})/iu,
  },
};

describe.each([en, nb])("counts in $language", (words) => {
  const wrong = WRONG[words.language === "nb" ? "nb" : "en"];
  // To learners, whatever is booked, it is their one place.
  const counted = samples.filter(
    ([, { facts }]) => "run" in facts && !("role" in facts && facts.role === "learner"),
  );

  it.each(counted)("are right in %s", (_name, content) => {
    for (const piece of piecesOf(writeLetter(words, about(content, 1)))) {
      expect(piece).not.toMatch(wrong.one);
    }
    for (const count of [0, 2, 12]) {
      for (const piece of piecesOf(writeLetter(words, about(content, count)))) {
        expect(piece).not.toMatch(wrong.several);
      }
    }
  });
});

describe("counts in sentences", () => {
  function said(words: typeof nb, count: number): string[] {
    const [confirmed] = sampleMails("booking_confirmed");
    const [offer] = sampleMails("offer");
    return [confirmed, offer].map((content) => {
      const letter = writeLetter(words, about(nameless(content), count));
      return (
        piecesOf(letter).find((piece) => piece.includes(`${count} p`) && piece.endsWith(".")) ?? ""
      );
    });
  }

  it("are Norwegian", () => {
    expect(said(nb, 0)[0]).toBe("Takk for bestillingen: 0 plasser på Ada er dine.");
    expect(said(nb, 1)).toEqual([
      "Takk for bestillingen: 1 plass på Ada er din.",
      "1 plass på Ada er holdt av til deg. Godta tilbudet i tide, så er plassen din. Takker du nei, går tilbudet til den neste i køen.",
    ]);
    expect(said(nb, 2)).toEqual([
      "Takk for bestillingen: 2 plasser på Ada er dine.",
      "2 plasser på Ada er holdt av til deg. Godta tilbudet i tide, så er plassene dine. Takker du nei, går tilbudet til den neste i køen.",
    ]);
    expect(said(nb, 12)[0]).toBe("Takk for bestillingen: 12 plasser på Ada er dine.");
  });
});
