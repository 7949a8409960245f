import { expect, test } from "vitest";
import {
  findCycles,
  findDivergingVersions,
  findForbiddenDependencies,
  findForbiddenImports,
  findLooseVersions,
  findStrangers,
  findTestsOutsideTheSum,
  findUndeclaredImports,
  findWrongReferences,
} from "./find-faults.ts";
import type { Edge, Node } from "./read-graph.ts";

type Dependencies = Record<string, string>;

function node(
  path: string,
  parts: Partial<Omit<Node, "manifest">> & {
    name?: string;
    exports?: Record<string, unknown>;
    dependencies?: Dependencies;
    devDependencies?: Dependencies;
    scripts?: Dependencies;
  } = {},
): Node {
  const { name, dependencies = {}, devDependencies = {}, scripts = {}, ...others } = parts;
  const { exports = { "./*": { types: "./dist/*.d.ts", default: "./src/*.ts" } }, ...rest } =
    others;
  return {
    path,
    manifest: {
      name: name ?? `@lectern/${path.split("/")[1]}`,
      engines: {},
      exports,
      scripts,
      dependencies,
      devDependencies,
      optionalDependencies: {},
      peerDependencies: {},
    },
    references: [],
    edges: [],
    hasTests: false,
    ...rest,
  };
}

function edge(file: string, to: string, parts: Partial<Edge> = {}): Edge {
  return { file, to, isTypeOnly: false, isShipped: true, ...parts };
}

const WORKSPACE = "workspace:*";

test("finds packages that the house doesn't know", () => {
  const nodes = [
    node("packages/contract"),
    node("packages/shed"),
    node("apps/web", { name: "web" }),
  ];
  expect(findStrangers(nodes)).toEqual([
    "packages/shed has no room in house.ts",
    "apps/web is named web",
  ]);
});

test("finds imports against the direction of the house", () => {
  const nodes = [
    node("packages/database", { edges: [edge("a.ts", "@lectern/api"), edge("a.ts", "postgres")] }),
    node("packages/api", {
      edges: [edge("b.ts", "@lectern/contract"), edge("b.ts", "@lectern/server")],
    }),
    node("packages/client", {
      edges: [
        edge("types.ts", "@lectern/api", { isTypeOnly: true }),
        edge("code.ts", "@lectern/api"),
        edge("code.test.ts", "@lectern/api", { isShipped: false }),
      ],
    }),
    node("apps/cli", {
      edges: [
        edge("main.ts", "@lectern/server"),
        edge("main.test.ts", "@lectern/server", { isShipped: false }),
      ],
    }),
  ];
  expect(findForbiddenImports(nodes)).toEqual([
    "a.ts imports @lectern/api",
    "b.ts imports @lectern/server",
    "code.test.ts imports @lectern/api",
    "code.ts imports @lectern/api",
    "main.ts imports @lectern/server",
  ]);
});

test("finds dependencies against the direction of the house, and libraries in the wrong room", () => {
  const nodes = [
    node("packages/contract", { dependencies: { zod: "catalog:", "@lectern/auth": WORKSPACE } }),
    node("packages/api", { dependencies: { "drizzle-orm": "catalog:", fastify: "catalog:" } }),
    node("packages/database", { devDependencies: { "@trpc/server": "catalog:", lucia: "3.2.2" } }),
    node("apps/server", {
      dependencies: { postgres: "catalog:", "@fastify/static": "10.1.11" },
      devDependencies: { "drizzle-orm": "catalog:" },
    }),
    node("apps/web", { devDependencies: { "drizzle-orm": "catalog:" } }),
  ];
  expect(findForbiddenDependencies(nodes)).toEqual([
    "packages/contract depends on @lectern/auth",
    "packages/api depends on fastify",
    "packages/database depends on @trpc/server",
    "packages/database depends on lucia",
    "apps/server depends on postgres",
    "apps/web depends on drizzle-orm",
  ]);
});

test("finds imports that the manifest doesn't declare, or only for development", () => {
  const nodes = [
    node("packages/api", {
      dependencies: { zod: "catalog:" },
      devDependencies: { vitest: "catalog:", "@types/hast": "catalog:" },
      edges: [
        edge("a.ts", "zod"),
        edge("a.ts", "@lectern/api"),
        edge("a.ts", "vitest"),
        edge("a.ts", "vitest", { isTypeOnly: true }),
        edge("a.test.ts", "vitest", { isShipped: false }),
        edge("a.ts", "hast", { isTypeOnly: true }),
        edge("a.ts", "hast"),
        edge("a.test.ts", "fast-check", { isShipped: false }),
      ],
    }),
  ];
  expect(findUndeclaredImports(nodes)).toEqual([
    "a.test.ts imports fast-check, which packages/api does not depend on",
    "a.ts imports hast, which packages/api does not depend on",
    "a.ts imports vitest, a development dependency",
  ]);
});

test("finds circles, through development dependencies too", () => {
  const nodes = [
    node("packages/auth", { dependencies: { "@lectern/contract": WORKSPACE } }),
    node("packages/contract", { devDependencies: { "@lectern/demo": WORKSPACE } }),
    node("packages/demo", { dependencies: { "@lectern/contract": WORKSPACE } }),
  ];
  expect(findCycles(nodes)).toEqual(["@lectern/contract → @lectern/demo → @lectern/contract"]);
});

test("finds libraries in several versions, and versions that can move", () => {
  const nodes = [
    node("packages/auth", { dependencies: { zod: "4.6.7", pino: "10.4.0" } }),
    node("packages/demo", { devDependencies: { zod: "catalog:", pino: "10.4.0" } }),
    node("apps/web", { dependencies: { react: "^19.3.1", "@lectern/client": "0.1.0" } }),
    node("packages/client", { devDependencies: { "typescript-5": "npm:typescript@5.9.3" } }),
  ];
  expect(findDivergingVersions(nodes)).toEqual([
    "zod is 4.6.7 in packages/auth; catalog: in packages/demo",
  ]);
  expect(findLooseVersions(nodes)).toEqual([
    "apps/web depends on react ^19.3.1",
    "apps/web depends on @lectern/client 0.1.0",
  ]);
});

test("finds project references that are missing or too many", () => {
  const nodes = [
    node("packages/contract"),
    node("packages/database"),
    node("apps/web", { exports: { ".": { types: "./types/index.d.ts" } } }),
    node("packages/api", {
      dependencies: { "@lectern/contract": WORKSPACE, "@lectern/web": WORKSPACE },
      references: ["packages/database", "packages/contracts", "packages/contract/scripts"],
      edges: [
        edge("a.ts", "@lectern/contract"),
        edge("b.ts", "@lectern/contract"),
        edge("c.ts", "@lectern/web"),
      ],
    }),
  ];
  expect(findWrongReferences(nodes)).toEqual([
    "packages/api/tsconfig.json lacks a reference to packages/contract",
    "packages/api/tsconfig.json refers to packages/database without depending on it",
    "packages/api/tsconfig.json refers to packages/contracts without depending on it",
  ]);
});

test("finds tests that nothing runs, or that nobody counts", () => {
  const nodes = [
    node("packages/api", { hasTests: true, scripts: { test: "vitest run" } }),
    node("packages/auth", { hasTests: true }),
    node("apps/web", { scripts: { "test:e2e": "playwright test", tested: "true" } }),
  ];
  expect(findTestsOutsideTheSum(nodes)).toEqual([
    "packages/auth has tests, but no script",
    "apps/web runs its test:e2e by playwright test, not by vitest run",
  ]);
});
