import { type IncomingMessage, get } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync } from "node:zlib";
import { describe, expect, inject, it } from "vitest";

/** What was built for browsers, as it travels: made once, compressed once, and kept for ever under its name. */

const BUILT = join(import.meta.dirname, "../../dist/client");
const FOR_EVER = "public, max-age=31536000, immutable";
/** As Chromium says it. */
const BROWSER = "gzip, deflate, br, zstd";
const HASHED = /-[\w-]{8}\.(?:css|js|woff2)$/u;
const COMPRESSIBLE = /\.(?:css|js)$/u;
const TWIN = /\.(?:br|gz)$/u;
const WORTH_BYTES = 1024;

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage["headers"];
  /** As it came, compressed or not. */
  readonly body: Buffer;
}

async function ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${inject("site")}${path}`, { headers }, resolve).once("error", reject);
  });
  return { status: message.statusCode, headers: message.headers, body: await buffer(message) };
}

async function assets(): Promise<{ names: string[]; twins: ReadonlySet<string> }> {
  const all = await readdir(join(BUILT, "assets"));
  const names = all.filter((name) => !TWIN.test(name));
  expect(names.length).toBeGreaterThan(20);
  return { names, twins: new Set(all.filter((name) => TWIN.test(name))) };
}

describe("a file of the site", () => {
  it("has a hash in its name, by which browsers keep it for ever", async () => {
    const { names } = await assets();
    expect(names.filter((name) => !HASHED.test(name))).toEqual([]);
    for (const name of names) {
      const { status, headers } = await ask(`/assets/${name}`);
      expect([name, status, headers["cache-control"]]).toEqual([name, 200, FOR_EVER]);
    }
    // These have the same name in each build.
    for (const name of ["favicon.svg", "apple-touch-icon.png", "og.png"]) {
      const { headers } = await ask(`/${name}`);
      expect([name, headers["cache-control"]]).toEqual([name, "public, max-age=3600"]);
    }
  });

  it("comes as the build has compressed it, or as it is to whoever does not take that", async () => {
    const { names, twins } = await assets();
    for (const name of names) {
      const file = await readFile(join(BUILT, "assets", name));
      const isWorthIt = COMPRESSIBLE.test(name) && file.length >= WORTH_BYTES;
      // What is compressed by its nature is not compressed again.
      expect([name, twins.has(`${name}.br`)]).toEqual([name, isWorthIt]);
      const small = await ask(`/assets/${name}`, { "accept-encoding": BROWSER });
      const sent = isWorthIt ? await readFile(join(BUILT, "assets", `${name}.br`)) : file;
      expect([name, small.headers["content-encoding"]]).toEqual([
        name,
        isWorthIt ? "br" : undefined,
      ]);
      expect([name, small.headers["content-length"]]).toEqual([name, String(sent.length)]);
      expect([name, small.headers.vary]).toEqual([name, "accept-encoding"]);
      expect([name, small.body.equals(sent)]).toEqual([name, true]);
      const read = isWorthIt ? brotliDecompressSync(small.body) : small.body;
      expect([name, read.equals(file)]).toEqual([name, true]);
      const plain = await ask(`/assets/${name}`, { "accept-encoding": "identity" });
      expect([name, plain.headers["content-encoding"]]).toEqual([name, undefined]);
      expect([name, plain.headers.vary]).toEqual([name, "accept-encoding"]);
      expect([name, plain.body.equals(file)]).toEqual([name, true]);
      expect(plain.headers["content-type"]).toBe(small.headers["content-type"]);
    }
  });
});

describe("a page of the site", () => {
  it("is not sent again to whoever has it, as long as it shows the same", async () => {
    for (const path of ["/", "/courses", "/articles"]) {
      const first = await ask(path, { "accept-encoding": BROWSER });
      expect([path, first.status, first.headers["content-encoding"]]).toEqual([path, 200, "br"]);
      const { etag = "" } = first.headers;
      const again = await ask(path, { "accept-encoding": BROWSER, "if-none-match": etag });
      expect([path, again.status, again.headers.etag, again.body.length]).toEqual([
        path,
        304,
        etag,
        0,
      ]);
    }
  });
});
