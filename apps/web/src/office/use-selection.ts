import { useState } from "react";

/** What is chosen in a list, and ways to change it. */
export interface Selection<Item> {
  readonly items: readonly Item[];
  /** Why something could not be done with an item, by its key. */
  readonly reasons: ReadonlyMap<string, string>;
  has(item: Item): boolean;
  toggle(item: Item): void;
  /** Chooses all from the one that was toggled last to this one, in the order of the list. */
  extend(to: Item, list: readonly Item[]): void;
  all(list: readonly Item[]): void;
  clear(this: void): void;
  /** Leaves only those of which something could not be done chosen, and keeps why. */
  keepFailed(reasons: ReadonlyMap<string, string>): void;
}

const NO_REASONS: ReadonlyMap<string, string> = new Map();

/**
 * What is chosen in a list. The items themselves are kept, so that what is chosen stays so when the list changes.
 *
 * @param keyOf names an item
 */
export function useSelection<Item>(keyOf: (item: Item) => string): Selection<Item> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Item>>(new Map());
  const [reasons, setReasons] = useState(NO_REASONS);
  const [anchor, setAnchor] = useState<string>();
  function choose(next: ReadonlyMap<string, Item>): void {
    setChosen(next);
    setReasons((before) =>
      before.size === 0 ? before : new Map([...before].filter(([key]) => next.has(key))),
    );
  }
  function with_(items: readonly Item[]): Map<string, Item> {
    return new Map([...chosen, ...items.map((item) => [keyOf(item), item] as const)]);
  }
  return {
    items: [...chosen.values()],
    reasons,
    has: (item) => chosen.has(keyOf(item)),
    toggle: (item) => {
      const key = keyOf(item);
      const next = with_([item]);
      if (chosen.has(key)) next.delete(key);
      setAnchor(key);
      choose(next);
    },
    extend: (to, list) => {
      const end = list.indexOf(to);
      const start = list.findIndex((item) => keyOf(item) === anchor);
      const [from, last] = start < 0 ? [end, end] : [Math.min(start, end), Math.max(start, end)];
      if (start < 0) setAnchor(keyOf(to));
      choose(with_(list.slice(from, last + 1)));
    },
    all: (list) => choose(with_(list)),
    clear: () => choose(new Map()),
    keepFailed: (failed) => {
      setChosen(new Map([...chosen].filter(([key]) => failed.has(key))));
      setReasons(failed);
    },
  };
}
