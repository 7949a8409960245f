import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type TestDatabase, createTestDatabase } from "@lectern/database/testing/database";
import { QUICK_START } from "@lectern/database/testing/quick-start";
import { afterAll, beforeAll, vi } from "vitest";
import type { Config } from "../../src/config.ts";

/** An academy that runs as a process of its own, as an operator starts it, on a database of a test's. */
export interface Academy {
  readonly url: string;
  readonly database: TestDatabase;
  /** Configuration of a command line on the same machine. */
  readonly config: Config;
  /** The same as an environment. */
  readonly environment: Readonly<Record<string, string>>;
}

const MAIN = fileURLToPath(new URL("../../../server/src/main.ts", import.meta.url));

/** The address that the server logs when it is ready. */
function addressIn(log: string): string | undefined {
  return /"url":"(http:[^"]+)".*"msg":"ready"/u.exec(log)?.[1];
}

export interface AcademyOptions {
  readonly demo?: boolean;
  /** `false` for one in which nothing moves by itself, whatever the clock says: jobs wait. */
  readonly worker?: boolean;
}

export async function startAcademy(
  options: AcademyOptions = {},
): Promise<Academy & AsyncDisposable> {
  const database = await createTestDatabase();
  const dataDirectory = await mkdtemp(join(tmpdir(), "lectern-cli-test-"));
  const child = spawn(process.execPath, [MAIN], {
    cwd: dirname(MAIN),
    env: {
      PATH: process.env["PATH"],
      HOME: tmpdir(),
      ...QUICK_START,
      HOST: "127.0.0.1",
      PORT: "0",
      DATABASE_URL: database.url,
      LECTERN_DATA: dataDirectory,
      LECTERN_DEMO: options.demo === true ? "on" : "off",
      LECTERN_WORKER: options.worker === false ? "off" : "on",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      log += chunk.toString();
    });
  }
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const url = await vi.waitUntil(
    () => {
      if (child.exitCode !== null) throw new Error(`The server ended:\n${log}`);
      return addressIn(log);
    },
    { timeout: 50_000, interval: 50 },
  );
  return {
    url,
    database,
    config: {
      url,
      token: undefined,
      dataDirectory,
      databaseUrl: database.url,
      configDirectory: join(dataDirectory, "sign-ins"),
    },
    environment: {
      LECTERN_URL: url,
      LECTERN_DATA: dataDirectory,
      DATABASE_URL: database.url,
      XDG_CONFIG_HOME: join(dataDirectory, "config"),
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGTERM");
      await exited;
      await database.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** One academy for all tests of a file. @returns how a test gets it */
export function useAcademy(options: AcademyOptions = {}): () => Academy {
  let academy: (Academy & AsyncDisposable) | undefined;
  beforeAll(async () => {
    academy = await startAcademy(options);
  });
  afterAll(async () => {
    await academy?.[Symbol.asyncDispose]();
  });
  return () => {
    if (academy === undefined) throw new TypeError("The academy exists in tests and hooks only");
    return academy;
  };
}
