import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What a package's tests came to. */
export interface Report {
  passed: number;
  skipped: number;
  /** One line for each failure. */
  failures: string[];
  /** One line for each test that failed, and passed when it was run again. */
  unsteady: string[];
}

/**
 * @param directory a package's folder
 * @param task the name of the script that runs its tests
 * @returns the file that its report is written to
 */
export function reportFile(directory: string, task: string): string {
  return join(directory, "test-results", `${task.replace(":", "-")}.json`);
}

/** Removes what an earlier run left, so that a suite that breaks down can't pass for one that has run. */
export function removeReport(directory: string, task: string): void {
  rmSync(reportFile(directory, task), { force: true });
}

/**
 * @param directory a package's folder
 * @param task the name of the script that ran its tests
 * @returns its report, which is one failure where the suite ended without
 */
export function readReport(directory: string, task: string): Report {
  const file = reportFile(directory, task);
  const report: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  if (isReport(report)) return report;
  return {
    passed: 0,
    skipped: 0,
    failures: ["ended before it could report: see its output above"],
    unsteady: [],
  };
}

function isReport(value: unknown): value is Report {
  return (
    typeof value === "object" &&
    value !== null &&
    "passed" in value &&
    "failures" in value &&
    "unsteady" in value
  );
}

/** @returns the line that a run of tests ends with, such as `412 passed, 0 failed` */
export function summarise(reports: Report[]): string {
  const passed = reports.reduce((sum, report) => sum + report.passed, 0);
  const skipped = reports.reduce((sum, report) => sum + report.skipped, 0);
  const failed = reports.reduce((sum, report) => sum + report.failures.length, 0);
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}
