import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Project } from "../workspace.ts";
import { type Report, readReport, removeReport } from "./reports.ts";

const REPORTER = "../../packages/tooling/src/test/report.ts";

const PROCESSORS = availableParallelism();

/** How many suites run at once, each with a PostgreSQL of its own. Vitest keeps all processors busy but one. */
const AT_ONCE = PROCESSORS === 1 ? 1 : Math.max(2, Math.floor(PROCESSORS / 2));

/** The suite of one package. */
export interface Suite {
  project: Project;
  task: string;
  report: Report;
}

export interface Options {
  root: string;
  projects: Project[];
  /** The names of the scripts that run tests. */
  tasks: readonly string[];
  environment: NodeJS.ProcessEnv;
}

/**
 * Runs scripts that run tests in all packages that have them, through turbo, which shows their output and knows which
 * of them need not run again. In continuous integration all of them run.
 *
 * @returns what each package's tests came to, and a failure of turbo's own as that of the root
 */
export async function runSuites({ root, projects, tasks, environment }: Options): Promise<Suite[]> {
  const wanted = projects.flatMap((project) =>
    tasks
      .filter((task) => project.manifest.scripts[task] !== undefined)
      .map((task) => ({ project, task })),
  );
  if (wanted.length === 0) return [];
  for (const { project, task } of wanted) removeReport(project.directory, task);

  const isForced = environment["CI"] !== undefined && environment["CI"] !== "";
  const code = await runTurbo(root, environment, [
    "run",
    ...tasks,
    "--continue=always",
    "--output-logs=new-only",
    `--concurrency=${AT_ONCE}`,
    ...(isForced ? ["--force"] : []),
    "--",
    "--reporter=default",
    `--reporter=${REPORTER}`,
  ]);

  const suites = wanted.map(({ project, task }) => ({
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
