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
  readonly transactionTimeoutMs: number;
  readonly cancelGraceMs: number;
  /** Called after connections were destroyed because they had stopped answering, or the whole pool was replaced. */
  readonly onFault: ((fault: PoolFault) => void) | undefined;
}

export type PoolFault = "connection destroyed" | "pool replaced";

/** The driver's pool, which is replaced when it can't be trusted any more. */
export class Pool {
  readonly policy: PoolPolicy;
  #client: Sql;
  #closed: Promise<void> | undefined;

  constructor(policy: PoolPolicy) {
    this.policy = policy;
    this.#client = createPool(policy);
  }

  get client(): Sql {
    return this.#client;
  }

  /** A statement of this client stayed unsettled although its connection was destroyed: the driver has lost count. */
  replace(distrusted: Sql) {
    if (distrusted !== this.#client || this.#closed) return;
    this.#client = createPool(this.policy);
    void distrusted.end({ timeout: 0 });
    this.policy.onFault?.("pool replaced");
  }

  close(timeoutMs: number): Promise<void> {
    this.#closed ??= this.#client.end({ timeout: timeoutMs / 1000 });
    return this.#closed;
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
      onUnresponsive: () => policy.onFault?.("connection destroyed"),
      onUnsettled: () => this.pool.replace(client),
    });
  }

  withSignal(signal: AbortSignal): PoolExecutor {
    return new PoolExecutor(this.pool, anySignal(this.signal, signal));
  }
}
