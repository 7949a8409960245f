import type { TransactionSql } from "postgres";
import { findDatabaseError, isConnectionLoss, TransactionEnded } from "../errors.ts";
import { copyIn } from "./copy.ts";
import { runGuarded } from "./guard.ts";
import type { PoolPolicy } from "./pool-executor.ts";
import {
  anySignal,
  type ExecuteOptions,
  type Executor,
  type Statement,
  type StatementAnswer,
} from "./statement.ts";
import type { WireValue } from "./values.ts";

/** How far a transaction has come. Shared by its handle and the handles of its savepoints. */
export class TransactionState {
  readonly deadlineAt: number;
  readonly #ending = new AbortController();
  #ended: Error | undefined;

  /** @param deadlineAt on the clock of performance.now() */
  constructor(deadlineAt: number) {
    this.deadlineAt = deadlineAt;
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
  readonly policy: PoolPolicy;
  readonly state: TransactionState;
  readonly statementTimeoutMs: number;
  readonly #signal: AbortSignal | undefined;

  constructor(
    client: TransactionSql,
    policy: PoolPolicy,
    state: TransactionState,
    statementTimeoutMs: number,
    signal?: AbortSignal,
  ) {
    this.client = client;
    this.policy = policy;
    this.state = state;
    this.statementTimeoutMs = statementTimeoutMs;
    this.#signal = signal;
  }

  async run(
    statement: Statement,
    parameters: readonly WireValue[],
    options: ExecuteOptions = {},
  ): Promise<StatementAnswer> {
    if (this.state.ended) throw new TransactionEnded(this.state.ended);
    const remainingMs = Math.max(1, this.state.deadlineAt - performance.now());
    try {
      return await runGuarded(this.client, statement, parameters, {
        timeoutMs: Math.min(options.timeoutMs ?? Infinity, this.statementTimeoutMs, remainingMs),
        signal: anySignal(this.state.signal, anySignal(this.#signal, options.signal)),
        cancelGraceMs: this.policy.cancelGraceMs,
        onUnresponsive: () => this.policy.onFault?.("connection destroyed"),
        onUnsettled: () => this.client.destroy(),
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
    return new TransactionExecutor(
      this.client,
      this.policy,
      this.state,
      this.statementTimeoutMs,
      anySignal(this.#signal, signal),
    );
  }

  /** The executor of a savepoint: the same transaction, the driver's nested scope. */
  nested(client: TransactionSql): TransactionExecutor {
    return new TransactionExecutor(
      client,
      this.policy,
      this.state,
      this.statementTimeoutMs,
      this.#signal,
    );
  }
}
