import { useEffect, useEffectEvent } from "react";
import { useShortcuts } from "./shortcuts-provider.tsx";

interface ShortcutOptions {
  readonly run: () => void;
  /** Whether it counts on every page: pages leave that alone. */
  readonly isEverywhere?: boolean;
  /** Whether it counts while something is typed, too: only with a modifier. */
  readonly isWhileTyping?: boolean;
  /** Whether it does nothing for now, and is not listed. */
  readonly isOff?: boolean;
}

/**
 * A keyboard shortcut, for as long as what uses it is shown. It does nothing while something is typed or a dialog is
 * open.
 *
 * @param keys such as `n`, `mod+s` or `x x`: see `shortcuts.ts`
 * @param words what it does, for the list of all that `?` shows
 */
export function useShortcut(keys: string, words: string, options: ShortcutOptions): void {
  const { isEverywhere = false, isWhileTyping = false, isOff = false } = options;
  const shortcuts = useShortcuts();
  const run = useEffectEvent(() => options.run());
  useEffect(() => {
    if (isOff) return;
    return shortcuts.add({ keys, words, isEverywhere, isWhileTyping, run: () => run() });
  }, [shortcuts, keys, words, isEverywhere, isWhileTyping, isOff]);
}
