import { ConnectFailed, StatementFailed, UnsupportedServerVersion } from "./errors.ts";
import { Pool, PoolExecutor, type PoolFault } from "./driver/pool-executor.ts";
import { type Database, DatabaseHandle } from "./queryable.ts";

export type { Database } from "./queryable.ts";
export type { PoolFault } from "./driver/pool-executor.ts";

/** The oldest PostgreSQL whose features the schema and the statements use. */
const oldestServerVersion = 15;

export interface ConnectOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Connections at most. A small pool books faster than a large one: ten by default. */
  readonly poolSize?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Milliseconds to reach the server and sign in. Default 5,000. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds for one statement, waiting for a free connection included. Default 5,000. */
  readonly statementTimeoutMs?: number;
  /** Milliseconds for a whole transaction, its retries included. Default 10,000. */
  readonly transactionTimeoutMs?: number;
  /** Milliseconds that the server gets to confirm a cancellation before its connection counts as dead. Default 500. */
  readonly cancelGraceMs?: number;
  /**
   * Behind PgBouncer in transaction mode: no settings in the start-up message (give them to the role instead:
   * `ALTER ROLE … SET plan_cache_mode = force_generic_plan`), and no named statements unless `prepare` says that it is
   * PgBouncer 1.21 or later with `max_prepared_statements`.
   */
  readonly pgbouncer?: boolean;
  /** Whether statements are prepared on the server. Default: yes, and no behind PgBouncer. */
  readonly prepare?: boolean;
  /** NOTICE messages of the server. */
  readonly onNotice?: (message: string) => void;
  /** The pool's connections were replaced, and why: for logs and metrics. */
  readonly onFault?: (fault: PoolFault) => void;
}

/**
 * Connects, and checks that the server is one that Lectern can use.
 * @throws ConnectFailed when the server can't be reached or refuses the credentials
 * @throws UnsupportedServerVersion when it is older than PostgreSQL 15
 */
export async function connect(options: ConnectOptions): Promise<Database> {
  const { pgbouncer = false, statementTimeoutMs = 5000, transactionTimeoutMs = 10_000 } = options;
  const pool = new Pool({
    url: options.url,
    size: options.poolSize ?? 10,
    applicationName: options.applicationName ?? "lectern",
    connectTimeoutMs: options.connectTimeoutMs ?? 5000,
    statementTimeoutMs,
    transactionTimeoutMs,
    cancelGraceMs: options.cancelGraceMs ?? 500,
    prepare: options.prepare ?? !pgbouncer,
    sendSettings: !pgbouncer,
    onNotice: options.onNotice,
    onFault: options.onFault,
  });
  const executor = new PoolExecutor(pool);
  try {
    return new DatabaseHandle(executor, await checkServerVersion(executor));
  } catch (error) {
    await pool.close(0);
    if (error instanceof UnsupportedServerVersion) throw error;
    throw new ConnectFailed(
      withoutPassword(options.url),
      error instanceof StatementFailed ? error.cause : error,
    );
  }
}

async function checkServerVersion(executor: PoolExecutor): Promise<string> {
  const { rows } = await executor.run(versionStatement, []);
  const [row] = rows;
  const [number, version] = Array.isArray(row) ? row.map(String) : [];
  return requireServerVersion(Number(number), version ?? "unknown");
}

/**
 * @param number `server_version_num`, e.g. 180004
 * @param version `server_version`, e.g. "18.4 (Debian 18.4-1)"
 * @returns the version as people write it, e.g. "18.4"
 * @throws UnsupportedServerVersion
 */
export function requireServerVersion(number: number, version: string): string {
  const [found = version] = version.split(" ", 1);
  if (number < oldestServerVersion * 10_000)
    throw new UnsupportedServerVersion(found, oldestServerVersion);
  return found;
}

const versionStatement = {
  name: "server version",
  text: "select current_setting('server_version_num'), current_setting('server_version')",
  prepare: false,
  rowsAsArrays: true,
};

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return "an address that is not a URL";
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
