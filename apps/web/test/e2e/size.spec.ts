import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Manifest } from "vite";
import { describe, expect, it } from "vitest";

/** What the build hands to browsers, measured as it travels. */

const BUILT = join(import.meta.dirname, "../../dist/client");
const ENTRY = "src/entry-client.tsx";
/** The words of every page, in the language of this one: they come beside its scripts, of which they are none yet. */
const WORDS = "virtual:words/en/site";
/** Of scripts, before anything can be done on a page: what every page loads, and what the first page does. */
const FIRST_BYTES_MAX = 150_000;

function isManifest(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null && ENTRY in value;
}

async function manifest(): Promise<Manifest> {
  const text = await readFile(join(BUILT, ".vite/manifest.json"), "utf8");
  const value: unknown = JSON.parse(text);
  if (!isManifest(value)) throw new Error("The site is not built");
  return value;
}

function withImports(key: string, chunks: Manifest, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of chunks[key]?.imports ?? []) withImports(imported, chunks, seen);
  return seen;
}

/** The scripts that an entry and pages load at once, by file. */
async function scriptsOf(...keys: string[]): Promise<Map<string, string>> {
  const chunks = await manifest();
  const all = new Set(keys.flatMap((key) => [...withImports(key, chunks)]));
  const files = [...all].flatMap((key) => chunks[key]?.file ?? []);
  return new Map(
    await Promise.all(
      files.map(async (file) => [file, await readFile(join(BUILT, file), "utf8")] as const),
    ),
  );
}

describe("the scripts of the site", () => {
  it("are few enough on the first page", async () => {
    const scripts = await scriptsOf(ENTRY, "src/routes/public/home/page.tsx", WORDS);
    let bytes = 0;
    for (const script of scripts.values()) bytes += gzipSync(script, { level: 9 }).length;
    expect(bytes).toBeLessThanOrEqual(FIRST_BYTES_MAX);
    expect(bytes).toBeGreaterThan(FIRST_BYTES_MAX / 3);
  });

  it("bring what pages around a booking need with those pages, and what watches things later still", async () => {
    const everywhere = [...(await scriptsOf(ENTRY)).values()].join("\n");
    const booking = [
      ...(await scriptsOf(ENTRY, "src/routes/public/booking/page.tsx")).values(),
    ].join("\n");
    const onlyThere = "Somebody was faster: sold out";
    expect(booking).not.toContain(onlyThere);
    const words = [...(await scriptsOf("virtual:words/en/booking")).values()].join("\n");
    expect(words).toContain(onlyThere);
    expect(everywhere).not.toContain("Skip to the content");
    expect(everywhere).not.toContain("Hopp til innholdet");
    // What makes pictures for apps, and what speaks to authenticators.
    const security = [...(await scriptsOf("src/routes/account/security/page.tsx")).values()];
    expect(security.join("\n")).toContain("security-qr");
    expect(everywhere).not.toContain("security-qr");
    expect(everywhere).not.toContain("ERROR_CEREMONY_ABORTED");
    expect(security.join("\n")).not.toContain("ERROR_CEREMONY_ABORTED");
    expect(everywhere).not.toContain("Forgotten your password?");
    // The parser of event streams.
    expect(booking).not.toContain("maxBufferSize");
    const stream = [...(await scriptsOf("src/live/subscribe.ts")).values()].join("\n");
    expect(stream).toContain("maxBufferSize");
  });
});
