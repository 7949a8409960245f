import { setTimeout as sleep } from "node:timers/promises";
import postgres, { type Options, type Sql } from "postgres";
import { quoteIdentifier } from "./administer.ts";

export interface ListeningSettings {
  readonly url: string;
  readonly applicationName: string;
  readonly connectTimeoutMs: number;
  readonly heartbeatMs: number;
  readonly heartbeatTimeoutMs: number;
  readonly channels: readonly string[];
  readonly onNotice: (channel: string, payload: string) => void;
}

/** The driver passes on what it is told of notices, though its types name its own way to listen alone. */
interface ListeningOptions extends Options<Record<string, never>> {
  readonly onnotify: (channel: string, payload: string) => void;
}

/** One connection, opened with the first statement. */
function open(settings: ListeningSettings, onClose: () => void): Sql {
  const options: ListeningOptions = {
    max: 1,
    fetch_types: false,
    prepare: false,
    max_lifetime: null,
    keep_alive: 10,
    connect_timeout: settings.connectTimeoutMs / 1000,
    connection: { application_name: settings.applicationName },
    onnotice: () => {},
    onnotify: settings.onNotice,
    onclose: onClose,
  };
  return postgres(settings.url, options);
}

/**
 * Listens on one connection for as long as that lives. The driver's own way to listen would connect again by itself, but
 * does not notice a connection that is only half there, and says nothing of what may have been missed.
 *
 * @param onListening called once LISTEN is in force
 * @returns why the connection is over, once it is; nothing is heard of it after that
 */
export async function listenOnce(
  settings: ListeningSettings,
  closing: AbortSignal,
  onListening: () => void,
): Promise<Error> {
  const over = Promise.withResolvers<Error>();
  const ended = new AbortController();
  const close = () => over.resolve(new Error("The listener was closed"));
  closing.addEventListener("abort", close, { once: true });
  const client = open(settings, () => over.resolve(new Error("The connection was closed")));

  async function ask(statement: string, timeoutMs: number): Promise<void> {
    const timer = setTimeout(
      () => over.resolve(new Error(`No answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    try {
      await client.unsafe(statement).simple();
    } finally {
      clearTimeout(timer);
    }
  }

  async function live(): Promise<void> {
    const statements = settings.channels.map((channel) => `listen ${quoteIdentifier(channel)}`);
    await ask(statements.join("; "), settings.connectTimeoutMs);
    if (ended.signal.aborted) return;
    onListening();
    for (;;) {
      await sleep(settings.heartbeatMs, undefined, { ref: false, signal: ended.signal });
      await ask("select 1", settings.heartbeatTimeoutMs);
    }
  }

  live().catch((error: unknown) => {
    over.resolve(error instanceof Error ? error : new Error(String(error)));
  });
  const why = await over.promise;
  ended.abort();
  closing.removeEventListener("abort", close);
  await client.end({ timeout: 0 });
  return why;
}
