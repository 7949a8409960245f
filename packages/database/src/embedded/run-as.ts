import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { EmbeddedServerError } from "./errors.ts";

/** As whom, and how, PostgreSQL's programs run. */
export interface RunAs {
  /** Owner of the data directory; undefined where it is just whoever runs Lectern. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  spawn(program: string, args: readonly string[], stdio: SpawnOptions["stdio"]): ChildProcess;
}

/**
 * PostgreSQL refuses to run as root. Everybody else runs it as they are; root runs it as another user, who must be able to reach the programs
 * and the data directory even where a directory above them is root's alone (a clone under /root): with a capability that lets it
 * search directories then, and nothing else of root's power.
 *
 * @param directory exists; the data directory is or will be made below it
 * @throws EmbeddedServerError when root finds no way
 */
export async function findRunAs(binaries: Binaries, directory: string): Promise<RunAs> {
  if (process.getuid?.() !== 0)
    return { owner: undefined, spawn: (program, args, stdio) => launch(program, args, stdio) };
  const owner = await unprivilegedUser(join(directory, "data"));
  for (const capability of [undefined, "dac_read_search", "dac_override"]) {
    const runAs: RunAs = {
      owner,
      spawn: (program, args, stdio) => launchAs(owner, capability, program, args, stdio),
    };
    if (await reaches(runAs, binaries, directory)) return runAs;
  }
  throw new EmbeddedServerError(
    "no user to run as",
    `PostgreSQL does not run as root, and uid ${owner.uid} can reach neither its programs nor ${directory}. ` +
      "Install util-linux (setpriv), or start Lectern as an ordinary user, or move it to a directory that others may enter, " +
      "or set DATABASE_URL to a PostgreSQL server.",
  );
}

function launch(
  program: string,
  args: readonly string[],
  stdio: SpawnOptions["stdio"],
  options: SpawnOptions = {},
): ChildProcess {
  return spawn(program, args, {
    ...options,
    // A session of its own: Ctrl-C in a terminal goes to Lectern, which then stops PostgreSQL in order.
    detached: process.platform !== "win32",
    // None of Lectern's secrets; and a directory that every user may enter.
    env:
      process.platform === "win32"
        ? undefined
        : { PATH: "/usr/local/bin:/usr/bin:/bin", LC_MESSAGES: "C", TZ: "UTC" },
    cwd: "/",
    stdio,
  });
}

function launchAs(
  { uid, gid }: { readonly uid: number; readonly gid: number },
  capability: string | undefined,
  program: string,
  args: readonly string[],
  stdio: SpawnOptions["stdio"],
): ChildProcess {
  if (capability === undefined) return launch(program, args, stdio, { uid, gid });
  const prefix = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    "--clear-groups",
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
    // access(2), by which PostgreSQL looks at its own programs, forgets capabilities without this.
    "--securebits=+no_setuid_fixup",
  ];
  return launch("setpriv", [...prefix, program, ...args], stdio);
}

/** Tries what PostgreSQL will do: run its programs, read its files, enter the directory. */
async function reaches(
  runAs: RunAs,
  { initdb, postgres, root }: Binaries,
  directory: string,
): Promise<boolean> {
  const script = 'test -x "$1" && test -x "$2" && test -r "$3" && cd "$4" && "$2" --version';
  const files = [initdb, postgres, join(root, "share", "postgresql", "postgres.bki"), directory];
  const child = runAs.spawn("/bin/sh", ["-c", script, "sh", ...files], "ignore");
  return await new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

/** Whoever owns the data already; else the system's `postgres` or `nobody`. */
async function unprivilegedUser(dataDirectory: string): Promise<{ uid: number; gid: number }> {
  const data = await stat(dataDirectory).catch(() => undefined);
  if (data && data.uid !== 0) return { uid: data.uid, gid: data.gid };
  const users = new Map<string, { uid: number; gid: number }>();
  for (const line of (await readFile("/etc/passwd", "utf8").catch(() => "")).split("\n")) {
    const [name = "", , uid, gid] = line.split(":");
    if (Number(uid) > 0) users.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  const user = users.get("postgres") ?? users.get("nobody");
  if (user) return user;
  throw new EmbeddedServerError(
    "no user to run as",
    "PostgreSQL does not run as root, and this system has neither a user postgres nor nobody. " +
      "Start Lectern as an ordinary user, or set DATABASE_URL to a PostgreSQL server.",
  );
}
