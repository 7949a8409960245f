import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of a site that runs, with the demo academy in it. */
    site: string;
    /** Of that academy, for what its staff do. */
    operatorToken: string;
    /** Opens the mailbox in which its mails are kept. */
    mailboxKey: string;
    /** Folder of its database server. */
    postgres: string;
  }
}

const REPOSITORY = fileURLToPath(new URL("../../../..", import.meta.url));
const START_MS = 90_000;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function isReady(site: string): Promise<boolean> {
  try {
    return (await fetch(`${site}/readyz`)).ok;
  } catch {
    return false;
  }
}

async function untilReady(site: string, server: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (!(await isReady(site))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      throw new Error(`The server did not start:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Starts an academy of its own for all browser tests, as it is served in earnest, and stops it afterwards. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const data = await mkdtemp(join(tmpdir(), "lectern-e2e-"));
  // Started by root, the database runs as somebody else, who has to get in.
  await chmod(data, 0o755);
  const port = await freePort();
  const site = `http://localhost:${port}`;
  const { DATABASE_URL: _, ...environment } = process.env;
  const server = spawn(process.execPath, ["apps/server/src/main.ts"], {
    cwd: REPOSITORY,
    env: {
      ...environment,
      LECTERN_DATA: data,
      LECTERN_DEMO: "on",
      LECTERN_LOG_LEVEL: "warn",
      // People of these tests come from networks of their own, if they say so: see `newcomer`.
      LECTERN_TRUSTED_PROXIES: "127.0.0.1,::1",
      PORT: String(port),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  await untilReady(site, server, () => output);
  project.provide("site", site);
  project.provide("postgres", join(data, "postgres"));
  project.provide("operatorToken", (await readFile(join(data, "operator-token"), "utf8")).trim());
  const secret = (await readFile(join(data, "access-secret"), "utf8")).trim();
  const mailboxKey = createHmac("sha256", secret).update("mailbox|mailbox").digest("base64url");
  project.provide("mailboxKey", mailboxKey);
  return async () => {
    const stopped = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await stopped;
    await rm(data, { recursive: true, force: true });
  };
}
