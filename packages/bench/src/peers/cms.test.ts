import { expect, test } from "vitest";
import { addressOf, countData, lecternQuestions } from "./cms.ts";

test("items are counted in what Lectern answers, to a list and to one thing", () => {
  const { countItems } = lecternQuestions;
  expect(countItems({ result: { data: { items: [1, 2, 3], total: 60 } } })).toBe(3);
  expect(countItems({ result: { data: { slug: "a", body: "…" } } })).toBe(1);
  expect(() => countItems({ error: { message: "Not found" } })).toThrow("result");
});

test("items are counted in what a content management system answers", () => {
  expect(countData({ data: [{ slug: "a" }], meta: { filter_count: 7 } })).toBe(1);
  expect(countData({ data: [] })).toBe(0);
  expect(() => countData({ errors: [] })).toThrow("data");
});

test("brackets of a filter go into an address escaped", () => {
  expect(addressOf("/items/article", { "filter[slug][_eq]": "a b" })).toBe(
    "/items/article?filter%5Bslug%5D%5B_eq%5D=a+b",
  );
});
