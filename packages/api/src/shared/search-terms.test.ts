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

  it("offer each swap of two neighbouring letters, for words of plain letters", () => {
    const { words, swaps } = searchTerms("Pyhton in Élan кубернетес aaa");
    expect(words).toEqual(["pyhton", "élan", "кубернетес", "aaa"]);
    expect(swaps[0]?.split("|")).toContain("python:AB");
    expect(swaps.map((swap) => swap?.split("|").length ?? null)).toEqual([5, 3, null, null]);
  });

  it("hold nothing that a tsquery could stumble over", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (query) => {
        const { words, swaps } = searchTerms(query);
        expect(swaps).toHaveLength(words.length);
        expect(words.length).toBeLessThanOrEqual(8);
        for (const swap of swaps) expect(swap ?? "abc:AB").toMatch(/^(?:[a-z0-9]+:AB(?:\||$))+$/u);
      }),
    );
  });
});
