/** One thing that the command palette offers. */
export interface PaletteEntry {
  /** Unique, and the same each time. */
  readonly id: string;
  readonly words: string;
  /** What tells it from others of its name. */
  readonly note?: string;
  readonly keys?: string;
  /** Where it leads, if it is a page: such are remembered. */
  readonly address?: string;
  run(): void;
}

export interface PaletteGroup {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly PaletteEntry[];
}

/** Letters alone, without what stands above and below them. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

/** @returns those that have each of the words in their name, those that begin with them first */
export function matching<Entry extends { readonly words: string }>(
  entries: readonly Entry[],
  query: string,
): readonly Entry[] {
  const words = plain(query).split(/\s+/u).filter(Boolean);
  const found = entries.filter(({ words: name }) => {
    const text = plain(name);
    return words.every((word) => text.includes(word));
  });
  const begins = ({ words: name }: Entry) => (plain(name).startsWith(words[0] ?? "") ? 0 : 1);
  return found.toSorted((one, other) => begins(one) - begins(other));
}

/** `LC-7K3F-92QD`, as it may be typed. */
const REFERENCE = /^\s*lc[\s-]*[a-z0-9]{4}[\s-]*[a-z0-9]{4}\s*$/iu;

/** @returns whether it may be the reference of a booking */
export function isReference(query: string): boolean {
  return REFERENCE.test(query);
}
