import { hash } from "node:crypto";
import { DomainError } from "../../domain-error.ts";
import { MARK_LENGTH, type Sighting, Watch, WatchCutOff, type WatchRules } from "./watch.ts";

/** Something to watch, and the run whose notices tell that it may have changed. */
export interface Watched {
  readonly key: string;
  readonly runId: string;
}

export interface WatchedStatesOptions<State> {
  /** Reads the states of these in one query; what is not there is left out. */
  readonly read: (keys: readonly string[]) => Promise<ReadonlyMap<string, State>>;
  /** What of a state matters; the whole of it by default. */
  readonly essence?: (state: State) => unknown;
  /** The state to tell of when something is not there any more that a watcher has seen. */
  readonly gone?: (key: string) => State;
  /** Whether nothing can follow on a state. */
  readonly isLast?: (state: State) => boolean;
  /** A read failed; it is tried again. */
  readonly onError: (error: unknown) => void;
  /** Most watches at a time. Whoever comes then is sent away for a while. */
  readonly maxWatches: number;
}

/** Most things that one query reads. */
const KEYS_A_READ = 1000;
/** After a read that failed. */
const PAUSE_AFTER_ERROR_MS = 1000;
/**
 * For each watcher that was told something, before the next read: where thousands watch one run that
 * sells out in seconds, they are told a few times a second, and the instance has time for bookings.
 */
const PAUSE_A_WATCHER_MS = 0.1;
const SHORTEST_PAUSE_MS = 10;
/** So many are told before the instance looks at its other work. */
const WATCHERS_A_TURN = 200;

interface Seat<State> {
  readonly runId: string;
  readonly watches: Set<Watch<State>>;
}

function sendAway(): DomainError {
  return new DomainError(
    { code: "Unavailable", data: { retryAfterSeconds: 1 } },
    "Lectern can't answer right now. Please try again in a moment.",
  );
}

/**
 * The states that somebody on this instance watches. They are read one query after the other, each
 * for all that may have changed: so nobody is ever told an older state after a newer one.
 */
export class WatchedStates<State> {
  readonly #options: WatchedStatesOptions<State>;
  readonly #rules: WatchRules<State>;
  readonly #seats = new Map<string, Seat<State>>();
  readonly #keysOfRun = new Map<string, Set<string>>();
  readonly #watches = new Set<Watch<State>>();
  readonly #toRead = new Set<string>();
  #reads = 0;
  #isReading = false;
  #isClosed = false;

  constructor(options: WatchedStatesOptions<State>) {
    this.#options = options;
    const { gone, isLast } = options;
    this.#rules = {
      gone: (key) => gone && this.#sighting(gone(key)),
      isLast: (state) => isLast?.(state) ?? false,
    };
  }

  get watcherCount(): number {
    return this.#watches.size;
  }

  /**
   * Begins to watch. What is told first was read after this call.
   *
   * @param lastEventId of the last update that the watcher got, so that it gets nothing twice
   * @param signal ends the watch
   * @throws Unavailable when the instance stops, or has as many watches as it can bear
   */
  watch(
    watched: readonly Watched[],
    lastEventId: string | null | undefined,
    signal: AbortSignal | undefined,
  ): Watch<State> {
    if (this.#isClosed || this.#watches.size >= this.#options.maxWatches) throw sendAway();
    const cut = () => watch.end();
    const watch = new Watch<State>({
      keys: watched.map(({ key }) => key),
      since: this.#reads + 1,
      lastEventId,
      rules: this.#rules,
      onOver: () => {
        signal?.removeEventListener("abort", cut);
        this.#remove(watch);
      },
    });
    this.#watches.add(watch);
    for (const { key, runId } of watched) this.#add(key, runId, watch);
    signal?.addEventListener("abort", cut, { once: true });
    if (signal?.aborted) watch.end();
    else this.#readSoon(watch.keys);
    return watch;
  }

  /** Reads again what may have changed with these runs, if somebody watches it. */
  refresh(runIds: Iterable<string>): void {
    for (const runId of runIds) this.#readSoon(this.#keysOfRun.get(runId) ?? []);
  }

  /** Reads all again that somebody watches. */
  refreshAll(): void {
    this.#readSoon(this.#seats.keys());
  }

  /** Cuts all watches off, and those that still come. */
  close(): void {
    this.#isClosed = true;
    for (const watch of this.#watches) {
      watch.end(watch.isWaitingToSee ? sendAway() : new WatchCutOff("The server stops"));
    }
  }

  #add(key: string, runId: string, watch: Watch<State>): void {
    const seat = this.#seats.get(key) ?? { runId, watches: new Set() };
    seat.watches.add(watch);
    this.#seats.set(key, seat);
    const keys = this.#keysOfRun.get(runId) ?? new Set();
    this.#keysOfRun.set(runId, keys.add(key));
  }

  #remove(watch: Watch<State>): void {
    this.#watches.delete(watch);
    for (const key of watch.keys) {
      const seat = this.#seats.get(key);
      seat?.watches.delete(watch);
      if (seat === undefined || seat.watches.size > 0) continue;
      this.#seats.delete(key);
      this.#toRead.delete(key);
      const keys = this.#keysOfRun.get(seat.runId);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysOfRun.delete(seat.runId);
    }
  }

  #sighting(state: State): Sighting<State> {
    const { essence = (whole: State) => whole } = this.#options;
    const text = JSON.stringify(essence(state));
    return { state, mark: hash("sha256", text, "base64url").slice(0, MARK_LENGTH) };
  }

  #readSoon(keys: Iterable<string>): void {
    for (const key of keys) this.#toRead.add(key);
    if (this.#isReading || this.#toRead.size === 0 || this.#isClosed) return;
    this.#isReading = true;
    // Whoever comes in the same turn is served by the same query.
    setImmediate(() => void this.#readAll());
  }

  async #readAll(): Promise<void> {
    while (this.#toRead.size > 0 && !this.#isClosed) {
      const keys = [...this.#toRead.values().take(KEYS_A_READ)];
      for (const key of keys) this.#toRead.delete(key);
      const pauseMs = await this.#read(keys);
      if (pauseMs >= SHORTEST_PAUSE_MS) await pause(pauseMs);
    }
    this.#isReading = false;
  }

  /** @returns how long to wait before the next, in milliseconds */
  async #read(keys: readonly string[]): Promise<number> {
    this.#reads += 1;
    const number = this.#reads;
    try {
      const states = await this.#options.read(keys);
      let told = 0;
      for (const key of keys) told += await this.#tell(key, states.get(key), number);
      return told * PAUSE_A_WATCHER_MS;
    } catch (error) {
      this.#options.onError(error);
      this.#fail(keys, number, error);
      for (const key of keys) if (this.#seats.has(key)) this.#toRead.add(key);
      return PAUSE_AFTER_ERROR_MS;
    }
  }

  /** @returns how many watches that was news to */
  async #tell(key: string, state: State | undefined, number: number): Promise<number> {
    const sighting = state === undefined ? undefined : this.#sighting(state);
    let told = 0;
    for (const watch of this.#seats.get(key)?.watches ?? []) {
      if (watch.since > number || !watch.offer(key, sighting)) continue;
      told += 1;
      if (told % WATCHERS_A_TURN === 0) await nextTurn();
    }
    return told;
  }

  /** Whoever has not been told anything yet should not wait for the database: it may come back. */
  #fail(keys: readonly string[], number: number, error: unknown): void {
    const failure = error instanceof Error ? error : new Error(String(error));
    for (const key of keys) {
      for (const watch of this.#seats.get(key)?.watches ?? []) {
        if (watch.since <= number && watch.isWaitingToSee) watch.end(failure);
      }
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
