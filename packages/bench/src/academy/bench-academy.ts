import { chmod, lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@lectern/database/connect";
import { type Administration, administer } from "@lectern/database/driver/administer";
import { dataLockHolder } from "@lectern/database/embedded/data-lock";
import { type EmbeddedServer, startEmbeddedServer } from "@lectern/database/embedded/server";
import { migrate } from "@lectern/database/migrate";
import { loadBigDemo } from "@lectern/demo/load-big-demo";
import { loadDemo } from "@lectern/demo/load-demo";
import { addBenchRuns } from "./bench-runs.ts";

/** The databases that a benchmark runs on, in a PostgreSQL and a folder of their own. */
export interface BenchAcademy extends AsyncDisposable {
  /** Temporary, for logs and the like; gone in the end. */
  readonly folder: string;
  readonly serverVersion: string;
  /** The demo academy. Its catalogue is only read; people are added by the rows that need some. */
  readonly catalogueUrl: string;
  /** A course with runs to book. */
  readonly bookingsUrl: string;
  /** Into the bookings, as the role that may do everything. */
  readonly bookingsAdmin: Administration;
  /** Makes another database with the same course and runs; disposing of it closes the way into it. */
  createBookings(name: string): Promise<BookingsDatabase>;
  /** An academy with so many runs, beside the demo's, and courses in proportion; made when it is first asked for. @returns its URL */
  catalogueOf(runs: number): Promise<string>;
  /** Makes a copy of the demo academy, for those who write to it. Nobody may be connected to that. @returns its URL */
  copyCatalogue(name: string): Promise<string>;
}

/** A database with a course and runs to book. */
export interface BookingsDatabase extends AsyncDisposable {
  readonly url: string;
  readonly admin: Administration;
}

/** So many runs are booked side by side where bookings are spread. */
export const RUNS = 1000;

const FOLDER_PREFIX = "lectern-bench-";
const DATABASE_FOLDER = "postgres";
const BOOKINGS_DATABASE = "lectern_bookings";

/** Lectern's own settings, durable ones included; but vacuuming is done between measurements and not during them. */
const SETTINGS = { autovacuum: "off", max_wal_size: "4GB" };

/** Starts an academy of the benchmark's own. Disposing of it leaves nothing behind. */
export async function startBenchAcademy(): Promise<BenchAcademy> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), FOLDER_PREFIX));
  // Started by root, PostgreSQL runs as somebody else, who has to get through.
  await chmod(folder, 0o711);
  await using cleanUp = new AsyncDisposableStack();
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }));
  const server = await startEmbeddedServer({
    directory: join(folder, DATABASE_FOLDER),
    settings: SETTINGS,
  });
  cleanUp.defer(() => server.stop());
  const serverVersion = await prepareCatalogue(server);
  const bookings = cleanUp.use(await createBookings(server, BOOKINGS_DATABASE));
  const catalogues = new Map<number, Promise<string>>();
  const owned = cleanUp.move();
  return {
    folder,
    serverVersion,
    catalogueUrl: server.url,
    bookingsUrl: bookings.url,
    bookingsAdmin: bookings.admin,
    createBookings: (name) => createBookings(server, name),
    catalogueOf(runs) {
      const made = catalogues.get(runs) ?? createCatalogue(server, runs);
      catalogues.set(runs, made);
      return made;
    },
    copyCatalogue: (name) => copyCatalogue(server, name),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** A folder younger than this may just be on its way to its lock. */
const YOUNG_MS = 60_000;

/** Removes what runs that were killed have left behind. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(FOLDER_PREFIX)) continue;
    const folder = join(tmpdir(), name);
    const changedAt = (await lstat(folder).catch(() => undefined))?.mtimeMs ?? Date.now();
    const isInUse =
      Date.now() - changedAt < YOUNG_MS ||
      (await dataLockHolder(join(folder, DATABASE_FOLDER))) !== undefined;
    if (!isInUse) await rm(folder, { recursive: true, force: true });
  }
}

async function createCatalogue(server: EmbeddedServer, runs: number): Promise<string> {
  const name = `lectern_of_${runs}`;
  {
    await using top = administer(server.superuserUrl);
    const owner = decodeURIComponent(new URL(server.url).username);
    await top.run(`CREATE DATABASE ${name} OWNER ${owner}`);
  }
  const url = withDatabase(server.url, name);
  const db = await connect({ url, poolSize: 2 });
  try {
    await migrate(db);
    const today = Temporal.Now.plainDateISO("UTC");
    await loadDemo(db, { today });
    await loadBigDemo(db, { runs, today });
  } finally {
    await db.close();
  }
  await using admin = administer(withDatabase(server.superuserUrl, name));
  // Nothing else does, between measurements.
  await admin.run("VACUUM ANALYZE");
  return url;
}

async function createBookings(server: EmbeddedServer, name: string): Promise<BookingsDatabase> {
  await using top = administer(server.superuserUrl);
  const owner = decodeURIComponent(new URL(server.url).username);
  await top.run(`CREATE DATABASE ${name} OWNER ${owner}`);
  const url = withDatabase(server.url, name);
  const db = await connect({ url, poolSize: 1 });
  try {
    await migrate(db);
  } finally {
    await db.close();
  }
  const admin = administer(withDatabase(server.superuserUrl, name));
  await addBenchRuns(admin, RUNS);
  return { url, admin, [Symbol.asyncDispose]: () => admin[Symbol.asyncDispose]() };
}

async function copyCatalogue(server: EmbeddedServer, name: string): Promise<string> {
  await using top = administer(server.superuserUrl);
  const { username, pathname } = new URL(server.url);
  const [original, owner] = [pathname.slice(1), username].map(decodeURIComponent);
  await top.run(`CREATE DATABASE ${name} OWNER ${owner} TEMPLATE ${original}`);
  return withDatabase(server.url, name);
}

/** @returns the version of the server */
async function prepareCatalogue(server: EmbeddedServer): Promise<string> {
  const db = await connect({ url: server.url, poolSize: 2 });
  try {
    await migrate(db);
    await loadDemo(db, { today: Temporal.Now.plainDateISO("UTC") });
    return db.serverVersion;
  } finally {
    await db.close();
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
