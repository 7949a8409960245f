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
