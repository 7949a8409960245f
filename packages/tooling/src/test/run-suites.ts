import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Project } from "../workspace.ts";
import { type Report, readReport, removeReport } from "./reports.ts";

const REPORTER = "../../packages/tooling/src/test/report.ts";

/** How many packages are tested at once: Vitest keeps every processor busy by itself, and each has its own PostgreSQL. */
const AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2));

/** The suite of one package. */
export interface Suite {
  project: Project;
  task: string;
  report: Report;
}

export interface Options {
  root: string;
  projects: Project[];
  /** The name of the script that runs a package's tests. */
  task: string;
  environment: NodeJS.ProcessEnv;
}

/**
 * Runs a script that runs tests in all packages that have it, through turbo, which shows their output and knows which
 * of them need not run again. In continuous integration all of them run.
 *
 * @returns what each package's tests came to, and a failure of turbo's own as that of the root
 */
export async function runSuites({ root, projects, task, environment }: Options): Promise<Suite[]> {
  const tested = projects.filter(({ manifest }) => manifest.scripts[task] !== undefined);
  if (tested.length === 0) return [];
  for (const { directory } of tested) removeReport(directory, task);

  const isForced = environment["CI"] !== undefined && environment["CI"] !== "";
  const code = await runTurbo(root, environment, [
    "run",
    task,
    "--continue=always",
    "--output-logs=new-only",
    `--concurrency=${AT_ONCE}`,
    ...(isForced ? ["--force"] : []),
    "--",
    "--reporter=default",
    `--reporter=${REPORTER}`,
  ]);

  const suites = tested.map((project) => ({
    project,
    task,
    report: readReport(project.directory, task),
  }));
  const isUnexplained = code !== 0 && suites.every(({ report }) => report.failures.length === 0);
  const [first] = suites;
  if (isUnexplained && first !== undefined) {
    first.report.failures.push(`turbo ended with code ${code}, though no test failed: see above`);
  }
  return suites;
}

function runTurbo(root: string, environment: NodeJS.ProcessEnv, options: string[]) {
  const turbo = join(root, "node_modules", "turbo", "bin", "turbo");
  const child = spawn(process.execPath, [turbo, ...options], {
    cwd: root,
    env: { ...environment, TURBO_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  function stop() {
    child.kill("SIGTERM");
  }
  process.on("SIGTERM", stop);
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("SIGTERM", stop);
      resolve(code ?? 1);
    });
  });
}
