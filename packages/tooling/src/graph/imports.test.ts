import { expect, test } from "vitest";
import { listImports, packageOf } from "./imports.ts";

test("finds what is imported, re-exported and loaded later, and what of it is left at run time", () => {
  const source = `
    import "side-effect";
    import { a, type B } from "values";
    import { type C } from "types-that-load-all-the-same";
    import type { D } from "types";
    export { e } from "re-exported";
    export type { F } from "types-re-exported";
    export * from "all";
    export const g = await import("later");
    const notAnImport = 'import { x } from "string"'; // import { y } from "comment"
  `;
  expect(listImports("file.ts", source)).toEqual([
    { specifier: "side-effect", isTypeOnly: false },
    { specifier: "values", isTypeOnly: false },
    { specifier: "types-that-load-all-the-same", isTypeOnly: false },
    { specifier: "types", isTypeOnly: true },
    { specifier: "re-exported", isTypeOnly: false },
    { specifier: "types-re-exported", isTypeOnly: true },
    { specifier: "all", isTypeOnly: false },
    { specifier: "later", isTypeOnly: false },
  ]);
});

test("refuses what it can't read, rather than to find nothing", () => {
  expect(() => listImports("file.ts", "import {")).toThrow("file.ts");
});

test("tells packages from files, built-ins and virtual modules", () => {
  expect(packageOf("zod")).toBe("zod");
  expect(packageOf("drizzle-orm/pg-core")).toBe("drizzle-orm");
  expect(packageOf("@lectern/contract/courses")).toBe("@lectern/contract");
  for (const specifier of ["./a.ts", "../b.ts", "..", "/c", "node:fs", "virtual:site", "#own"]) {
    expect(packageOf(specifier)).toBeUndefined();
  }
});
