/**
 * What a visitor typed, taken apart for the search: PostgreSQL reads the whole of it as a web search
 * (quotes, `or`, `-`), its last word as one that may not be finished, and its words one by one when
 * nothing was found and they may be mistyped.
 */
export interface SearchTerms {
  readonly query: string;
  /** What stands before the last word; `null` for nothing. */
  readonly head: string | null;
  /** The last word, which may be the beginning of one; `null` when it can't be. */
  readonly lastWord: string | null;
  /** The query as the beginning of a course code, in capitals; `null` when it does not look like one. */
  readonly codePrefix: string | null;
  /** Words that are long enough to resemble another. */
  readonly words: readonly string[];
  /**
   * For each of `words`, a tsquery of it with one letter moved by one or two places ("pyhton",
   * "phyton"): that leaves so few trigrams alike that similarity misses the commonest slip of all.
   * `null` where it can't be told.
   */
  readonly moves: readonly (string | null)[];
}

/** Shorter words resemble too much. */
const SHORTEST_MISTYPED = 3;
const MISTYPED_WORDS_MAX = 8;
const WORD = /[\p{L}\p{Nd}]+/gu;
const LAST_WORD = /^(.*?)([\p{L}\p{Nd}]+)$/su;
const CODE = /^(?=.*[\d-])[a-z0-9]+(?:-[a-z0-9]*)*$/iu;

/** @param query as typed, of one line */
export function searchTerms(query: string): SearchTerms {
  const words = [...new Set(query.toLowerCase().match(WORD))]
    .filter((word) => word.length >= SHORTEST_MISTYPED)
    .slice(0, MISTYPED_WORDS_MAX);
  const trimmed = query.trim();
  return {
    query,
    ...unfinished(query),
    codePrefix: CODE.test(trimmed) ? trimmed.toUpperCase() : null,
    words,
    moves: words.map(movesOf),
  };
}

/** The last word is unfinished unless something follows it, or it is quoted or excluded. */
function unfinished(query: string): Pick<SearchTerms, "head" | "lastWord"> {
  const [, head = query, lastWord = null] = LAST_WORD.exec(query) ?? [];
  const isQuoted = (head.split('"').length - 1) % 2 === 1;
  const isExcluded = /(?:^|\s)-$/u.test(head);
  if (isQuoted || isExcluded || lastWord === null) return { head: query, lastWord: null };
  return { head: head.trim() === "" ? null : head, lastWord };
}

/** Letters without their accents; PostgreSQL folds the words themselves, and more thoroughly. */
function fold(word: string): string {
  return word.normalize("NFKD").replace(/\p{M}/gu, "");
}

/** Only of the letters and digits that mean nothing in a tsquery. `AB`: in title, code and keywords. */
function movesOf(word: string): string | null {
  const folded = fold(word);
  if (!/^[a-z0-9]{3,30}$/u.test(folded)) return null;
  const moved = new Set<string>();
  for (const [at, letter] of [...folded].entries()) {
    const rest = folded.slice(0, at) + folded.slice(at + 1);
    for (const to of [at - 2, at - 1, at + 1, at + 2]) {
      if (to >= 0 && to <= rest.length) moved.add(rest.slice(0, to) + letter + rest.slice(to));
    }
  }
  moved.delete(folded);
  return [...moved].map((each) => `${each}:AB`).join("|") || null;
}
