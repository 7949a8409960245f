import { createHash } from "node:crypto";
import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connect } from "../connect.ts";
import { administer, quoteIdentifier } from "../driver/administer.ts";
import { type EmbeddedServer, startEmbeddedServer } from "../embedded/server.ts";
import { migrate, migrationsFolder } from "../migrate.ts";
import {
  copyServerDirectory,
  makeTestDirectory,
  removeAbandonedTestDirectories,
} from "./test-directory.ts";

/** A server that tests get their databases from. Plain data: it travels to the test workers. */
export interface TestServer {
  /** Of a role that may create databases. */
  readonly adminUrl: string;
  /** Of the role that Lectern's statements run as, on the template. */
  readonly templateUrl: string;
  /** Name of the migrated database that tests clone. */
  readonly template: string;
}

export interface RunningTestServer extends TestServer {
  stop(): Promise<void>;
}

/** Nothing that a test writes has to survive a power cut. */
const settings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  shared_buffers: "64MB",
  max_connections: "200",
};

const cacheFolder = fileURLToPath(
  new URL("../../node_modules/.cache/test-server", import.meta.url),
);

/**
 * Starts a server for one run of tests, with a migrated template: a copy of one that was made for these migrations once, so that it is there in
 * a moment. With the address of a server it uses that one instead, and only makes the template there.
 * @param url of a role that may create databases
 */
export async function startTestServer(url: string | undefined): Promise<RunningTestServer> {
  return url === undefined
    ? await startCopy()
    : { ...(await useServer(url)), stop: async () => {} };
}

async function useServer(url: string): Promise<TestServer> {
  const template = await ensureTemplate(url, url);
  return { adminUrl: url, templateUrl: withDatabase(url, template), template };
}

async function startCopy(): Promise<RunningTestServer> {
  await removeAbandonedTestDirectories();
  const prepared = await prepare();
  const directory = await makeTestDirectory();
  await copyServerDirectory(prepared, directory);
  const server = await startEmbeddedServer({ directory, settings });
  return {
    ...(await describe(server)),
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** @returns the directory of a stopped server that has the template, made the first time and kept for these migrations */
async function prepare(): Promise<string> {
  const directory = join(cacheFolder, await fingerprint());
  const isThere = async () =>
    (await lstat(join(directory, "data")).catch(() => undefined)) !== undefined;
  if (await isThere()) return directory;
  const making = await makeTestDirectory();
  const server = await startEmbeddedServer({ directory: making, settings });
  try {
    await describe(server);
  } finally {
    await server.stop();
  }
  await mkdir(cacheFolder, { recursive: true });
  const aside = await mkdtemp(join(cacheFolder, "making-"));
  await copyServerDirectory(making, aside);
  await rm(making, { recursive: true, force: true });
  // Somebody else may have been faster: the directory is theirs then, and as good.
  await rename(aside, directory).catch(async (error: unknown) => {
    await rm(aside, { recursive: true, force: true });
    if (!(await isThere())) throw error;
  });
  await removeOutdated();
  return directory;
}

/** Templates of migrations that have changed since. */
async function removeOutdated() {
  for (const entry of await readdir(cacheFolder)) {
    const directory = join(cacheFolder, entry);
    const age =
      Date.now() - ((await lstat(directory).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > 24 * 60 * 60_000) await rm(directory, { recursive: true, force: true });
  }
}

async function describe(server: EmbeddedServer): Promise<TestServer> {
  const template = await ensureTemplate(server.superuserUrl, server.url);
  return {
    adminUrl: server.superuserUrl,
    templateUrl: withDatabase(server.url, template),
    template,
  };
}

/** Makes the migrated database unless the server has one for these migrations. */
async function ensureTemplate(adminUrl: string, ownerUrl: string): Promise<string> {
  const template = `lectern_template_${await fingerprint()}`;
  const making = `${template}_making`;
  const owner = quoteIdentifier(decodeURIComponent(new URL(ownerUrl).username));
  await using admin = administer(adminUrl);
  // Several test runs may share a server that they were given.
  await admin.run("select pg_advisory_lock(7310593858020254332)");
  const [found] = await admin.run("select from pg_database where datname = $1", [template]);
  if (found) return template;
  await admin.run(`drop database if exists ${quoteIdentifier(making)} with (force)`);
  await admin.run(`create database ${quoteIdentifier(making)} owner ${owner}`);
  const db = await connect({ url: withDatabase(ownerUrl, making), poolSize: 1 });
  try {
    await migrate(db);
  } finally {
    await db.close();
  }
  await admin.run(
    `alter database ${quoteIdentifier(making)} rename to ${quoteIdentifier(template)}`,
  );
  return template;
}

/** Changes whenever a template that was made before is not what would be made now. */
async function fingerprint(): Promise<string> {
  const hash = createHash("sha256").update("1").update(JSON.stringify(settings));
  const files: string[] = await readdir(migrationsFolder).catch(() => []);
  for (const file of files.toSorted()) {
    if (file.endsWith(".sql"))
      hash.update(file).update(await readFile(join(migrationsFolder, file)));
  }
  return hash.digest("hex").slice(0, 16);
}

export function withDatabase(url: string, database: string): string {
  const result = new URL(url);
  result.pathname = `/${database}`;
  return result.href;
}
