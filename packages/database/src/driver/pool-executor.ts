import type { Sql } from "postgres";
import { runGuarded } from "./guard.ts";
import { createPool, type PoolSettings } from "./pool.ts";
import {
  anySignal,
  type ExecuteOptions,
  type Executor,
  type Statement,
  type StatementAnswer,
} from "./statement.ts";
import type { WireValue } from "./values.ts";

export interface PoolPolicy extends PoolSettings {
  readonly cancelGraceMs: number;
  /** For logs and metrics. */
  readonly onFault: ((fault: PoolFault) => void) | undefined;
}

/** Why the pool's connections were replaced: one had stopped answering, or the server takes no writes any more. */
export type PoolFault = "connection unresponsive" | "server read-only";

/** The driver's pool, which is replaced when it can't be trusted any more. */
export class Pool {
  readonly policy: PoolPolicy;
  #client: Sql;
  #closing: Promise<void> | undefined;

  constructor(policy: PoolPolicy) {
    this.policy = policy;
    this.#client = createPool(policy);
  }

  get client(): Sql {
    return this.#client;
  }

  /**
   * A connection of this client did not answer. The others lead to the same server, and would cost a deadline each to find out.
   */
  distrust(client: Sql) {
    if (client === this.#client) this.replaceConnections("connection unresponsive");
  }

  /** New statements get new connections, and what runs on the old ones has its time to end. */
  replaceConnections(fault: PoolFault) {
    if (this.#closing) return;
    const old = this.#client;
    this.#client = createPool(this.policy);
    void old.end({ timeout: this.policy.transactionTimeoutMs / 1000 });
    this.policy.onFault?.(fault);
  }

  /** Lets what runs end until the time-out (milliseconds), and cuts it off then. */
  close(timeoutMs: number): Promise<void> {
    this.#closing ??= this.#client.end({ timeout: timeoutMs / 1000 });
    return this.#closing;
  }
}

export class PoolExecutor implements Executor {
  readonly pool: Pool;
  readonly signal: AbortSignal | undefined;

  constructor(pool: Pool, signal?: AbortSignal) {
    this.pool = pool;
    this.signal = signal;
  }

  run(
    statement: Statement,
    parameters: readonly WireValue[],
    options: ExecuteOptions = {},
  ): Promise<StatementAnswer> {
    const { policy, client } = this.pool;
    return runGuarded(client, statement, parameters, {
      timeoutMs: Math.min(options.timeoutMs ?? Infinity, policy.statementTimeoutMs),
      signal: anySignal(this.signal, options.signal),
      cancelGraceMs: policy.cancelGraceMs,
      onUnresponsive: () => this.pool.distrust(client),
    });
  }

  withSignal(signal: AbortSignal): PoolExecutor {
    return new PoolExecutor(this.pool, anySignal(this.signal, signal));
  }
}
