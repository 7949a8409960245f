/** Gives numbers from 0 up to 1. */
export type Random = () => number;

/** FNV-1a, 32 bits (draft-eastlake-fnv): the same number for the same text, everywhere. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** Mulberry32: a small generator whose numbers depend on the seed alone, on servers and in browsers. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** @returns a whole number from `low` to `high`, both included */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** @returns one of the choices */
export function pick<Choice>(random: Random, choices: readonly [Choice, ...Choice[]]): Choice {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

/** @returns the items in another order */
export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** Rounds to tenths: coordinates stay short, and engines do not differ in the last digit. */
export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** @returns the numbers from 0 on, so many */
export function count(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
