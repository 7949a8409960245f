import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ROOT } from "./workspace.ts";

const root = mkdtempSync(join(tmpdir(), "lectern-emit-"));
const source = join(root, "packages/one/src/one.ts");
const declarations = join(root, "packages/one/dist/one.d.ts");

beforeAll(() => {
  mkdirSync(join(root, "apps"));
  mkdirSync(join(root, "packages/one/src"), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  const compilerOptions = {
    composite: true,
    emitDeclarationOnly: true,
    outDir: "dist",
    rootDir: "src",
  };
  writeFileSync(join(root, "packages/one/package.json"), `{"name":"one"}`);
  writeFileSync(
    join(root, "packages/one/tsconfig.json"),
    JSON.stringify({ compilerOptions, include: ["src"] }),
  );
  writeFileSync(join(root, "tsconfig.json"), `{"files":[],"references":[{"path":"packages/one"}]}`);
  writeFileSync(source, "export const before = 1;\n");
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

test("emits declarations at the start and after each change, says what doesn't fit, and ends when told", async () => {
  const program = join(ROOT, "packages/tooling/src/emit-types.ts");
  const child = spawn(process.execPath, [program], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const within = { timeout: 20_000 };

  await vi.waitFor(() => expect(output).toContain("Declarations are up to date"), within);
  expect(readFileSync(declarations, "utf8")).toContain("before");

  output = "";
  writeFileSync(source, "export const after: string = 1;\n");
  await vi.waitFor(() => expect(output).toContain("Some types don't fit"), within);
  expect(output).toContain("TS2322");

  output = "";
  writeFileSync(source, "export const after = 1;\n");
  await vi.waitFor(() => expect(output).toContain("Declarations are up to date"), within);
  expect(readFileSync(declarations, "utf8")).toContain("after");

  const closed = once(child, "close");
  child.kill("SIGINT");
  expect(await closed).toEqual([0, null]);
});
