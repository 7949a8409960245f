import { execFile, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LecternClient, createClient } from "@lectern/client";
import { vi } from "vitest";

/** An academy of a test's own, whose database can be written to: what the others look at stays as it is. */
export interface OwnAcademy extends AsyncDisposable {
  readonly site: string;
  readonly staff: LecternClient;
  readonly visitor: LecternClient;
  /** @returns the key that a link carries */
  readonly keyFor: (subject: string, id: string) => string;
  /** Runs SQL. @returns the rows */
  readonly query: (
    text: string,
    ...parameters: readonly unknown[]
  ) => Promise<Record<string, unknown>[]>;
}

const REPOSITORY = fileURLToPath(new URL("../../../..", import.meta.url));
const START_MS = 90_000;

/** Runs in the server's folder, which knows the database's packages: the site's does not. */
const QUERY = `
  import { administer } from "@lectern/database/driver/administer";
  import { findEmbeddedServer } from "@lectern/database/embedded/server";
  const [directory, text, parameters] = process.argv.slice(1);
  const { url } = await findEmbeddedServer(directory);
  await using sql = administer(url);
  console.log(JSON.stringify(await sql.run(text, JSON.parse(parameters))));`;

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

/** Starts an academy with the demo in it, as it is served in earnest. */
export async function startOwnAcademy(): Promise<OwnAcademy> {
  const data = await mkdtemp(join(tmpdir(), "lectern-e2e-own-"));
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
      PORT: String(port),
    },
    stdio: "ignore",
  });
  await vi.waitFor(
    async () => {
      if (!(await fetch(`${site}/readyz`)).ok) throw new Error("The server has not started yet");
    },
    { timeout: START_MS, interval: 250 },
  );
  const read = async (name: string) => (await readFile(join(data, name), "utf8")).trim();
  const secret = await read("access-secret");
  return {
    site,
    staff: createClient({ url: site, token: await read("operator-token") }),
    visitor: createClient({ url: site }),
    keyFor: (subject, id) =>
      createHmac("sha256", secret).update(`${subject}|${id}`).digest("base64url"),
    query: (text, ...parameters) => query(join(data, "postgres"), text, parameters),
    async [Symbol.asyncDispose]() {
      const stopped = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await stopped;
      await rm(data, { recursive: true, force: true });
    },
  };
}

function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/**
 * Runs SQL on an academy's database.
 *
 * @param directory of its server
 * @returns the rows
 */
export function query(
  directory: string,
  text: string,
  parameters: readonly unknown[],
): Promise<Record<string, unknown>[]> {
  const args = ["--input-type=module", "-e", QUERY, directory, text, JSON.stringify(parameters)];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      args,
      { cwd: join(REPOSITORY, "apps/server") },
      (error, stdout, stderr) => {
        if (error !== null) {
          reject(new Error(`The database says: ${stderr}`, { cause: error }));
          return;
        }
        const rows: unknown = JSON.parse(stdout);
        resolve(Array.isArray(rows) ? rows.filter(isRow) : []);
      },
    );
  });
}
