import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { temporaryFolder } from "../../support/lectern-process.ts";

const SERVER = fileURLToPath(new URL("../../../", import.meta.url));
const VITEST = join(
  dirname(fileURLToPath(import.meta.resolve("vitest/package.json"))),
  "vitest.mjs",
);

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numTotalTestSuites: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** What became of the tests. */
export interface OwnTests {
  readonly passed: number;
  readonly failed: number;
  /** Names of those that failed, and of files that could not be run. */
  readonly failures: readonly string[];
}

/** Runs the tests in `test/attacks`, one file after the other: some compare times. */
export async function runOwnTests(): Promise<OwnTests> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "report.json");
  const args = ["run", "test/attacks", "--no-file-parallelism", "--reporter=json"];
  const child = spawn(process.execPath, [VITEST, ...args, `--outputFile=${file}`], {
    cwd: SERVER,
    stdio: ["ignore", "ignore", "inherit"],
  });
  await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const report = Report.parse(JSON.parse(await readFile(file, "utf8")));
  const failures = report.testResults.flatMap(({ name, message, assertionResults }) => [
    ...(message === "" ? [] : [`${name}: ${message}`]),
    ...assertionResults.filter(({ status }) => status === "failed").map(({ fullName }) => fullName),
  ]);
  return {
    passed: report.numPassedTests,
    failed: report.success ? 0 : Math.max(report.numFailedTests, 1),
    failures,
  };
}
