import { describe, expect, test } from "vitest";
import { FRAMEWORKS, type Framework, type ReadQuestion } from "./frameworks.ts";

function framework(name: string): Framework {
  const found = FRAMEWORKS.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no ${name}`);
  return found;
}

const EMPTY: ReadQuestion = { procedure: "system.info", input: {} };
const ARTICLE: ReadQuestion = { procedure: "articles.bySlug", input: { slug: "a-b" } };
const COURSES: ReadQuestion = { procedure: "courses.list", input: { limit: 20 } };

describe("every framework has addresses and an envelope of its own", () => {
  test.each([
    [
      "oRPC",
      "/rpc/system/info",
      "/rpc/courses/list?data=%7B%22json%22%3A%7B%22limit%22%3A20%7D%7D",
    ],
    ["Hono", "/system/info", "/courses?limit=20"],
    ["Express + tRPC", "/trpc/system.info", "/trpc/courses.list?input=%7B%22limit%22%3A20%7D"],
    ["NestJS on Fastify", "/system/info", "/courses?limit=20"],
  ])("%s is asked as its clients ask", (name, empty, list) => {
    expect(framework(name).pathOf(EMPTY)).toBe(empty);
    expect(framework(name).pathOf(COURSES)).toBe(list);
    expect(framework(name).pathOf(ARTICLE)).toContain("a-b");
  });

  test.each([
    ["oRPC", { json: { slug: "a-b" } }],
    ["Hono", { slug: "a-b" }],
    ["Express + tRPC", { result: { data: { slug: "a-b" } } }],
    ["NestJS on Fastify", { slug: "a-b" }],
  ])("the data is taken out of what %s answers", (name, answer) => {
    expect(framework(name).dataOf(answer)).toEqual({ slug: "a-b" });
  });

  test("what is not in the envelope is no data", () => {
    for (const name of ["oRPC", "Express + tRPC"])
      expect(() => framework(name).dataOf("busy")).toThrow("expected object");
    expect(() => framework("Express + tRPC").dataOf({ error: {} })).toThrow("result");
  });
});
