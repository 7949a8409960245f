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
  readonly #ending = new AbortController();
  #ended: Error | undefined;

  constructor(limits: TransactionLimits) {
    this.limits = limits;
  }

  /** @throws the reason why no further statement may run */
  assertOpen() {
    if (this.#ended) throw this.#ended;
  }

  get ended(): Error | undefined {
    return this.#ended;
  }

  /** Fires when the transaction is given up, to cancel the statement it runs. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** From now on every statement is refused. The first reason stays. */
  end(reason: Error) {
    this.#ended ??= reason;
  }

  /** The same, and what runs at the moment is cancelled. */
  abort(reason: Error) {
    this.end(reason);
    this.#ending.abort(reason);
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
    if (this.state.ended) throw new TransactionEnded(this.state.ended);
    const { deadlineAt, statementTimeoutMs, cancelGraceMs, onUnresponsive } = this.state.limits;
    const remainingMs = Math.max(1, deadlineAt - performance.now());
    try {
      return await runGuarded(this.client, statement, parameters, {
        timeoutMs: Math.min(options.timeoutMs ?? Infinity, statementTimeoutMs, remainingMs),
        signal: anySignal(this.state.signal, anySignal(this.#signal, options.signal)),
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
    if (this.state.ended) throw new TransactionEnded(this.state.ended);
    return await copyIn(
      this.client,
      text,
      rows,
      anySignal(this.state.signal, anySignal(this.#signal, signal)),
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
