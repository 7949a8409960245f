import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Ended, run } from "../testing/run.ts";
import { ROOT } from "../workspace.ts";

/** Runs `npm test`'s own program on small repositories, with turbo, pnpm and Vitest as they are. */

const TESTS = "packages/tooling/src/test.ts";

let repository = "";

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "lectern-test-run-"));
  for (const file of ["package.json", "pnpm-lock.yaml", "tsconfig.base.json", ".pnpmfile.mjs"]) {
    cpSync(join(ROOT, file), join(repository, file));
  }
  write(".gitignore", "node_modules\ntest-results/\n.turbo/\n");
  write("pnpm-workspace.yaml", "packages: [apps/*, packages/*]\npmOnFail: ignore\n");
  const turbo = {
    tasks: {
      test: { outputs: ["test-results/test.json"] },
      "test:e2e": { cache: false, passThroughEnv: ["CHROMIUM_PATH"] },
    },
  };
  write("turbo.json", JSON.stringify(turbo));
  symlinkSync(join(ROOT, "node_modules"), join(repository, "node_modules"));
  const tooling = join(repository, "packages", "tooling");
  cpSync(join(ROOT, "packages", "tooling", "src"), join(tooling, "src"), { recursive: true });
  symlinkSync(join(ROOT, "packages", "tooling", "node_modules"), join(tooling, "node_modules"));
  write("packages/tooling/package.json", JSON.stringify({ name: "tooling", type: "module" }));
  mkdirSync(join(repository, "apps"));
});

afterEach(() => {
  rmSync(repository, { recursive: true });
});

function write(file: string, text: string) {
  mkdirSync(dirname(join(repository, file)), { recursive: true });
  writeFileSync(join(repository, file), text);
}

/** Adds a package with the given files, each of which has Vitest's functions in reach. */
function addPackage(
  name: string,
  files: Record<string, string>,
  scripts: Record<string, string> = { test: "vitest run" },
) {
  const path = `packages/${name}`;
  write(`${path}/package.json`, JSON.stringify({ name, type: "module", scripts }));
  for (const [file, text] of Object.entries(files)) {
    const imports = 'import { beforeAll, describe, expect, test } from "vitest";\n';
    write(`${path}/${file}`, imports + text);
  }
  symlinkSync(
    join(ROOT, "packages", "tooling", "node_modules"),
    join(repository, path, "node_modules"),
  );
}

function environmentOf(extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    HOME: process.env["HOME"],
    PATH: `${join(ROOT, "node_modules", ".bin")}:${process.env["PATH"] ?? ""}`,
    CHROMIUM_PATH: join(repository, "no-such-browser"),
    NO_COLOR: "1",
    ...extra,
  };
}

function runTests(parameters: string[] = [], extra: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const environment = environmentOf(extra);
  const program = join(repository, TESTS);
  return run(process.execPath, [program, ...parameters], repository, { environment });
}

function lastLine({ stdout }: Ended): string | undefined {
  return stdout.trimEnd().split("\n").at(-1);
}

const SUM = /^\d+ passed, \d+ failed(, \d+ skipped)?$/gm;

test("sums up all packages in one line, and fails with any of them", async () => {
  addPackage("good", {
    "good.test.js": `
      test("a", () => expect(1).toBe(1));
      test("b", () => expect(1).toBe(1));
      test.skip("c", () => expect(1).toBe(2));`,
  });
  addPackage("bad", {
    "one.test.js": `test("passes", () => expect(1).toBe(1));
      test("fails", () => expect(1).toBe(2));`,
    "unloadable.test.js": `import "./missing.js"; test("a", () => expect(1).toBe(1));`,
    "hook.test.js": `describe("with a hook", () => {
        beforeAll(() => { throw new Error("hook"); });
        test("a", () => expect(1).toBe(1));
      });`,
    "stray.test.js": `test("a", async () => {
        setTimeout(() => { throw new Error("stray"); }, 1);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(1).toBe(1);
      });`,
  });
  addPackage("crashing", {
    "crash.test.js": `test("a", () => { process.kill(process.ppid, "SIGKILL"); expect(1).toBe(1); });`,
  });
  const ended = await runTests();

  expect(lastLine(ended)).toBe("4 passed, 5 failed, 2 skipped");
  expect(ended.stdout.match(SUM)).toHaveLength(1);
  expect(ended.code).toBe(1);
  expect(ended.stdout).toContain("FAILED packages/bad: one.test.js > fails");
  expect(ended.stdout).toContain("FAILED packages/bad: unloadable.test.js: could not be loaded");
  expect(ended.stdout).toContain("FAILED packages/bad: hook.test.js > with a hook: a hook failed");
  expect(ended.stdout).toContain("FAILED packages/bad: an error that no test caught");
  expect(ended.stdout).toContain("FAILED packages/crashing: ended before it could report");
});

test("counts what need not run again, and runs it all the same in continuous integration", async () => {
  addPackage("good", { "good.test.js": `test("a", () => expect(1).toBe(1));` });
  const first = await runTests();
  const second = await runTests();
  const inCi = await runTests([], { CI: "true" });
  write(
    "packages/good/more.test.js",
    `import { test } from "vitest"; test("fails", () => null.a);`,
  );
  const changed = await runTests();

  expect([first, second, inCi, changed].map(lastLine)).toEqual([
    "1 passed, 0 failed",
    "1 passed, 0 failed",
    "1 passed, 0 failed",
    "1 passed, 1 failed",
  ]);
  expect([first, second, inCi, changed].map(({ code }) => code)).toEqual([0, 0, 0, 1]);
  expect(first.stdout).toContain("0 cached, 1 total");
  expect(second.stdout).toContain("1 cached, 1 total");
  expect(inCi.stdout).toContain("0 cached, 1 total");
});

test("names what passed only when it was run again", async () => {
  addPackage(
    "shaky",
    {
      "shaky.test.js": `let runs = 0;
        test("at the second run", () => expect((runs += 1)).toBe(2));
        test("at the first", () => expect(1).toBe(1));
        test("never", () => expect(1).toBe(2));`,
    },
    { test: "vitest run --retry 1" },
  );
  const ended = await runTests();
  expect(ended.stdout.match(/PASSED THE SECOND TIME .*/gu)).toEqual([
    "PASSED THE SECOND TIME packages/shaky: shaky.test.js > at the second run",
  ]);
  expect(ended.stdout).toContain("FAILED packages/shaky: shaky.test.js > never");
  expect(lastLine(ended)).toBe("2 passed, 1 failed");
});

test("leaves the browser tests out where there is no browser, and says so", async () => {
  addPackage("good", { "good.test.js": `test("a", () => expect(1).toBe(1));` });
  addPackage(
    "site",
    {
      "src/site.test.js": `test("a", () => expect(1).toBe(1));`,
      "e2e/site.spec.js": `test("a", () => expect(process.env.CHROMIUM_PATH).toMatch(/browser$/));`,
    },
    { test: "vitest run src", "test:e2e": "vitest run e2e" },
  );
  const without = await runTests();
  expect(without.stdout).toContain("Not run: the browser tests of packages/site");
  expect(lastLine(without)).toBe("2 passed, 0 failed");
  expect(without.code).toBe(0);

  const asked = await runTests(["test:e2e"]);
  expect(asked.stdout).toContain("Not run: the browser tests of packages/site");
  expect(lastLine(asked)).toBe("0 passed, 0 failed");
  expect(asked.code).toBe(1);

  write("browser", "#!/bin/sh\n");
  chmodSync(join(repository, "browser"), 0o755);
  const withBrowser = await runTests([], { CHROMIUM_PATH: join(repository, "browser") });
  expect(withBrowser.stdout).not.toContain("Not run");
  expect(lastLine(withBrowser)).toBe("3 passed, 0 failed");
  expect(withBrowser.code).toBe(0);
});

test("stops when it is told to", async () => {
  addPackage("slow", {
    "slow.test.js": `import { writeFileSync } from "node:fs";
      test("a", async () => {
        writeFileSync("../../started", "");
        await new Promise((resolve) => setTimeout(resolve, 50_000));
        expect(1).toBe(1);
      }, 60_000);`,
  });
  const program = join(repository, TESTS);
  const child = spawn(process.execPath, [program], {
    cwd: repository,
    // As in a terminal, all of it gets the signal.
    detached: true,
    env: environmentOf({}),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  const closed = once(child, "close");
  await vi.waitUntil(() => existsSync(join(repository, "started")), { timeout: 30_000 });
  process.kill(-Number(child.pid), "SIGINT");

  expect(await closed).toEqual([130, null]);
  expect(stdout).toContain("FAILED packages/slow: ended before it could report");
});

test("fails when there is nothing of the kind to run", async () => {
  addPackage("good", { "good.test.js": `test("a", () => expect(1).toBe(1));` });
  const ended = await runTests(["test:faults"]);
  expect(ended.stderr).toContain("There was nothing to run for test:faults");
  expect(lastLine(ended)).toBe("0 passed, 0 failed");
  expect(ended.code).toBe(1);
});
