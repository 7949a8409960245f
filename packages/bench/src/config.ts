import { homedir } from "node:os";
import { join } from "node:path";

/**
 * What the benchmark's child processes get of the environment: enough to find programs and a home, and none of what
 * configures an academy, so that every contender runs with its defaults.
 */
export function plainEnvironment(): Record<string, string> {
  const { PATH = "", HOME = "/", TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR !== undefined && { TMPDIR }), NODE_ENV: "production" };
}

/** Folders in which programs are looked for. */
export function searchPath(): string[] {
  return (process.env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
}

/** What npm gets of it: all, as that is where proxies and registries are named. */
export function npmEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env };
}

/** Where what the benchmark installs for itself stays: a folder of its own among the caches of whoever runs it. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME = "" } = process.env;
  return join(XDG_CACHE_HOME === "" ? join(homedir(), ".cache") : XDG_CACHE_HOME, "lectern-bench");
}
