import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Ended, run } from "../testing/run.ts";
import { ROOT } from "../workspace.ts";

/** Runs `.ci/run` with a stand-in for npm on a machine that has all that the tests want. */

let repository = "";

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "lectern-ci-"));
  mkdirSync(join(repository, ".ci"));
  mkdirSync(join(repository, "bin"));
  cpSync(join(ROOT, ".ci", "run"), join(repository, ".ci", "run"));
  for (const name of ["chromium-headless-shell", "pgbouncer"]) addProgram(name, "exit 0");
});

afterEach(() => {
  rmSync(repository, { recursive: true });
});

function addProgram(name: string, script: string) {
  const file = join(repository, "bin", name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** What a trial ends with. */
const TRIED = "echo '{\"ok\":true}'";

interface Answers {
  packages?: string;
  tests?: string;
  check?: string;
  faults?: string;
  race?: string;
  build?: string;
}

async function runCi(answers: Answers): Promise<Ended & { lastLine: string | undefined }> {
  const { packages = "exit 0", check = "exit 0", race = TRIED, build = "exit 0" } = answers;
  const { tests, faults } = answers;
  addProgram(
    "npm",
    `case "$*" in
      "run pretest") ${packages} ;;
      test) ${tests ?? 'echo "10 passed, 0 failed"'} ;;
      "run check") ${check} ;;
      "run test:faults") ${faults ?? 'echo "CI is $CI"; echo "5 passed, 0 failed, 2 skipped"'} ;;
      "run test:race"*) ${race} ;;
      "run test:crash"* | "run test:model"* | "run test:mail"* | "run test:fuzz"*) ${TRIED} ;;
      "run build") ${build} ;;
      *) exit 99 ;;
    esac`,
  );
  const environment = { PATH: `${join(repository, "bin")}:/usr/bin:/bin` };
  const ended = await run(join(repository, ".ci", "run"), [], tmpdir(), { environment });
  return { ...ended, lastLine: ended.stdout.trimEnd().split("\n").at(-1) };
}

test("ends with the sum of all suites", async () => {
  const { code, stdout, lastLine } = await runCi({});
  expect(lastLine).toBe("21 passed, 0 failed, 2 skipped");
  expect(stdout).toContain("CI is true");
  expect(code).toBe(0);
});

test("does several at the same time, and tells how many seconds each took", async () => {
  const { stdout } = await runCi({
    tests: `touch testing; until test -e racing; do sleep 0.02; done; sleep 0.2
      rm testing; echo "10 passed, 0 failed"`,
    race: `touch racing; ${TRIED}`,
    // Both emit declarations: they must not do so together.
    check: "test ! -e testing",
  });
  expect(stdout).toMatch(/^ +\d+ {2}Tests$/mu);
  expect(stdout).toMatch(/^ +\d+ {2}Checks: /mu);
  expect(stdout).toMatch(/^ +\d+ {2}all together$/mu);
  expect(stdout).not.toContain("FAILED");
});

test("goes on after a failure, and adds it up", async () => {
  const { code, stdout, lastLine } = await runCi({
    tests: 'echo "9 passed, 1 failed"; exit 1',
    check: "exit 2",
  });
  expect(lastLine).toBe("20 passed, 2 failed, 2 skipped");
  expect(stdout).toContain("FAILED: Checks");
  expect(code).toBe(1);
});

const breakdowns: [string, Answers, string][] = [
  ["without a sum", { tests: "echo broken; exit 1" }, "11 passed, 1 failed, 2 skipped"],
  ["without a sum, as if all were well", { tests: "echo" }, "11 passed, 1 failed, 2 skipped"],
  [
    "after a sum without failures",
    { faults: 'echo "5 passed, 0 failed"; exit 1' },
    "21 passed, 1 failed",
  ],
  ["while it is on trial", { race: `${TRIED}; exit 1` }, "20 passed, 1 failed, 2 skipped"],
  ["before a trial has figures", { race: "exit 0" }, "20 passed, 1 failed, 2 skipped"],
  ["before the tests", { packages: "exit 1" }, "21 passed, 1 failed, 2 skipped"],
  ["while it builds", { build: "exit 1" }, "21 passed, 1 failed, 2 skipped"],
];
test.each(breakdowns)("counts a step that ends badly %s", async (_name, answers, sum) => {
  const { code, lastLine } = await runCi(answers);
  expect(lastLine).toBe(sum);
  expect(code).toBe(1);
});
