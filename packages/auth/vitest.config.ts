import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    globalSetup: [fileURLToPath(import.meta.resolve("@lectern/database/testing/global-setup"))],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
