import {
  type ReactNode,
  createContext,
  use,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { readStored, subscribeToStorage, writeStored } from "../browser/stored.ts";
import { NOTHING_PRESSED, press, strokeOf, takesText } from "./shortcuts.ts";

/** A shortcut that counts right now. */
export interface Shortcut {
  readonly keys: string;
  /** What it does, for the list of all. */
  readonly words: string;
  /** Whether it counts on every page. */
  readonly isEverywhere: boolean;
  /** Whether it counts while something is typed, too: only with a modifier. */
  readonly isWhileTyping: boolean;
  run(): void;
}

/** The shortcuts that count right now, and who wants to know. */
export class Shortcuts {
  #all: readonly Shortcut[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly all = (): readonly Shortcut[] => this.#all;

  /** @returns takes it away again */
  add(shortcut: Shortcut): () => void {
    this.#set([...this.#all, shortcut]);
    return () => this.#set(this.#all.filter((other) => other !== shortcut));
  }

  #set(all: readonly Shortcut[]): void {
    this.#all = all;
    for (const listener of this.#listeners) listener();
  }
}

const ShortcutsContext = createContext<Shortcuts | undefined>(undefined);

export function useShortcuts(): Shortcuts {
  const shortcuts = use(ShortcutsContext);
  if (shortcuts === undefined) throw new Error("Shortcuts are used outside of the back office");
  return shortcuts;
}

/** Whoever speaks to their computer may want letters to do nothing (WCAG 2.2, 2.1.4). */
const LETTERS = "lectern-office-letters";

export function useLetters(): [areOn: boolean, turn: (on: boolean) => void] {
  const areOn = useSyncExternalStore(
    subscribeToStorage,
    () => readStored(LETTERS) !== "off",
    () => true,
  );
  return [areOn, (on) => writeStored(LETTERS, on ? null : "off")];
}

export function isMac(): boolean {
  return /Mac|iPhone|iPad/u.test(navigator.platform);
}

function isDialogOpen(): boolean {
  return document.querySelector("dialog:modal") !== null;
}

/** Listens to the keyboard for all that is within. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [shortcuts] = useState(() => new Shortcuts());
  const [areOn] = useLetters();
  useEffect(() => {
    let pressed = NOTHING_PRESSED;
    function listen(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || event.repeat || isDialogOpen()) return;
      const stroke = strokeOf(event, isMac());
      if (stroke === undefined) return;
      const isTyping = takesText(event.target);
      const candidates = shortcuts
        .all()
        .filter(
          ({ isWhileTyping, keys }) =>
            isWhileTyping || (!isTyping && (areOn || /^(?:mod|ctrl|alt)\+/u.test(keys))),
        );
      const step = press(pressed, stroke, event.timeStamp, candidates);
      pressed = step.pressed;
      if (step.found === undefined) return;
      event.preventDefault();
      step.found.run();
    }
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [shortcuts, areOn]);
  return <ShortcutsContext value={shortcuts}>{children}</ShortcutsContext>;
}
