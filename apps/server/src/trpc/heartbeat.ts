import type { EventStream } from "./event-stream.ts";

/** Streams are pinged in so many groups one after the other, so that thousands don't want it at once. */
const GROUPS = 20;

/** Pings streams from time to time, so that nothing on the way takes them for dead. */
export class Heartbeat {
  readonly #groups = Array.from({ length: GROUPS }, () => new Set<EventStream>());
  readonly #timer: NodeJS.Timeout;
  #added = 0;
  #ticks = 0;

  /** @param intervalMs between two pings of one stream */
  constructor(intervalMs: number) {
    this.#timer = setInterval(() => this.#pingNextGroup(), intervalMs / GROUPS).unref();
  }

  /** @returns what takes the stream out again */
  add(stream: EventStream): () => void {
    this.#added += 1;
    const group = this.#groups[this.#added % GROUPS];
    group?.add(stream);
    return () => void group?.delete(stream);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #pingNextGroup(): void {
    this.#ticks += 1;
    for (const stream of this.#groups[this.#ticks % GROUPS] ?? []) stream.ping();
  }
}
