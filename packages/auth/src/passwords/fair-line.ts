/**
 * Those who wait, in a line of bounded length that callers share equally: they are served in turn, and whoever comes
 * while it is full takes a place from the caller who holds most of them, or goes away. So nobody loses a place to somebody
 * who holds more, however many one caller sends (longest queue drop: B. Suter et al., "Design Considerations for
 * Supporting TCP with Per-Flow Queueing", INFOCOM 1998).
 */
export class FairLine<Waiting extends { readonly caller: string }> {
  readonly #places: number;
  /** The caller whose turn is next comes first; nobody is in it who does not wait. */
  readonly #byCaller = new Map<string, Waiting[]>();
  #size = 0;

  /** @param places how many may wait */
  constructor(places: number) {
    this.#places = places;
  }

  get size(): number {
    return this.#size;
  }

  /** @returns whether one more of this caller could wait */
  hasRoomFor(caller: string): boolean {
    return this.#size < this.#places || this.#greediest(caller) !== undefined;
  }

  /** @returns who has to go instead: the last that came of somebody else, or the newcomer; nobody while there is room */
  add(newcomer: Waiting): Waiting | undefined {
    const gone = this.#size < this.#places ? undefined : this.#dismiss(newcomer);
    if (gone === newcomer) return gone;
    const own = this.#byCaller.get(newcomer.caller);
    if (own === undefined) this.#byCaller.set(newcomer.caller, [newcomer]);
    else own.push(newcomer);
    this.#size += 1;
    return gone;
  }

  /** @returns whose turn it is, who does not wait any more */
  next(): Waiting | undefined {
    const [first] = this.#byCaller;
    if (first === undefined) return undefined;
    const [caller, own] = first;
    const next = own.shift();
    this.#size -= 1;
    this.#byCaller.delete(caller);
    // Whoever has more waits behind everybody else again.
    if (own.length > 0) this.#byCaller.set(caller, own);
    return next;
  }

  /** @returns whether it was still waiting */
  remove(waiting: Waiting): boolean {
    const own = this.#byCaller.get(waiting.caller) ?? [];
    const index = own.indexOf(waiting);
    if (index === -1) return false;
    own.splice(index, 1);
    this.#size -= 1;
    if (own.length === 0) this.#byCaller.delete(waiting.caller);
    return true;
  }

  #dismiss(newcomer: Waiting): Waiting {
    const last = this.#greediest(newcomer.caller)?.at(-1);
    if (last === undefined) return newcomer;
    this.remove(last);
    return last;
  }

  /** @returns those of whoever holds most places, if that is more than this caller would hold with one more */
  #greediest(caller: string): readonly Waiting[] | undefined {
    let most = (this.#byCaller.get(caller)?.length ?? 0) + 1;
    let greediest: readonly Waiting[] | undefined;
    for (const own of this.#byCaller.values()) {
      if (own.length <= most) continue;
      most = own.length;
      greediest = own;
    }
    return greediest;
  }
}
