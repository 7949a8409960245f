import { setTimeout as sleep } from "node:timers/promises";
import type { PendingQuery, Row, TransactionSql } from "postgres";
import {
  CommitOutcomeUnknown,
  databaseErrorDetails,
  DeadlineExceeded,
  findDatabaseError,
  isConnectionLoss,
  isRetryable,
  StatementAborted,
  StatementFailed,
} from "./errors.ts";
import type { PoolExecutor } from "./driver/pool-executor.ts";
import { anySignal } from "./driver/statement.ts";
import { TransactionExecutor, TransactionState } from "./driver/transaction-executor.ts";
import { type Database, executorOf, type Transaction, TransactionHandle } from "./queryable.ts";

export type { Transaction } from "./queryable.ts";

export interface TransactionOptions {
  /**
   * Running the whole function again has the same effect as running it once (an idempotency key, or reads alone). Only then is it
   * run again after a serialisation failure, a deadlock, a lost connection or a failover.
   */
  readonly idempotent?: boolean;
  /** READ COMMITTED by default. */
  readonly isolationLevel?: "read committed" | "repeatable read" | "serializable";
  readonly readOnly?: boolean;
  /** Milliseconds for everything: waiting for a connection, all attempts, the commit. */
  readonly timeoutMs?: number;
  /** Milliseconds for a single statement; beyond the connection's own only here, for long work. */
  readonly statementTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

const maximumAttempts = 10;

/**
 * Runs a function in one transaction: it commits when the function's promise resolves, and rolls back when it rejects.
 *
 * A transaction whose connection died, whose time is over or whose caller went away refuses every further statement: nothing of it
 * can land outside. Effects outside the database (mail, webhooks) belong in a queue that is written in the same transaction.
 *
 * @throws whatever the function throws; StatementFailed, DeadlineExceeded or StatementAborted
 * @throws CommitOutcomeUnknown when the connection was lost during COMMIT and the transaction is not idempotent, or retries ran out
 */
export async function transaction<T>(
  db: Database,
  options: TransactionOptions,
  run: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const executor = db[executorOf];
  const timeoutMs = options.timeoutMs ?? executor.pool.policy.transactionTimeoutMs;
  const deadlineAt = performance.now() + timeoutMs;
  const signal = anySignal(executor.signal, options.signal);
  for (let attempt = 1; ; attempt++) {
    let running: Promise<T> | undefined;
    try {
      return await runOnce(
        executor,
        { ...options, signal, timeoutMs, deadlineAt },
        (tx) => (running = run(tx)),
      );
    } catch (error) {
      const again = options.idempotent && isWorthAnotherTry(error, options);
      const pauseMs = backOffMs(attempt);
      const remainingMs = deadlineAt - performance.now();
      if (!again || attempt >= maximumAttempts || pauseMs >= remainingMs) throw error;
      // A server that became a replica stays one: only new connections may lead to its successor.
      if (findDatabaseError(error)?.sqlState === readOnlyServer)
        executor.pool.replaceConnections("server read-only");
      // The function may still be running in the transaction that is gone: two of it at once is not what "again" means.
      await Promise.race([running?.catch(() => {}), sleep(remainingMs, undefined, { ref: false })]);
      await sleep(pauseMs);
      if (performance.now() >= deadlineAt) throw error;
    }
  }
}

/** Rolls back to its start when the function rejects, and lets the transaction go on: for one record of many. */
export async function savepoint<T>(
  tx: Transaction,
  run: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const executor = tx[executorOf];
  executor.state.assertTakesStatements();
  const { result } = await executor.client.savepoint(async (client) => ({
    result: await run(new TransactionHandle(executor.nested(client))),
  }));
  return result;
}

const readOnlyServer = "25006";

function isWorthAnotherTry(error: unknown, { readOnly = false }: TransactionOptions): boolean {
  // A write in a transaction that was asked to be read-only is a mistake, on every server.
  if (readOnly && findDatabaseError(error)?.sqlState === readOnlyServer) return false;
  return isRetryable(error) || error instanceof CommitOutcomeUnknown;
}

/** Exponential with full jitter: 25 ms at most, then 50, … up to 1,000. */
function backOffMs(attempt: number): number {
  return Math.random() * Math.min(1000, 25 * 2 ** (attempt - 1));
}

interface Attempt extends Omit<TransactionOptions, "signal"> {
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly deadlineAt: number;
}

async function runOnce<T>(
  { pool }: PoolExecutor,
  options: Attempt,
  run: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const { signal, timeoutMs, deadlineAt } = options;
  const { policy, client } = pool;
  const { cancelGraceMs } = policy;
  if (signal?.aborted) throw new StatementAborted(signal.reason);

  const statementTimeoutMs = options.statementTimeoutMs ?? policy.statementTimeoutMs;
  const onUnresponsive = () => pool.distrust(client);
  const state = new TransactionState({
    deadlineAt,
    statementTimeoutMs,
    cancelGraceMs,
    onUnresponsive,
  });
  const givenUp = Promise.withResolvers<never>();
  givenUp.promise.catch(() => {});
  let begin: PendingQuery<Row[]> | undefined;
  let scope: TransactionSql | undefined;
  let isCommitting = false;
  let timer = setTimeout(
    () => giveUp(new DeadlineExceeded("transaction", timeoutMs)),
    deadlineAt - performance.now(),
  );
  const onAbort = () => giveUp(new StatementAborted(signal?.reason));
  signal?.addEventListener("abort", onAbort, { once: true });

  try {
    const finished = client.begin(
      transactionMode(options),
      async (opened) => {
        state.assertOpen();
        scope = opened;
        const executor = new TransactionExecutor(opened, state);
        if (
          statementTimeoutMs > policy.statementTimeoutMs ||
          timeoutMs > policy.transactionTimeoutMs
        ) {
          await executor.run(
            allowLongWork,
            [statementTimeoutMs, timeoutMs].map((limit) => String(Math.ceil(limit))),
          );
        }
        const result = await Promise.race([run(new TransactionHandle(executor)), givenUp.promise]);
        state.assertOpen();
        isCommitting = true;
        state.end();
        return { result };
      },
      (query) => {
        begin = query;
      },
    );
    const stopTimer = () => clearTimeout(timer);
    finished.then(stopTimer, stopTimer);
    // Once given up, the caller need not wait for the rollback; a commit under way is waited for, as its outcome matters.
    const { result } = await Promise.race([finished, givenUp.promise]);
    return result;
  } catch (error) {
    throw outcome(error, isCommitting);
  } finally {
    state.end();
    signal?.removeEventListener("abort", onAbort);
  }

  function giveUp(reason: Error) {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    timer = setTimeout(() => {
      onUnresponsive();
      if (scope) scope.destroy(reason);
      else begin?.abandon(reason);
    }, cancelGraceMs);
    if (isCommitting) return;
    state.abort(reason);
    givenUp.reject(reason);
    if (!scope) begin?.cancel();
  }
}

const allowLongWork = {
  name: "transaction limits",
  text: "select set_config('statement_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $2, true)",
  prepare: false,
  rowsAsArrays: true,
};

function transactionMode({ isolationLevel = "read committed", readOnly = false }: Attempt): string {
  return `isolation level ${isolationLevel}${readOnly ? " read only" : ""}`;
}

/** What the caller gets to know about a transaction that failed. */
function outcome(error: unknown, isCommitting: boolean): Error {
  const sqlState = findDatabaseError(error)?.sqlState;
  if (isCommitting && (sqlState === undefined || isConnectionLoss(sqlState)))
    return new CommitOutcomeUnknown(error);
  // The driver's own errors, which no statement of ours has wrapped: BEGIN, COMMIT, or the connection that went away.
  if (!(error instanceof Error))
    return new Error("The function of a transaction threw what is not an Error", { cause: error });
  if (!databaseErrorDetails(error)) return error;
  return new StatementFailed(isCommitting ? "commit" : "transaction", error);
}
