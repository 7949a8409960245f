import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** A Lectern as operators run it: a process of its own, with a database and the demo academy in it. */
export interface StartedServer extends AsyncDisposable {
  readonly url: string;
  readonly operatorToken: string;
}

function readyUrl(line: string): string | undefined {
  if (!line.startsWith("{")) return undefined;
  const entry: unknown = JSON.parse(line);
  if (typeof entry !== "object" || entry === null) return undefined;
  if (!("msg" in entry) || entry.msg !== "ready" || !("url" in entry)) return undefined;
  return typeof entry.url === "string" ? entry.url : undefined;
}

/** Starts one on a free port, with a data folder that is thrown away. */
export async function startServer(): Promise<StartedServer> {
  const data = await mkdtemp(path.join(tmpdir(), "lectern-started-"));
  // The database runs as another user where Lectern runs as root.
  await chmod(data, 0o755);
  const { DATABASE_URL: _theirs, ...environment } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...environment,
      PORT: "0",
      LECTERN_DATA: data,
      LECTERN_DEMO: "on",
      LECTERN_LOG_LEVEL: "info",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  async function stop(): Promise<void> {
    const ended = child.exitCode === null ? once(child, "exit") : Promise.resolve();
    child.kill("SIGTERM");
    await ended;
    await rm(data, { recursive: true, force: true });
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const url = readyUrl(line);
    if (url === undefined) continue;
    child.stdout.resume();
    const operatorToken = (await readFile(path.join(data, "operator-token"), "utf8")).trim();
    return { url, operatorToken, [Symbol.asyncDispose]: stop };
  }
  await stop();
  throw new Error("The server ended before it was ready");
}
