import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bundleCode } from "../scripts/bundle-code.ts";

test.each([
  ["all of the client", "../src/index.ts", 10_500],
  ["a client that watches nothing", "./fixtures/without-subscriptions.ts", 7850],
])("%s is small enough for browsers, and zod doesn't ride along", async (_, file, maxBytes) => {
  const door = fileURLToPath(new URL(file, import.meta.url));
  const code = await bundleCode(door, {}, true);
  expect(code).toContain("LecternError");
  expect(code).not.toMatch(/zod/iu);
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(maxBytes);
});
