import type { WireValue } from "./values.ts";

/** What can be said about one execution. */
export interface ExecuteOptions {
  /** Aborting cancels the statement inside PostgreSQL and rejects with StatementAborted. */
  readonly signal?: AbortSignal | undefined;
  /** Shorter deadline than the connection's for this statement, in milliseconds, waiting for a free connection included. */
  readonly timeoutMs?: number | undefined;
}

/** A statement as the driver takes it. */
export interface Statement {
  /** For errors and logs: the name of a prepared query. */
  readonly name: string | undefined;
  readonly text: string;
  /** Prepared on the server once a connection; otherwise parsed and planned each time. */
  readonly prepare: boolean;
  /** Rows as arrays in the order of the columns; otherwise as objects by column name. */
  readonly rowsAsArrays: boolean;
}

export interface Column {
  readonly name: string;
  /** Object identifier of its type. */
  readonly type: number;
}

/** What PostgreSQL answered. */
export interface StatementAnswer {
  readonly rows: readonly unknown[];
  /** Rows read or written, as the command tag says. */
  readonly count: number;
  /** The same object as long as a connection uses the same prepared statement. */
  readonly columns: readonly Column[];
}

/** Whatever can run a statement: the pool, or the one connection of a transaction. */
export interface Executor {
  run(
    statement: Statement,
    parameters: readonly WireValue[],
    options?: ExecuteOptions,
  ): Promise<StatementAnswer>;
  /** The same, with a signal that every statement listens to. */
  withSignal(signal: AbortSignal): Executor;
}

/** Two signals as one, or the one there is. */
export function anySignal(
  first: AbortSignal | undefined,
  second: AbortSignal | undefined,
): AbortSignal | undefined {
  if (!first || first === second) return second;
  return second ? AbortSignal.any([first, second]) : first;
}
