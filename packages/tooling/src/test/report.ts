import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter, TestCase, TestModule, Vitest } from "vitest/node";
import { type Report, reportFile } from "./reports.ts";

/**
 * A reporter for Vitest that writes down how many tests passed, failed and were skipped. What is not a test and
 * failed all the same counts as one: a file that can't be loaded, a hook, an error that nobody caught.
 */
export default class ReportWriter implements Reporter {
  #root = "";

  onInit(vitest: Vitest): void {
    this.#root = vitest.config.root;
  }

  onTestRunEnd(
    modules: ReadonlyArray<TestModule>,
    unhandledErrors: ReadonlyArray<unknown>,
    reason: "passed" | "interrupted" | "failed",
  ): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === "passed").length;
    const failedTests = tests.filter((test) => test.result().state === "failed");
    const unsteady = tests.filter((test) => test.diagnostic()?.flaky === true).map(nameOf);
    const failures = [
      ...failedTests.map(nameOf),
      ...modules.flatMap(listFaultsAroundTests),
      ...unhandledErrors.map(() => "an error that no test caught"),
    ];
    if (failures.length === 0 && reason !== "passed") failures.push(`the run was ${reason}`);

    const skipped = tests.length - passed - failedTests.length;
    const report: Report = { passed, skipped, failures, unsteady };
    // pnpm says which script it runs.
    const file = reportFile(this.#root, process.env["npm_lifecycle_event"] ?? "test");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(report));
  }
}

function nameOf(test: TestCase): string {
  return `${test.module.relativeModuleId} > ${test.fullName}`;
}

function listFaultsAroundTests(module: TestModule): string[] {
  const name = module.relativeModuleId;
  const faults = [...module.children.allSuites()]
    .filter((suite) => suite.errors().length > 0)
    .map((suite) => `${name} > ${suite.fullName}: a hook failed`);
  if (module.errors().length > 0) faults.push(`${name}: could not be loaded or set up`);
  const state = module.state();
  if (state === "pending" || state === "queued") faults.push(`${name}: did not finish`);
  return faults;
}
