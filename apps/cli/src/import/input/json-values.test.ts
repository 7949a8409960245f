import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText } from "./decode-text.ts";
import { jsonLines, jsonValues } from "./json-values.ts";

async function* cut(text: string, sizes: readonly number[]) {
  let at = 0;
  for (let piece = 0; at < text.length; piece += 1) {
    const size = sizes[piece % sizes.length] ?? 1;
    yield text.slice(at, at + size);
    at += size;
  }
  await Promise.resolve();
}

/**
 * Without backslashes: V8's JSON.parse, which they are held against, may take an escaped name for one once
 * it has seen one as a name. See https://github.com/nodejs/node/issues/63785.
 */
const jsons = fc.jsonValue().filter((value) => !JSON.stringify(value).includes("\\\\"));

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

describe("JSON in pieces", () => {
  it("gives the members of an array as JSON.parse does, however it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(jsons),
        sizes,
        fc.constantFrom(0, 2),
        async (values, lengths, indent) => {
          const items = await Array.fromAsync(
            jsonValues(cut(JSON.stringify(values, undefined, indent), lengths)),
          );

          // JSON has no negative zero of its own.
          const expected = JSON.parse(JSON.stringify(values)) as unknown[];
          expect(items).toEqual(expected.map((value, at) => ({ path: `$[${at}]`, value })));
        },
      ),
    );
  });

  it("gives the members of a graph, wherever it stands in its document", async () => {
    const document = {
      "@context": ["https://schema.org", { x: "y" }],
      "@graph": [{ a: [1] }, 2],
      "@id": "x",
    };

    const items = await Array.fromAsync(jsonValues(cut(JSON.stringify(document), [3])));

    expect(items).toEqual([
      { path: '$["@graph"][0]', value: { a: [1] } },
      { path: '$["@graph"][1]', value: 2 },
    ]);
  });

  it("gives one object as it is, and no prototype of anybody", async () => {
    const [item] = await Array.fromAsync(
      jsonValues(cut('{"a": {"__proto__": {"b": 1}}, "c": null}', [4])),
    );

    expect(item).toMatchObject({ path: "$", value: { c: null } });
    expect(Object.keys((item as { value: { a: object } }).value.a)).toEqual(["__proto__"]);
  });

  it("tells the line where it breaks off or goes wrong", async () => {
    const wrong = await Array.fromAsync(jsonValues(cut("[\n1,\n2,\n,3]", [2])));
    const short = await Array.fromAsync(jsonValues(cut("[\n1,\n2", [2])));

    expect(wrong.slice(0, 2)).toHaveLength(2);
    expect(wrong[2]?.path).toBe("$[2]");
    expect(wrong[2]).toHaveProperty("broken", "line 4 is not JSON (expected a value)");
    expect(short.at(-1)?.path).toBe("$[1]");
    expect(short.at(-1)).toHaveProperty("broken", "the document ends in the middle (line 3)");
  });

  it("a line each passes over what is none", async () => {
    const items = await Array.fromAsync(jsonLines(cut('{"a":1}\r\n\n{oops\n[2]', [3])));

    expect(items).toMatchObject([
      { path: "line 1", value: { a: 1 } },
      { path: "line 3" },
      { path: "line 4", value: [2] },
    ]);
    expect(items[1]).toHaveProperty("broken");
  });
});

describe("bytes", () => {
  it("become the text that they stand for, however they are cut", async () => {
    const encoding = fc.constantFrom("utf8", "utf16le");
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme", minLength: 2 }),
        encoding,
        sizes,
        async (text, name, lengths) => {
          const bytes = Buffer.from(`\uFEFF${text}`, name);
          async function* pieces() {
            let at = 0;
            for (let piece = 0; at < bytes.length; piece += 1) {
              const size = lengths[piece % lengths.length] ?? 1;
              yield bytes.subarray(at, at + size);
              at += size;
            }
            await Promise.resolve();
          }

          expect((await Array.fromAsync(decodeText(pieces(), undefined))).join("")).toBe(text);
        },
      ),
    );
  });

  it("in an encoding that nobody knows are told", async () => {
    async function* bytes() {
      yield await Promise.resolve(Buffer.from("text"));
    }

    await expect(Array.fromAsync(decodeText(bytes(), "klingon"))).rejects.toThrow("klingon");
  });
});
