import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT, readManifest } from "../workspace.ts";
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
import { readGraph, readReferences } from "./read-graph.ts";

const nodes = readGraph(ROOT);

describe("the packages of this repository", () => {
  test("are those of the house, each under its name", () => {
    expect(findStrangers(nodes)).toEqual([]);
  });

  test("import only what the house lets them know", () => {
    expect(findForbiddenImports(nodes)).toEqual([]);
  });

  test("depend only on what the house lets them know", () => {
    expect(findForbiddenDependencies(nodes)).toEqual([]);
  });

  test("declare what they import", () => {
    expect(findUndeclaredImports(nodes)).toEqual([]);
  });

  test("don't depend on each other in circles", () => {
    expect(findCycles(nodes)).toEqual([]);
  });

  test("share one exact version of each library", () => {
    expect(findDivergingVersions(nodes)).toEqual([]);
    expect(findLooseVersions(nodes)).toEqual([]);
  });

  test("are built after those that they depend on, and all of them by one command", () => {
    expect(findWrongReferences(nodes)).toEqual([]);
    const all = readReferences(ROOT).map((directory) => relative(ROOT, directory));
    expect(all).toEqual(expect.arrayContaining(nodes.map(({ path }) => path)));
  });

  test("have all their tests in the sum", () => {
    expect(findTestsOutsideTheSum(nodes)).toEqual([]);
  });
});

describe("the versions of the tools", () => {
  const manifest = readManifest(ROOT);

  test("are the same wherever they are named", () => {
    const settings = readFileSync(join(ROOT, "pnpm-workspace.yaml"), "utf8");
    const install = readFileSync(join(ROOT, "packages/tooling/src/install.mjs"), "utf8");
    const nodeVersion = /^nodeVersion: (.+)$/m.exec(settings)?.[1];
    const oldestNode = /OLDEST_NODE = \[(\d+), (\d+)\]/.exec(install)?.slice(1).join(".");

    expect(manifest.packageManager).toBe(`pnpm@${manifest.devDependencies["pnpm"]}`);
    expect(new Set(Object.values(manifest.optionalDependencies))).toEqual(new Set([nodeVersion]));
    expect(manifest.engines["node"]).toBe(`>=${oldestNode}`);
  });
});
