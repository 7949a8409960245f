import type { Column, Statement } from "./driver/statement.ts";
import { encodeValue } from "./driver/values.ts";
import { findDatabaseError, StatementFailed } from "./errors.ts";
import { executorOf, type Queryable } from "./queryable.ts";
import { transaction } from "./transaction.ts";

/** How a library that composes its own SQL runs it through Lectern's connections. */
export interface LibrarySql {
  /**
   * @param text one statement with parameters, or any number of them without
   * @param values by what they are: arrays become array literals, objects JSON, undefined NULL
   * @returns the rows of all its statements, with a Date for each `timestamptz`
   * @throws StatementRefused; DeadlineExceeded
   */
  executeSql(text: string, values?: readonly unknown[]): Promise<{ rows: LibraryRow[] }>;
}

export type LibraryRow = Record<string, unknown>;

export interface LibrarySqlOptions {
  /** Prepares statements with parameters: where their text is always the same. */
  readonly prepare?: boolean;
  /** Milliseconds for a statement: for long work, more than the connection's own. */
  readonly timeoutMs?: number;
}

/** A statement failed, with the SQLSTATE where libraries made for other drivers look for it. */
export class StatementRefused extends StatementFailed {
  readonly code: string | undefined;

  constructor(failure: StatementFailed) {
    super(failure.statement, failure.cause);
    this.code = findDatabaseError(failure)?.sqlState;
  }
}

/**
 * Lends a library our connections, so that it opens none of its own: what it does keeps to our deadlines, and happens in the
 * caller's transaction where it is given one. A script that begins and commits by itself gets a transaction of ours instead: one that
 * fails half-way would leave its connection to the pool inside a transaction that is dead.
 */
export function librarySql(db: Queryable, options: LibrarySqlOptions = {}): LibrarySql {
  const { prepare = false, timeoutMs } = options;
  const limits = timeoutMs === undefined ? {} : { timeoutMs, statementTimeoutMs: timeoutMs };
  return {
    async executeSql(text, values = []) {
      const script = scriptOf(text);
      if (db.kind === "transaction") {
        if (script === undefined) return await run(db, text, values, prepare);
        throw new TypeError("A script with a transaction of its own can't run inside of another");
      }
      // Only a transaction may take longer than the connection's statements otherwise do.
      return script === undefined && timeoutMs === undefined
        ? await run(db, text, values, prepare)
        : await transaction(db, limits, (tx) => run(tx, script ?? text, values, prepare));
    },
  };
}

/** The inside of a script that is a transaction; undefined for any other text. */
function scriptOf(text: string): string | undefined {
  return /^\s*BEGIN;(.*)COMMIT;\s*$/isu.exec(text)?.[1];
}

async function run(
  db: Queryable,
  text: string,
  values: readonly unknown[],
  prepare: boolean,
): Promise<{ rows: LibraryRow[] }> {
  const statement: Statement = {
    name: undefined,
    text,
    prepare: prepare && values.length > 0,
    rowsAsArrays: false,
  };
  try {
    const answer = await db[executorOf].run(
      statement,
      values.map((value) => encodeValue(value ?? null)),
    );
    // Several statements answer with a list of rows each.
    const rows = answer.rows.flat().filter(isRow);
    return { rows: rows.map((row) => withDates(row, answer.columns)) };
  } catch (error) {
    throw error instanceof StatementFailed ? new StatementRefused(error) : error;
  }
}

/** Object identifier of `timestamptz`, which PostgreSQL's catalogue fixes. */
const instantType = 1184;

function withDates(row: LibraryRow, columns: readonly Column[]): LibraryRow {
  const dated = { ...row };
  for (const { name, type } of columns) {
    const value = row[name];
    if (type === instantType && typeof value === "string") dated[name] = new Date(value);
  }
  return dated;
}

function isRow(value: unknown): value is LibraryRow {
  return typeof value === "object" && value !== null;
}
