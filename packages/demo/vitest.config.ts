import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    // Each file owns its data: modules need not be loaded anew for each.
    isolate: false,
    globalSetup: [fileURLToPath(import.meta.resolve("@lectern/database/testing/global-setup"))],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
