import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { run } from "../testing/run.ts";
import { ROOT } from "../workspace.ts";

/**
 * Lints a small repository that breaks the rules of this one, with this one's configuration: what a rule must
 * refuse, and beside it what it must let pass.
 */

interface Offence {
  file: string;
  source: string;
  /** The rule that refuses it. */
  rule: string;
}

const IMPORTS = "eslint(no-restricted-imports)";

function importing(file: string, specifier: string): Offence {
  return { file, source: `import * as it from "${specifier}";\nexport { it };\n`, rule: IMPORTS };
}

const offences: Offence[] = [
  importing("packages/contract/src/a.ts", "drizzle-orm"),
  importing("packages/contract/src/b.ts", "@lectern/database/connect"),
  importing("packages/database/src/a.ts", "@lectern/api/app-router"),
  importing("packages/database/src/b.ts", "@trpc/server"),
  importing("packages/auth/src/a.ts", "postgres"),
  importing("packages/auth/src/b.ts", "fastify"),
  importing("packages/demo/src/a.ts", "@lectern/client/index"),
  importing("packages/demo/src/b.ts", "lucia"),
  importing("packages/api/src/app-router.ts", "fastify"),
  importing("packages/api/src/trpc/context.ts", "drizzle-orm"),
  importing("packages/api/src/features/runs/list-runs.ts", "@trpc/server"),
  importing("packages/api/src/features/runs/find-run.ts", "fastify"),
  importing("packages/api/src/features/runs/plan-run.ts", "postgres"),
  importing("packages/api/src/features/runs/runs.router.ts", "drizzle-orm/pg-core"),
  importing("packages/api/src/features/runs/more.router.ts", "@lectern/database/schema/runs"),
  importing("packages/client/src/a.ts", "@lectern/api/app-router"),
  importing("packages/client/src/b.ts", "@lectern/database/connect"),
  importing("packages/client/src/c.ts", "@trpc/server"),
  importing("packages/client/src/d.test.ts", "@lectern/api/app-router"),
  importing("apps/web/src/a.tsx", "@lectern/api/app-router"),
  importing("apps/web/src/b.tsx", "@lectern/database/connect"),
  importing("apps/cli/src/a.ts", "@lectern/database/connect"),
  importing("apps/cli/src/commands/doctor.ts", "@lectern/api/app-router"),
  importing("apps/cli/src/audit/a.ts", "@lectern/api/app-router"),
  importing("apps/server/src/a.ts", "drizzle-orm"),
  importing("apps/server/src/b.ts", "postgres"),
  importing("apps/server/test/c.test.ts", "postgres"),
  importing("packages/api/src/shared/a.ts", "@trpc/server"),
  importing("packages/api/src/d.ts", "../../../packages/database/src/connect.ts"),
  importing("packages/api/src/e.ts", "@lectern/database/src/connect"),
];

const permitted: Offence[] = [
  importing("packages/contract/src/ok.ts", "zod"),
  importing("packages/database/src/ok.ts", "postgres"),
  importing("packages/auth/src/ok.ts", "lucia"),
  importing("packages/api/src/trpc/ok.ts", "@trpc/server"),
  importing("packages/api/src/features/runs/ok.ts", "drizzle-orm"),
  importing("packages/api/src/features/runs/ok.router.ts", "@trpc/server"),
  importing("packages/api/src/features/runs/ok.test.ts", "@trpc/server"),
  importing("packages/client/src/ok.ts", "@trpc/client"),
  {
    ...importing("packages/client/src/types.ts", ""),
    source:
      'import type { AppRouter } from "@lectern/api/app-router";\nexport type A = AppRouter;\n',
  },
  importing("apps/web/src/ok.tsx", "@trpc/tanstack-react-query"),
  importing("apps/cli/src/commands/doctor/ok.ts", "@lectern/database/connect"),
  importing("apps/cli/src/commands/audit.ts", "@lectern/database/connect"),
  importing("apps/server/src/ok.ts", "fastify"),
  importing("apps/server/test/ok.test.ts", "drizzle-orm"),
  importing("packages/api/src/testing/ok.ts", "drizzle-orm"),
];

const careless: Offence[] = [
  ["async function go() {}\ngo();\nexport {};", "typescript(no-floating-promises)"],
  [
    "export const a = [1].filter(async () => await Promise.resolve(true));",
    "typescript(no-misused-promises)",
  ],
  ["export function f(a: any) { return typeof a; }", "typescript(no-explicit-any)"],
  ["export const a: string = JSON.parse('1');", "typescript(no-unsafe-assignment)"],
  ["export const a = JSON.parse('1').b.c();", "typescript(no-unsafe-member-access)"],
  ["export const a = JSON.parse('1')();", "typescript(no-unsafe-call)"],
  ["export function f(): string { return JSON.parse('1'); }", "typescript(no-unsafe-return)"],
  ["export const a = Number.parseInt(JSON.parse('1'), 10);", "typescript(no-unsafe-argument)"],
  [
    "export function f(a: string | number) { return a as string; }",
    "typescript(no-unsafe-type-assertion)",
  ],
  ["export function f(a?: string) { return a!; }", "typescript(no-non-null-assertion)"],
  [
    'import { Server } from "node:http";\nexport type A = Server;',
    "typescript(consistent-type-imports)",
  ],
  [
    'import { type Server } from "node:http";\nexport type A = Server;',
    "typescript(no-import-type-side-effects)",
  ],
  [
    "export function f(a: 'b' | 'c') { switch (a) { case 'b': return 1; } return 2; }",
    "typescript(switch-exhaustiveness-check)",
  ],
  ["// @ts-ignore it is so\nexport const a: string = 1;", "typescript(ban-ts-comment)"],
  ["export default 1;", "import(no-default-export)"],
  ['import { a } from "./no-extension";\nexport { a };', "import(extensions)"],
  ["export const a = process.env['PATH'];", "eslint(no-restricted-properties)"],
  [
    "declare const sql: { raw(text: string): void };\nsql.raw('a');",
    "eslint(no-restricted-properties)",
  ],
  [
    "declare const db: { unsafe(text: string): void };\ndb.unsafe('a');",
    "eslint(no-restricted-properties)",
  ],
  ["console.log(1);\nexport {};", "eslint(no-console)"],
  ["export const f = function () { return 1; };", "eslint(func-style)"],
  [`// ${"TO"}DO: later\nexport {};`, "eslint(no-warning-comments)"],
  [`// oxlint-disable-next-line no-console\nexport {};`, "unused disable directive"],
].map(([source = "", rule = ""], index) => ({
  file: `packages/api/src/careless-${index}.ts`,
  source,
  rule,
}));

careless.push({
  file: "apps/web/src/careless.tsx",
  source: `import { useState } from "react";
    export function Careless({ a }: { a: boolean }) { if (a) useState(1); return null; }`,
  rule: "react-hooks(rules-of-hooks)",
});

const carelessTests: Offence[] = [
  ["test.only('a', () => { expect(1).toBe(1); });", "vitest(no-focused-tests)"],
  ["test.skip('a', () => { expect(1).toBe(1); });", "vitest(no-disabled-tests)"],
  ["test('a', () => { JSON.stringify(1); });", "vitest(expect-expect)"],
].map(([source = "", rule = ""], index) => ({
  file: `packages/api/src/careless-${index}.test.ts`,
  source: `import { expect, test } from "vitest";\nexpect(1).toBe(1);\n${source}\n`,
  rule,
}));

const Diagnostics = z.object({
  diagnostics: z.array(
    z.object({ code: z.string().default("unused disable directive"), filename: z.string() }),
  ),
});

const repository = mkdtempSync(join(tmpdir(), "lectern-lint-"));
let found: { code: string; filename: string }[] = [];

function write(file: string, text: string) {
  mkdirSync(dirname(join(repository, file)), { recursive: true });
  writeFileSync(join(repository, file), text);
}

beforeAll(async () => {
  for (const file of [".gitignore", "oxlint.config.ts", "tsconfig.base.json"]) {
    cpSync(join(ROOT, file), join(repository, file));
  }
  symlinkSync(join(ROOT, "node_modules"), join(repository, "node_modules"));
  const settings = { extends: "./tsconfig.base.json", include: ["packages", "apps"] };
  write("tsconfig.json", JSON.stringify(settings));
  for (const { file, source } of [...offences, ...permitted, ...careless, ...carelessTests]) {
    write(file, source);
  }
  const oxlint = join(ROOT, "node_modules", "oxlint", "bin", "oxlint");
  const { stdout } = await run(process.execPath, [oxlint, "--format=json"], repository);
  found = Diagnostics.parse(JSON.parse(stdout)).diagnostics;
}, 60_000);

afterAll(() => {
  rmSync(repository, { recursive: true });
});

function rulesBrokenBy(file: string): string[] {
  return found.filter(({ filename }) => filename === file).map(({ code }) => code);
}

describe("what one file may not do", () => {
  test.each([...offences, ...careless, ...carelessTests])("$file: $rule", ({ file, rule }) => {
    expect(rulesBrokenBy(file)).toContain(rule);
  });
});

describe("what the rooms are there for", () => {
  test.each(permitted)("$file", ({ file }) => {
    expect(rulesBrokenBy(file)).toEqual([]);
  });
});
