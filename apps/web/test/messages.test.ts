import { describe, expect, it } from "vitest";
import { sheetOf } from "../vite/messages/exchange.ts";
import { findingsOf, problemsOf } from "../vite/messages/findings.ts";
import { argumentsOf, compiledMessage } from "../vite/messages/icu.ts";
import { plainWordsIn, pseudo } from "../vite/messages/pseudo-language.ts";
import { messagesOf } from "../vite/messages/sources.ts";
import { merged } from "../vite/messages/tree.ts";
import { uses } from "../vite/messages/uses.ts";

/** `pnpm messages check`, and what it is made of. */

describe("the site's words", () => {
  it("are ICU messages in English, on some page, and asked for somewhere", async () => {
    expect(await findingsOf("en", await uses())).toEqual([]);
  });

  it("are there in Norwegian, with the arguments and forms that they need", async () => {
    expect(await findingsOf("nb", await uses())).toEqual([]);
  });

  it("stand in English where they are not translated, and are told of", async () => {
    const words = await messagesOf("fr", "site");
    expect(words).toMatchObject({ site: { skip: "Skip to the content" } });
    const findings = await findingsOf("fr", () => true);
    expect(findings).toContainEqual({
      place: "src/messages/fr/site.ts",
      name: "site.skip",
      problem: "is missing",
    });
    expect(findings.length).toBeGreaterThan(500);
  });

  it("stand in English one by one, and what English does not have is left out", () => {
    const english = { group: { one: "One", two: "Two" }, other: { three: "Three" } };
    const norwegian = { group: { one: "En", four: "Fire" }, further: { five: "Fem" } };
    expect(merged(english, norwegian)).toEqual({
      group: { one: "En", two: "Two" },
      other: { three: "Three" },
    });
  });

  it("go to translators with what there is so far", async () => {
    const { site, booking } = await sheetOf("nb");
    expect(site?.["skip"]).toEqual({
      english: "Skip to the content",
      translation: "Hopp til innholdet",
    });
    expect(booking?.["hold"]?.translation).not.toBe("");
    expect((await sheetOf("fr"))["site"]?.["skip"]?.translation).toBe("");
  });
});

describe("a message", () => {
  const days = "{days, plural, one {# day} other {# days}}";

  it.each([
    ["nb", "{days, plural, one {# dag} other {# dager}}", days, []],
    ["nb", "{days, number} dager", days, []],
    ["nb", "{days, plural, =0 {nå} other {senere}}", days, []],
    ["nb", "{days, plural, other {# dager}", days, ["is no ICU message"]],
    ["nb", "noen dager", days, ["lacks the argument days"]],
    ["nb", "{dager} dager", days, ["lacks the argument days", "has unknown the argument dager"]],
    ["nb", "{days, plural, one {# dag}}", days, ["is no ICU message"]],
    [
      "pl",
      "{days, plural, one {# dzień} other {# dni}}",
      days,
      ["lacks the form “few” of days", "lacks the form “many” of days"],
    ],
    [
      "ja",
      "{days, plural, one {1日} other {#日}}",
      days,
      ["has a form “one” of days, which this language does not have"],
    ],
    ["nb", "{name, number}", "{name}", ["takes name as number, which English gives as plain"]],
    [
      "nb",
      "Les <b>vilkårene</b>",
      "Read <a>the terms</a>",
      ["lacks the argument a", "has unknown the argument b"],
    ],
    [
      "nb",
      "{kind, select, a {A} other {B}}",
      "{kind, select, a {A} b {B} other {C}}",
      ["takes kind as select (a, other), which English gives as select (a, b, other)"],
    ],
    [
      "nb",
      "{n, selectordinal, one {#.} other {#.}}",
      "{n, selectordinal, one {#st} other {#th}}",
      ["has a form “one” of n, which this language does not have"],
    ],
  ])("in %s: %s", (language, message, english, problems) => {
    expect(problemsOf(language, message, english)).toEqual(problems);
  });

  it("tells what it takes, however deep inside", () => {
    const message =
      "{n, plural, one {<b>{name}</b>} other {{d, date, short}}} {g, select, other {#}}";
    const names = [...argumentsOf(compiledMessage(message, "x"))].map(({ name, kind }) => [
      name,
      kind,
    ]);
    expect(names).toEqual([
      ["n", "plural"],
      ["b", "tag"],
      ["name", "plain"],
      ["d", "date"],
      ["g", "select"],
    ]);
  });
});

describe("the language that nobody speaks", () => {
  it("marks every letter and leaves what is filled in", () => {
    const compiled = compiledMessage(
      "{n, plural, one {# <b>place</b>} other {# places}} for {name}",
      "x",
    );
    expect(pseudo(compiled)).toEqual([
      ["n", 2, { one: [0, " ", ["b", "þļååçéé"]], other: [0, " þļååçééš"] }],
      " ƒööŕ ",
      ["name"],
    ]);
  });

  it("finds what has no marks", () => {
    expect(plainWordsIn("ƒööŕ Oslo, ŠQL and 12 ŧïmes")).toEqual(["Oslo", "and"]);
  });
});
