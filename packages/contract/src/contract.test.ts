import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";

/** Every shape that the contract exports, under `file.Name`. */
async function allShapes(): Promise<[string, z.ZodType][]> {
  const files = readdirSync(import.meta.dirname).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
  );
  const shapes: [string, z.ZodType][] = [];
  for (const file of files) {
    const module: unknown = await import(`./${file}`);
    for (const [name, value] of Object.entries(z.looseObject({}).parse(module))) {
      if (value instanceof z.ZodType) shapes.push([`${file}: ${name}`, value]);
    }
  }
  return shapes;
}

/** Paths of strings and arrays in a JSON Schema to whose length nothing puts an end. */
function unbounded(schema: unknown, path: string): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const found: string[] = [];
  const is = (type: string) => "type" in schema && schema.type === type;
  const isListed = "enum" in schema || "const" in schema;
  if (is("string") && !isListed && !("maxLength" in schema)) found.push(path);
  if (is("array") && !("maxItems" in schema)) found.push(`${path}[]`);
  for (const [key, value] of Object.entries(schema)) {
    found.push(...unbounded(value, `${path}.${key}`));
  }
  return found;
}

const shapes = await allShapes();

describe("the contract", () => {
  it("has shapes", () => {
    expect(shapes.length).toBeGreaterThan(50);
  });

  it.each(shapes)("%s is plain JSON, in and out", (_name, shape) => {
    expect(() => z.toJSONSchema(shape, { io: "input" })).not.toThrow();
    expect(() => z.toJSONSchema(shape, { io: "output" })).not.toThrow();
  });

  it.each(shapes)("%s bounds every string and array", (name, shape) => {
    expect(unbounded(z.toJSONSchema(shape, { io: "input" }), name)).toEqual([]);
  });
});
