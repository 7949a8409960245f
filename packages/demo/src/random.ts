/**
 * Pseudo-random numbers that are the same on every machine: what the demo is made with must be
 * repeatable, so nothing here looks at the clock or at `Math.random`.
 */
export interface Random {
  /** @returns a number from 0 up to, and not including, 1 */
  fraction(): number;
  /** @returns a whole number from `low` to `high`, both included */
  integer(low: number, high: number): number;
  /** @returns whether an event of this probability happens */
  chance(probability: number): boolean;
  /** @throws RangeError for an empty list */
  pick<Item>(items: readonly Item[]): Item;
  /** @returns a copy in another order (Fisher and Yates) */
  shuffled<Item>(items: readonly Item[]): Item[];
  /**
   * @returns a generator of its own, which depends on the seed and the label alone: what one part
   *   of the demo draws does not change what another part gets
   */
  fork(label: string): Random;
}

/**
 * sfc32 (Chris Doty-Humphrey, PractRand), seeded from text by FNV-1a.
 *
 * @param seed any text
 */
export function createRandom(seed: string): Random {
  const hash = fnv1a(seed);
  let a = hash;
  let b = hash ^ 0x9e3779b9;
  let c = Math.imul(hash, 0x85ebca6b);
  let counter = 1;

  function word(): number {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    c |= 0;
    return result >>> 0;
  }
  // The first words still look like the seed.
  for (let i = 0; i < 15; i += 1) word();

  function fraction(): number {
    return word() / 2 ** 32;
  }
  function integer(low: number, high: number): number {
    return low + Math.floor(fraction() * (high - low + 1));
  }

  return {
    fraction,
    integer,
    chance: (probability) => fraction() < probability,
    pick(items) {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError("There is nothing to pick from");
      return item;
    },
    shuffled(items) {
      const rest = [...items];
      return items.flatMap(() => rest.splice(integer(0, rest.length - 1), 1));
    },
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash;
}
