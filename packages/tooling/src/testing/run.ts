import { spawn } from "node:child_process";

const PATIENCE_MS = 150_000;

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Options {
  environment?: NodeJS.ProcessEnv;
  /** As which user; only root may choose. */
  uid?: number;
}

/** Runs a program without input, and collects what it says; a failure is a code, not an error. */
export function run(
  program: string,
  parameters: string[],
  directory: string,
  { environment, uid }: Options = {},
): Promise<Ended> {
  const child = spawn(program, parameters, {
    cwd: directory,
    env: environment ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: PATIENCE_MS,
    killSignal: "SIGKILL",
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}
