import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { searchTerms } from "./search-terms.ts";

describe("search terms", () => {
  it("take the last word for one that is not finished yet", () => {
    expect(searchTerms("kubernetes adm")).toMatchObject({ head: "kubernetes ", lastWord: "adm" });
    expect(searchTerms("kube")).toMatchObject({ head: null, lastWord: "kube" });
  });

  it.each(["kubernetes ", '"site relia', "linux -window", "c++", "", "…"])(
    "leave %j as it is: its last word is finished, quoted or excluded",
    (query) => {
      expect(searchTerms(query)).toMatchObject({ head: query, lastWord: null });
    },
  );

  it.each([
    ["sec-2", "SEC-2"],
    [" SEC- ", "SEC-"],
    ["k8s", "K8S"],
    ["security", null],
    ["web 2", null],
  ])("read %j as the beginning of the code %j", (query, codePrefix) => {
    expect(searchTerms(query).codePrefix).toBe(codePrefix);
  });

  it("offer each letter moved by one or two places, for words of plain letters", () => {
    const { words, moves } = searchTerms("Pyhton phyton Élan кубернетес aaa");
    expect(words).toEqual(["pyhton", "phyton", "élan", "кубернетес", "aaa"]);
    expect(moves[0]?.split("|")).toContain("python:AB");
    expect(moves[1]?.split("|")).toContain("python:AB");
    expect(moves.map((moved) => moved?.split("|").length ?? null)).toEqual([13, 13, 7, null, null]);
  });

  it("hold nothing that a tsquery could stumble over", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (query) => {
        const { words, moves } = searchTerms(query);
        expect(moves).toHaveLength(words.length);
        expect(words.length).toBeLessThanOrEqual(8);
        for (const moved of moves)
          expect(moved ?? "abc:AB").toMatch(/^(?:[a-z0-9]+:AB(?:\||$))+$/u);
      }),
    );
  });
});
