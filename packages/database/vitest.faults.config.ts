import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/faults/**/*.test.ts"],
    globalSetup: ["src/testing/global-setup.ts"],
    // One after the other: they measure how long things take while something breaks.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
