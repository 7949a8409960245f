import type { Sql, TransactionSql } from "postgres";
import {
  DeadlineExceeded,
  findDatabaseError,
  StatementAborted,
  StatementFailed,
} from "../errors.ts";
import type { Statement, StatementAnswer } from "./statement.ts";
import type { WireValue } from "./values.ts";

export interface Guard {
  /** Milliseconds until the statement is given up, waiting for a free connection included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Statements that whoever holds this set may give up while they run; listening to a signal for each would cost far more. */
  readonly running?: Set<(reason: Error) => void>;
  /** Milliseconds that PostgreSQL gets to confirm a cancellation before its connection counts as dead. */
  readonly cancelGraceMs: number;
  /** Called when a connection did not answer to its cancellation and is destroyed. */
  readonly onUnresponsive: () => void;
}

/**
 * Runs one statement under a deadline and a signal, neither of which trusts the server to answer: when either fires, the caller
 * is told at once, the statement is cancelled inside PostgreSQL, and a connection that stays silent after that is destroyed.
 * @throws DeadlineExceeded, StatementAborted, or StatementFailed with the driver's error as its cause
 */
export function runGuarded(
  client: Sql | TransactionSql,
  statement: Statement,
  parameters: readonly WireValue[],
  guard: Guard,
): Promise<StatementAnswer> {
  const { signal, running, timeoutMs } = guard;
  if (signal?.aborted) return Promise.reject(new StatementAborted(signal.reason));
  return new Promise((resolve, reject) => {
    // Without parameters the driver would choose the simple protocol, which prepares nothing.
    const mode = {
      prepare: statement.prepare,
      simple: !statement.prepare && parameters.length === 0,
    };
    const query = client.unsafe(statement.text, [...parameters], mode);
    let timer = setTimeout(() => giveUp(new DeadlineExceeded("statement", timeoutMs)), timeoutMs);
    const onAbort = () => signal && giveUp(new StatementAborted(signal.reason));
    signal?.addEventListener("abort", onAbort, { once: true });
    running?.add(giveUp);

    (statement.rowsAsArrays ? query.values() : query).then(
      (rows) => {
        settle();
        resolve({ rows, count: rows.count ?? rows.length, columns: rows.columns ?? [] });
      },
      (error: unknown) => {
        settle();
        reject(statementError(error, statement, timeoutMs));
      },
    );

    function settle() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      running?.delete(giveUp);
    }

    function giveUp(reason: Error) {
      settle();
      reject(reason);
      query.cancel();
      timer = setTimeout(() => {
        guard.onUnresponsive();
        query.abandon(reason);
      }, guard.cancelGraceMs);
    }
  });
}

function statementError(error: unknown, statement: Statement, timeoutMs: number): Error {
  const details = findDatabaseError(error);
  // The server's own statement_timeout, which is set to the same time and may be the first to notice.
  if (details?.sqlState === "57014" && details.message.includes("statement timeout")) {
    return new DeadlineExceeded("statement", timeoutMs, { cause: error });
  }
  return new StatementFailed(statement.name ?? statement.text, error);
}
