/**
 * Keyboard shortcuts, as text: strokes one after the other with spaces between, `g t` or `mod+k`. `mod` is ⌘ on a Mac
 * and Ctrl elsewhere; a sign that needs Shift is named by itself (`?`), other keys as browsers name them (`Escape`).
 */

/** So long one may wait between two strokes. */
const PATIENCE_MS = 1500;

/** The part of a keyboard event that says what was pressed. */
export interface Stroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const MODIFIERS: readonly string[] = ["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"];

/** @returns the stroke as shortcuts name it; `undefined` while only a modifier is held */
export function strokeOf(event: Stroke, isMac: boolean): string | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (MODIFIERS.includes(key)) return undefined;
  const isSign = key.length === 1;
  const parts: string[] = [];
  if (isMac ? metaKey : ctrlKey) parts.push("mod");
  if (isMac ? ctrlKey : metaKey) parts.push(isMac ? "ctrl" : "meta");
  // With Alt, some keyboards write signs: `@` is one of them. Then the sign is what is meant.
  if (altKey && !(isSign && parts.length === 0 && !/[a-z0-9]/iu.test(key))) parts.push("alt");
  if (shiftKey && (!isSign || (parts.length > 0 && /[a-z]/iu.test(key)))) parts.push("shift");
  return [...parts, isSign ? key.toLowerCase() : key].join("+");
}

/** What was pressed so far, and when last. */
export interface Pressed {
  readonly strokes: readonly string[];
  readonly at: number;
}

export const NOTHING_PRESSED: Pressed = { strokes: [], at: 0 };

interface Step<Shortcut> {
  readonly pressed: Pressed;
  /** The shortcut that is complete with this stroke. */
  readonly found?: Shortcut;
}

/**
 * Goes on by one stroke.
 *
 * @param shortcuts of several with the same strokes, the last counts: pages come after what stands around them
 * @param at when, in ms
 */
export function press<Shortcut extends { readonly keys: string }>(
  before: Pressed,
  stroke: string,
  at: number,
  shortcuts: readonly Shortcut[],
): Step<Shortcut> {
  const begun = at - before.at <= PATIENCE_MS ? before.strokes : [];
  // What leads nowhere with what came before may begin something itself.
  for (const strokes of begun.length === 0 ? [[stroke]] : [[...begun, stroke], [stroke]]) {
    const text = strokes.join(" ");
    const found = shortcuts.findLast(({ keys }) => keys === text);
    if (found !== undefined) return { pressed: NOTHING_PRESSED, found };
    if (shortcuts.some(({ keys }) => keys.startsWith(`${text} `))) {
      return { pressed: { strokes, at } };
    }
  }
  return { pressed: NOTHING_PRESSED };
}

/** Inputs that take no text: letters are free there. */
const WITHOUT_TEXT = ["checkbox", "radio", "button", "submit", "reset", "range", "color", "file"];

/** @returns whether letters go into a field there */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

const NAMES: Readonly<Record<string, string>> = {
  Escape: "Esc",
  Enter: "↵",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  shift: "Shift",
  alt: "Alt",
};

/** @returns the keys of each stroke as they are written on a keyboard */
export function keyCaps(keys: string, isMac: boolean): string[][] {
  return keys.split(" ").map((stroke) =>
    // A plus may itself be the key.
    stroke.split(/\+(?=.)/u).map((key) => {
      if (key === "mod") return isMac ? "⌘" : "Ctrl";
      return NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
    }),
  );
}
