import type { ServerResponse } from "node:http";

/** The writing side of server-sent events (WHATWG HTML, 9.2), in the dialect that tRPC's clients read. */

export interface StreamEvent {
  /** The kind; what subscriptions tell has none. */
  readonly event?: "connected" | "serialized-error" | "return" | "ping";
  /** One line of JSON. */
  readonly data: string;
  /** What the client comes back with after a lost connection. */
  readonly id?: string;
}

export function formatEvent({ event, data, id }: StreamEvent): string {
  const kind = event === undefined ? "" : `event: ${event}\n`;
  return `${kind}data: ${data}\n${id === undefined ? "" : `id: ${id}\n`}\n`;
}

const PING = formatEvent({ event: "ping", data: "" });

/** One client's stream. What is written after the client has gone is dropped. */
export class EventStream {
  readonly #response: ServerResponse;

  /** @param response to which nothing has been written */
  constructor(response: ServerResponse) {
    this.#response = response;
  }

  /**
   * Sends the headers and the first events with them.
   *
   * @param headers beside those of event streams
   */
  open(headers: Readonly<Record<string, string | number | string[] | undefined>>): void {
    this.#response.writeHead(200, {
      ...headers,
      "content-type": "text/event-stream",
      // A proxy that compresses would hold events back.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      // A stream ends with its connection: nobody waits for another request on it, least of all a server that stops.
      connection: "close",
    });
  }

  write(event: StreamEvent): void {
    if (!this.#response.writableEnded) this.#response.write(formatEvent(event));
  }

  /** Shows proxies and the client that the connection is alive; a client that reads slowly has enough to read. */
  ping(): void {
    const { writableNeedDrain, writableEnded } = this.#response;
    if (!writableNeedDrain && !writableEnded) this.#response.write(PING);
  }

  /** Resolves when the client has taken most of what was written, or has gone. */
  async drained(): Promise<void> {
    const response = this.#response;
    if (!response.writableNeedDrain || response.destroyed) return;
    await new Promise<void>((resolve) => {
      function done(): void {
        response.off("drain", done);
        response.off("close", done);
        resolve();
      }
      response.on("drain", done);
      response.on("close", done);
    });
  }

  end(): void {
    this.#response.end();
  }
}
