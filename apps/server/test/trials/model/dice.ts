import type * as fc from "fast-check";

/** What decides at random: the same seed decides alike. */
export class Dice {
  readonly #random: Pick<fc.Random, "nextInt">;

  constructor(random: Pick<fc.Random, "nextInt">) {
    this.#random = random;
  }

  /** @returns a whole number, both ends included */
  between(least: number, most: number): number {
    return this.#random.nextInt(least, most);
  }

  chance(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }

  /** @returns one of them; none of none */
  oneOf<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : items[this.between(0, items.length - 1)];
  }

  /** @returns one of what there always is */
  pick<T>(...items: readonly [T, ...T[]]): T {
    return items[this.between(0, items.length - 1)] ?? items[0];
  }

  /** @returns one that makes sense, if there is one; and sometimes any */
  preferably<T>(items: readonly T[], makesSense: (item: T) => boolean): T | undefined {
    return this.oneOf(this.chance(92) ? items.filter(makesSense) : items);
  }

  /** @returns some of them, in their order; at least one */
  someOf<T>(items: readonly T[]): T[] {
    const some = items.filter(() => this.chance(50));
    if (some.length > 0) return some;
    const one = this.oneOf(items);
    return one === undefined ? [] : [one];
  }

  /** @returns one of them, the more often the more it weighs */
  weighed<T extends { readonly weight: number }>(items: readonly T[]): T | undefined {
    const sum = items.reduce((total, { weight }) => total + weight, 0);
    if (sum === 0) return undefined;
    let left = this.between(1, sum);
    return items.find(({ weight }) => (left -= weight) <= 0);
  }
}
