/** Random choices that come again for the same seed (xorshift128+, Vigna 2014, by its definition). */
export class Dice {
  #a: bigint;
  #b: bigint;

  constructor(seed: number) {
    this.#a = BigInt(seed) * 0x9e3779b97f4a7c15n + 1n;
    this.#b = BigInt(seed) ^ 0xbf58476d1ce4e5b9n;
    for (let warm = 0; warm < 20; warm += 1) this.next();
  }

  /** @returns a number from 0 to 1, without 1 */
  next(): number {
    let x = this.#a;
    const y = this.#b;
    this.#a = y;
    x ^= BigInt.asUintN(64, x << 23n);
    this.#b = BigInt.asUintN(64, x ^ y ^ (x >> 17n) ^ (y >> 26n));
    return Number(BigInt.asUintN(64, this.#b + y) >> 11n) / 2 ** 53;
  }

  /** @returns a whole number from `from` to `to`, both included */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  isOnceIn(times: number): boolean {
    return this.next() * times < 1;
  }

  oneOf<Item>(items: readonly Item[]): Item {
    const item = items[this.whole(0, items.length - 1)];
    if (item === undefined) throw new RangeError("There is nothing to choose from");
    return item;
  }
}
