import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    // The tools are tested as programs of their own, on repositories of their own.
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
