import type { TransactionSql } from "postgres";
import { findDatabaseError, isConnectionLoss, TransactionEnded } from "../errors.ts";
import { copyIn } from "./copy.ts";
import { runGuarded } from "./guard.ts";
import {
  anySignal,
  type ExecuteOptions,
  type Executor,
  type Statement,
  type StatementAnswer,
} from "./statement.ts";
import type { WireValue } from "./values.ts";

export interface TransactionLimits {
  /** On the clock of performance.now(). */
  readonly deadlineAt: number;
  readonly statementTimeoutMs: number;
  readonly cancelGraceMs: number;
  /** Called when the connection does not answer any more. */
  readonly onUnresponsive: () => void;
}

/** How far a transaction has come. Shared by its handle and the handles of its savepoints. */
export class TransactionState {
  readonly limits: TransactionLimits;
  /** What it runs at the moment. */
  readonly running = new Set<(reason: Error) => void>();
  #isOver = false;
  #reason: Error | undefined;

  constructor(limits: TransactionLimits) {
    this.limits = limits;
  }

  /** @throws the reason why the transaction was given up, or TransactionEnded */
  assertOpen() {
    if (this.#isOver) throw this.#reason ?? new TransactionEnded();
  }

  /** @throws TransactionEnded, with the reason as its cause */
  assertTakesStatements() {
    if (this.#isOver) throw new TransactionEnded(this.#reason);
  }

  /** From now on every statement is refused. The first reason stays; there is none for a transaction that is through. */
  end(reason?: Error) {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#reason = reason;
  }

  /** The same, and what runs at the moment is cancelled. */
  abort(reason: Error) {
    this.end(reason);
    for (const giveUp of this.running) giveUp(reason);
  }
}

export class TransactionExecutor implements Executor {
  readonly client: TransactionSql;
  readonly state: TransactionState;
  readonly #signal: AbortSignal | undefined;

  constructor(client: TransactionSql, state: TransactionState, signal?: AbortSignal) {
    this.client = client;
    this.state = state;
    this.#signal = signal;
  }

  async run(
    statement: Statement,
    parameters: readonly WireValue[],
    options: ExecuteOptions = {},
  ): Promise<StatementAnswer> {
    this.state.assertTakesStatements();
    const { deadlineAt, statementTimeoutMs, cancelGraceMs, onUnresponsive } = this.state.limits;
    const remainingMs = Math.max(1, deadlineAt - performance.now());
    try {
      return await runGuarded(this.client, statement, parameters, {
        timeoutMs: Math.min(options.timeoutMs ?? Infinity, statementTimeoutMs, remainingMs),
        signal: anySignal(this.#signal, options.signal),
        running: this.state.running,
        cancelGraceMs,
        onUnresponsive,
      });
    } catch (error) {
      const sqlState = findDatabaseError(error)?.sqlState;
      // Even code that swallows this error can't go on as if the transaction were alive.
      if (sqlState !== undefined && isConnectionLoss(sqlState))
        this.state.end(new TransactionEnded(error));
      throw error;
    }
  }

  /** `COPY … FROM STDIN`. @returns how many rows were copied */
  async copyIn(
    text: string,
    rows: AsyncIterable<readonly WireValue[]>,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    this.state.assertTakesStatements();
    return await copyIn(
      this.client,
      text,
      rows,
      anySignal(this.#signal, signal),
      this.state.running,
    );
  }

  withSignal(signal: AbortSignal): TransactionExecutor {
    return new TransactionExecutor(this.client, this.state, anySignal(this.#signal, signal));
  }

  /** The executor of a savepoint: the same transaction, the driver's nested scope. */
  nested(client: TransactionSql): TransactionExecutor {
    return new TransactionExecutor(client, this.state, this.#signal);
  }
}
