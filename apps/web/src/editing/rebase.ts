/**
 * What somebody changes while others may, too. Compared is field by field: what only they changed is taken in,
 * what only I changed stays, and what both did is for me to decide.
 */
export interface Edit<Content extends object> {
  /** What each of my changes is based on: what stood there when I began, or what I have seen since. */
  readonly base: Content;
  readonly mine: Content;
}

type Key<Content> = keyof Content & string;

/** @returns whether two values are the same as JSON; nothing at all is the same as `null` */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function isKey<Content extends object>(content: Content, key: string): key is Key<Content> {
  return Object.hasOwn(content, key);
}

/** @returns the names of all fields that one of these has */
function keysOf<Content extends object>(...contents: readonly Content[]): Key<Content>[] {
  const keys = contents.flatMap((content) =>
    Object.keys(content).filter((key): key is Key<Content> => isKey(content, key)),
  );
  return [...new Set(keys)];
}

/** @returns the fields in which two differ */
export function differing<Content extends object>(one: Content, other: Content): Key<Content>[] {
  return keysOf(one, other).filter((key) => !isSame(one[key], other[key]));
}

/** @returns one with these fields of another */
export function withFields<Content extends object>(
  content: Content,
  other: Content,
  keys: readonly Key<Content>[],
): Content {
  const next = { ...content };
  for (const key of keys) next[key] = other[key];
  return next;
}

/**
 * Takes in what others saved, as far as I did not change the same.
 *
 * @param theirs what is saved now
 */
export function rebase<Content extends object>(
  { base, mine }: Edit<Content>,
  theirs: Content,
): Edit<Content> {
  const changed = differing(base, mine);
  // What I changed and they have, too, is no change of mine any more.
  const ours = changed.filter((key) => !isSame(mine[key], theirs[key]));
  return { base: withFields(theirs, base, ours), mine: withFields(theirs, mine, ours) };
}

/** @returns the fields that I changed, and others as well since */
export function conflicting<Content extends object>(
  { base, mine }: Edit<Content>,
  theirs: Content,
): Key<Content>[] {
  return differing(mine, theirs).filter((key) => !isSame(base[key], theirs[key]));
}
