/** Whether the times of entries rise as they should. */

export interface Misdated {
  readonly position: number;
  readonly entryId: number;
}

interface Dated {
  readonly position: number;
  readonly entryId: number;
  /** Microseconds since 1970, as the chain writes them. */
  readonly at: string | null;
  readonly sealedAt: string;
}

/** A sealed entry may have waited for the end of a transaction, which does not take an hour. */
const HOUR_US = 3_600_000_000;

/**
 * Entries get their id and their time together, and are sealed soon after. So whoever puts in an entry of
 * long ago gives it either a place in the chain or an id that does not go with its time.
 */
export class TimeOrder {
  misdated = 0;
  first: Misdated | null = null;
  #latest = -Infinity;
  #highest = { id: 0, at: -Infinity };

  /** Takes the links in the order of their positions. */
  add({ position, entryId, at: text, sealedAt }: Dated): void {
    const at = Number(text);
    const isEarly = at < this.#latest - HOUR_US;
    const isLate = entryId < this.#highest.id && at > this.#highest.at + HOUR_US;
    const isAhead = at > Number(sealedAt) + HOUR_US;
    if (isEarly || isLate || isAhead) {
      this.misdated += 1;
      this.first ??= { position, entryId };
      return;
    }
    this.#latest = Math.max(this.#latest, at);
    if (entryId > this.#highest.id) this.#highest = { id: entryId, at };
  }
}
