import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { arrayOf, int4, text } from "./codecs.ts";
import { listenOnce } from "./driver/listening.ts";
import { prepared, rows } from "./prepared.ts";
import { type Database, executorOf, type Queryable } from "./queryable.ts";

/** Notices between processes: LISTEN and NOTIFY (PostgreSQL manual, "Asynchronous Notification"). */

/** Most bytes of a notice's payload: PostgreSQL refuses 8,000. */
export const PAYLOAD_BYTES_MAX = 7999;

export interface ListenOptions {
  readonly channels: readonly string[];
  readonly onNotice: (channel: string, payload: string) => void;
  /**
   * From now on no notice is missed. Called once LISTEN is in force, the first time and after each loss of the
   * connection: what was told before is not told again, so that whoever depends on it has to look.
   */
  readonly onListening?: () => void;
  /** The connection was lost or can't be had, and is tried again: for logs and metrics. */
  readonly onLost?: (error: Error) => void;
  /** How often an idle connection is asked whether it is alive. Milliseconds, default 10,000. */
  readonly heartbeatMs?: number;
  /** How long it has to answer. Milliseconds, default 3,000. */
  readonly heartbeatTimeoutMs?: number;
  /** Where the handle's own address leads to a PgBouncer, which knows no LISTEN in transaction mode: the server's. */
  readonly url?: string;
}

export interface Listener {
  /** Whether notices come through at the moment, as far as is known. */
  readonly isListening: boolean;
  /** Ends the connection; no notice comes after that. Always resolves, and may be called again. */
  close(): Promise<void>;
}

/** Longest pause between two attempts to connect. */
const PAUSE_MAX_MS = 1000;
const PAUSE_MIN_MS = 25;

/**
 * Listens on one connection of its own, outside of the handle's pool, until it is closed. A connection that is lost,
 * or doesn't answer any more, is replaced for as long as it takes.
 *
 * @param db tells where the server is
 */
export function listen(db: Database, options: ListenOptions): Listener {
  const { policy } = db[executorOf].pool;
  const settings = {
    url: options.url ?? policy.url,
    applicationName: `${policy.applicationName}-listener`,
    connectTimeoutMs: policy.connectTimeoutMs,
    heartbeatMs: options.heartbeatMs ?? 10_000,
    heartbeatTimeoutMs: options.heartbeatTimeoutMs ?? 3000,
    channels: options.channels,
    onNotice: options.onNotice,
  };
  const closing = new AbortController();
  const { signal } = closing;
  let isListening = false;
  let pauseMs = PAUSE_MIN_MS;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const lost = await listenOnce(settings, signal, () => {
        isListening = true;
        pauseMs = PAUSE_MIN_MS;
        options.onListening?.();
      });
      isListening = false;
      if (signal.aborted) return;
      options.onLost?.(lost);
      // Scattered, so that the instances of an academy don't all come back at once.
      const thisPauseMs = pauseMs * (0.5 + Math.random() / 2);
      await sleep(thisPauseMs, undefined, { ref: false, signal }).catch(() => {});
      pauseMs = Math.min(PAUSE_MAX_MS, pauseMs * 2);
    }
  }
  const ended = run();

  return {
    get isListening() {
      return isListening;
    },
    async close() {
      closing.abort();
      await ended;
    },
  };
}

const notifyStatement = prepared(
  "database.notify",
  { channel: text, payloads: arrayOf(text) },
  (_, $) =>
    rows(
      { sent: int4 },
      sql`SELECT count(pg_notify(${$.channel}, payload))::int AS sent FROM unnest(${$.payloads}) AS payload`,
    ),
);

/**
 * Sends notices to all that listen, this process included, in one statement. Equal payloads arrive once.
 *
 * A transaction that has notices holds a lock of the whole server while it commits (`PreCommit_Notify` in PostgreSQL's
 * async.c): send them outside of transactions that others wait for.
 *
 * @param payloads of at most PAYLOAD_BYTES_MAX bytes each
 */
export async function notify(
  db: Queryable,
  channel: string,
  payloads: readonly string[],
): Promise<void> {
  if (payloads.length > 0) await notifyStatement.execute(db, { channel, payloads });
}
