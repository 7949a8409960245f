/** One watcher of one or more things, and what it has not been given yet. */

/** A state as it was read. */
export interface Sighting<State> {
  readonly state: State;
  /** Tells it from other states of the same thing; as long as all others. */
  readonly mark: string;
}

/** Length of a mark. */
export const MARK_LENGTH = 8;
const UNSEEN = "-".repeat(MARK_LENGTH);

/** A state that a watcher has not got yet. */
export interface LiveUpdate<State> {
  /** Of this event: whoever comes back with it gets what has changed since, and nothing twice. */
  readonly id: string;
  readonly data: State;
}

/** What all watches of one kind have in common. */
export interface WatchRules<State> {
  /** The state to tell of when something is not there any more that the watcher has seen; without one, none is told. */
  gone(key: string): Sighting<State> | undefined;
  /** Whether nothing can follow on a state: the watch ends with it. */
  isLast(state: State): boolean;
}

export interface WatchOptions<State> {
  /** What is watched, each once. */
  readonly keys: readonly string[];
  /** The number of the first read that counts: those before may be older than what the watcher knows. */
  readonly since: number;
  /** The id of the last update that this watcher got, over an earlier connection perhaps. */
  readonly lastEventId: string | null | undefined;
  readonly rules: WatchRules<State>;
  /** Called once, when it is over. */
  readonly onOver: (watch: Watch<State>) => void;
}

/** The watch ends because its instance stops: whoever watches should come back, to another one. */
export class WatchCutOff extends Error {
  // By this name tRPC knows that a stream breaks off, and does not tell the client that it was complete.
  override readonly name = "AbortError";
}

function marksOf(lastEventId: string | null | undefined, count: number): string[] {
  const isOurs = lastEventId?.length === count * MARK_LENGTH;
  return Array.from({ length: count }, (_, index) =>
    isOurs ? lastEventId.slice(index * MARK_LENGTH, (index + 1) * MARK_LENGTH) : UNSEEN,
  );
}

/**
 * The states of some things as they change, from the current ones on. A watcher that is slow gets the
 * newest state of each thing, and never more than one of each waits for it.
 */
export class Watch<State> implements AsyncIterableIterator<LiveUpdate<State>, void> {
  readonly keys: readonly string[];
  readonly since: number;
  readonly #rules: WatchRules<State>;
  readonly #onOver: (watch: Watch<State>) => void;
  /** By key: the mark of what was given last. */
  readonly #given: string[];
  /** By key: what was seen since, if it differs. */
  readonly #waiting = new Map<number, Sighting<State>>();
  /** Keys of which nothing is known yet. */
  readonly #unknown: Set<string>;
  readonly #known = Promise.withResolvers<void>();
  #isThereAny = false;
  #taking: PromiseWithResolvers<IteratorResult<LiveUpdate<State>, void>> | undefined;
  #end: { readonly error: Error | undefined } | undefined;

  constructor(options: WatchOptions<State>) {
    this.keys = options.keys;
    this.since = options.since;
    this.#rules = options.rules;
    this.#onOver = options.onOver;
    this.#given = marksOf(options.lastEventId, options.keys.length);
    this.#unknown = new Set(options.keys);
    this.#known.promise.catch(() => {});
  }

  /**
   * Resolves once all of it has been looked at.
   * @returns whether any of it is there
   * @throws what kept it from being looked at
   */
  async seen(): Promise<boolean> {
    await this.#known.promise;
    return this.#isThereAny;
  }

  /** Whether it has not been told the state of everything yet. */
  get isWaitingToSee(): boolean {
    return this.#unknown.size > 0;
  }

  /**
   * Takes what was seen of one thing: its state, or that it is not there.
   * @returns whether that is news
   */
  offer(key: string, sighting: Sighting<State> | undefined): boolean {
    if (this.#end !== undefined) return false;
    const index = this.keys.indexOf(key);
    const given = this.#given[index];
    if (sighting !== undefined) this.#isThereAny = true;
    const newest = sighting ?? (given === UNSEEN ? undefined : this.#rules.gone(key));
    const isNews = newest !== undefined && newest.mark !== given;
    if (isNews) this.#waiting.set(index, newest);
    else this.#waiting.delete(index);
    if (this.#unknown.delete(key) && this.#unknown.size === 0) this.#known.resolve();
    this.#give();
    if (!isNews && newest !== undefined && this.#rules.isLast(newest.state)) this.end();
    return isNews;
  }

  /** Ends it, with an error or without. */
  end(error?: Error): void {
    if (this.#end !== undefined) return;
    this.#end = { error };
    this.#waiting.clear();
    if (error === undefined) this.#known.resolve();
    else this.#known.reject(error);
    this.#onOver(this);
    this.#give();
  }

  next(): Promise<IteratorResult<LiveUpdate<State>, void>> {
    this.#taking ??= Promise.withResolvers();
    const { promise } = this.#taking;
    this.#give();
    return promise;
  }

  return(): Promise<IteratorResult<LiveUpdate<State>, void>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Gives whoever waits for it the next update, or the end. */
  #give(): void {
    const taking = this.#taking;
    if (taking === undefined) return;
    const [next] = this.#waiting;
    if (next !== undefined) {
      const [index, { state, mark }] = next;
      this.#waiting.delete(index);
      this.#given[index] = mark;
      this.#taking = undefined;
      taking.resolve({ done: false, value: { id: this.#given.join(""), data: state } });
      if (this.#rules.isLast(state)) this.end();
    } else if (this.#end !== undefined) {
      this.#taking = undefined;
      if (this.#end.error === undefined) taking.resolve({ done: true, value: undefined });
      else taking.reject(this.#end.error);
    }
  }
}
