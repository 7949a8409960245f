import { complain, say } from "./output.mjs";
import { findChromium } from "./test/find-chromium.ts";
import { summarise } from "./test/reports.ts";
import { type Suite, runSuites } from "./test/run-suites.ts";
import { ROOT, listProjects } from "./workspace.ts";

/**
 * `npm test`: runs the tests of all packages, and those in a browser where there is one. With an argument, it runs
 * the script of that name alone: `test:e2e`, `test:a11y`, `test:faults`. Its last line sums all of them up.
 */
const BROWSER_TESTS = "test:e2e";
const NEEDS_BROWSER: ReadonlySet<string> = new Set([BROWSER_TESTS, "test:a11y", "test:lighthouse"]);
const HOW_TO_GET_CHROMIUM =
  "Install one (on Debian: apt-get install chromium), or name it in CHROMIUM_PATH.";

const [requested] = process.argv.slice(2);
const projects = listProjects(ROOT);
const chromium = findChromium(process.env);
const environment = { ...process.env, ...(chromium && { CHROMIUM_PATH: chromium }) };

function isBrowserNeeded(task: string): boolean {
  return NEEDS_BROWSER.has(task) && chromium === undefined;
}

function printTable(suites: Suite[]): void {
  const rows = suites.map(({ project, task, report }) => ({
    name: task === "test" ? project.path : `${project.path} ${task}`,
    counts: `${report.passed} passed, ${report.failures.length} failed, ${report.skipped} skipped`,
  }));
  const width = Math.max(...rows.map(({ name }) => name.length));
  say("");
  for (const { name, counts } of rows) say(`  ${name.padEnd(width)}  ${counts}`);
  for (const { project, report } of suites) {
    for (const failure of report.failures) say(`  FAILED ${project.path}: ${failure}`);
    for (const test of report.unsteady) say(`  PASSED THE SECOND TIME ${project.path}: ${test}`);
  }
}

// A Ctrl-C reaches turbo by itself, which stops what it runs.
let isInterrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    isInterrupted = true;
  });
}

const requestedTasks = requested === undefined ? ["test", BROWSER_TESTS] : [requested];
const tasks = requestedTasks.filter((task) => !isBrowserNeeded(task));
const suites: Suite[] = await runSuites({ root: ROOT, projects, tasks, environment });
if (suites.length > 0) printTable(suites);

const leftOut = projects.filter(({ manifest }) =>
  requestedTasks.some((task) => isBrowserNeeded(task) && manifest.scripts[task] !== undefined),
);
if (leftOut.length > 0) {
  const names = leftOut.map(({ path }) => path).join(", ");
  say(
    `\nNot run: the browser tests of ${names}, since no Chromium was found. ${HOW_TO_GET_CHROMIUM}`,
  );
}
if (suites.length === 0)
  complain(`\nThere was nothing to run for ${requestedTasks.join(" and ")}.`);

const hasFailed = suites.length === 0 || suites.some(({ report }) => report.failures.length > 0);
process.exitCode = isInterrupted ? 130 : hasFailed ? 1 : 0;
say(`\n${summarise(suites.map(({ report }) => report))}`);
