import { PgDatabase } from "drizzle-orm/pg-core";
import { dialect, type RawResultKind, Session } from "./driver/session.ts";
import { PoolExecutor } from "./driver/pool-executor.ts";
import type { ExecuteOptions } from "./driver/statement.ts";
import type { TransactionExecutor } from "./driver/transaction-executor.ts";

export type { ExecuteOptions } from "./driver/statement.ts";
export type { RawResult } from "./driver/session.ts";

/** What both a Database and a Transaction build queries with. */
export type QueryBuilders = Pick<
  PgDatabase<RawResultKind>,
  | "select"
  | "selectDistinct"
  | "selectDistinctOn"
  | "insert"
  | "update"
  | "delete"
  | "with"
  | "$with"
  | "$count"
  | "execute"
>;

/** Where a handle keeps what runs its statements: for this package alone. */
export const executorOf: unique symbol = Symbol("executor");

/** The pool. Each statement is a transaction of its own; what must be atomic takes a Transaction instead. */
export interface Database extends QueryBuilders {
  readonly kind: "database";
  readonly [executorOf]: PoolExecutor;
  /** What the server says it is, e.g. "18.4". */
  readonly serverVersion: string;
  /** Resolves when the database answers; for readiness. @throws DeadlineExceeded or StatementFailed */
  ping(options?: ExecuteOptions): Promise<void>;
  /** Lets running statements finish until the time-out (milliseconds, default 5,000), then cuts them off. Always resolves. */
  close(options?: { readonly timeoutMs?: number }): Promise<void>;
}

/** One transaction, on a connection of its own. Made by transaction(); unusable once that has settled. */
export interface Transaction extends QueryBuilders {
  readonly kind: "transaction";
  readonly [executorOf]: TransactionExecutor;
}

/** Where a single read or write may run. */
export type Queryable = Database | Transaction;

/** The same database, with a signal that cancels every statement and transaction run through it: one for each request. */
export function withSignal(db: Database, signal: AbortSignal): Database {
  return new DatabaseHandle(db[executorOf].withSignal(signal), db.serverVersion);
}

const sharedHandles = new WeakMap<PoolExecutor["pool"], Database>();

/**
 * The same database without the signal of any request: for work that several requests share. Always the
 * same handle for one pool.
 */
export function sharedDatabase(db: Database): Database {
  const { pool } = db[executorOf];
  const known = sharedHandles.get(pool);
  if (known !== undefined) return known;
  const handle = new DatabaseHandle(new PoolExecutor(pool), db.serverVersion);
  sharedHandles.set(pool, handle);
  return handle;
}

/** @returns the signal of the request that this handle was made for, if any */
export function signalOf(db: Database): AbortSignal | undefined {
  return db[executorOf].signal;
}

export class DatabaseHandle extends PgDatabase<RawResultKind> implements Database {
  readonly kind = "database";
  readonly serverVersion: string;
  readonly [executorOf]: PoolExecutor;

  constructor(executor: PoolExecutor, serverVersion: string) {
    super(dialect, new Session(executor), undefined);
    this[executorOf] = executor;
    this.serverVersion = serverVersion;
  }

  async ping(options: ExecuteOptions = {}): Promise<void> {
    await this[executorOf].run(pingStatement, [], { timeoutMs: 2000, ...options });
  }

  async close({ timeoutMs = 5000 } = {}): Promise<void> {
    await this[executorOf].pool.close(timeoutMs);
  }
}

export class TransactionHandle
  extends PgDatabase<RawResultKind>
  implements Omit<Transaction, "transaction">
{
  readonly kind = "transaction";
  readonly [executorOf]: TransactionExecutor;

  constructor(executor: TransactionExecutor) {
    super(dialect, new Session(executor), undefined);
    this[executorOf] = executor;
  }
}

/** Builds statements without a database, for queries that are prepared once for all of them. */
export function statementBuilders(): QueryBuilders {
  return new PgDatabase<RawResultKind>(dialect, new Session(undefined), undefined);
}

const pingStatement = { name: "ping", text: "select 1", prepare: false, rowsAsArrays: true };
