import { execFile } from "node:child_process";
import { readFile, readlink, readdir } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const systemEnvironment = { LC_ALL: "C", PATH: "/usr/bin:/bin" };

/** Tells a process from a later one that got the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own notation; empty where the system can't say. */
  readonly started: string;
}

export async function identifyProcess(pid: number): Promise<ProcessIdentity> {
  return { pid, started: await startOf(pid) };
}

/** Whether that very process still runs: its id alone proves nothing, ids are given again. */
export async function isRunning({ pid, started }: ProcessIdentity): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const now = await startOf(pid);
  return started === "" || now === "" || now === started;
}

/** Whether some process has that id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function startOf(pid: number): Promise<string> {
  if (process.platform === "linux") {
    try {
      const [stat, boot] = await Promise.all([
        readFile(`/proc/${pid}/stat`, "utf8"),
        readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      ]);
      // The command's name, in parentheses, may hold blanks; the 22nd field counts from the one after it.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // A zombie has ended: only its parent has not noticed.
      return fields[0] === "Z" ? "ended" : `${boot.trim()}/${fields[19] ?? ""}`;
    } catch {
      return "";
    }
  }
  if (process.platform === "win32") return "";
  try {
    const { stdout } = await run("ps", ["-o", "lstart=", "-p", String(pid)], {
      env: systemEnvironment,
    });
    return stdout.trim();
  } catch {
    return "";
  }
}

/** Processes whose working directory that is: PostgreSQL's all work in their data directory. Linux alone can tell cheaply. */
export async function processesIn(directory: string): Promise<number[]> {
  if (process.platform !== "linux") return [];
  const entries = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    entries.map(async (entry) =>
      (await workingDirectory(entry)) === directory ? [Number(entry)] : [],
    ),
  );
  return found.flat();
}

/** Whether the process with that id is the PostgreSQL server of that data directory. */
export async function isServerOf(pid: number, dataDirectory: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === "linux") return (await workingDirectory(String(pid))) === dataDirectory;
  try {
    const { stdout } = await run("ps", ["-o", "command=", "-p", String(pid)]);
    return stdout.includes(dataDirectory);
  } catch {
    return false;
  }
}

async function workingDirectory(pid: string): Promise<string | undefined> {
  try {
    return await readlink(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
