import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bundleCode } from "../scripts/bundle-code.ts";

const MAX_GZIPPED_BYTES = 7500;

test("all of the client is small enough for browsers, and zod doesn't ride along", async () => {
  const door = fileURLToPath(new URL("../src/index.ts", import.meta.url));
  const code = await bundleCode(door, {}, true);
  expect(code).toContain("LecternError");
  expect(code).not.toMatch(/zod/iu);
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(MAX_GZIPPED_BYTES);
});
