import { expect, it } from "vitest";
import { z } from "zod";
import { isSurelySynchronous } from "./synchronous-shapes.ts";

const Later = z.string().refine((value) => Promise.resolve(value !== ""));

it.each<[string, z.ZodType]>([
  ["a refinement", Later],
  ["a transformation", z.string().transform((value) => Promise.resolve(value))],
  ["a check", z.string().check(() => Promise.resolve())],
  ["an early transformation", z.preprocess((value) => Promise.resolve(value), z.unknown())],
  ["a custom shape", z.custom<string>(() => true)],
  ["a shape that comes later", z.lazy(() => Later)],
  ["a promise", z.promise(z.string())],
  ["in a property", z.object({ a: z.object({ b: Later }) })],
  ["in what other properties are", z.object({}).catchall(Later)],
  ["in an element", z.array(Later)],
  ["in one of several", z.union([z.string(), z.object({ a: Later })])],
  [
    "in one that is told apart",
    z.discriminatedUnion("k", [z.object({ k: z.literal(1), a: Later })]),
  ],
  ["in a key", z.record(Later, z.string())],
  ["in a value", z.record(z.string(), Later)],
  ["in what may be missing", Later.optional()],
  ["in what may be null", Later.nullable()],
  ["in what has a default", Later.default("x")],
  ["in the end of a pipe", z.string().pipe(Later)],
])("a function of an author's may wait: %s", (_, shape) => {
  expect(isSurelySynchronous(shape)).toBe(false);
});

it("what zod checks by itself does not wait", () => {
  const shape = z.object({
    id: z.uuid(),
    at: z.iso.datetime(),
    text: z.string().trim().min(1).max(10).regex(/a/u),
    amount: z.int().min(0).max(10).multipleOf(2),
    kind: z.enum(["a", "b"]).nullable().optional(),
    list: z
      .array(z.union([z.literal("x"), z.boolean()]))
      .max(3)
      .default([]),
    byName: z.record(z.string(), z.unknown()),
  });
  expect(isSurelySynchronous(shape)).toBe(true);
});
