import { useState, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { Dialog, DialogActions } from "../dialog/dialog.tsx";
import { keyCaps } from "./shortcuts.ts";
import { type Shortcut, isMac, useLetters, useShortcuts } from "./shortcuts-provider.tsx";
import { useShortcut } from "./use-shortcut.ts";
import "./shortcut-help.css";

/** Shows which shortcuts there are: by a button, and by `?`. */
export function ShowShortcuts() {
  const t = useTranslations("office");
  const [isOpen, setIsOpen] = useState(false);
  useShortcut("?", t("shortcutsShow"), { isEverywhere: true, run: () => setIsOpen(true) });
  return (
    <>
      <button type="button" className="shortcut-help-show" onClick={() => setIsOpen(true)}>
        {t("shortcuts")}
      </button>
      {isOpen ? <ShortcutHelp onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const t = useTranslations("office");
  const shortcuts = useShortcuts();
  const all = useSyncExternalStore(shortcuts.subscribe, shortcuts.all);
  const [areOn, turn] = useLetters();
  const here = all.filter(({ isEverywhere }) => !isEverywhere);
  const everywhere = all.filter(({ isEverywhere }) => isEverywhere);
  return (
    <Dialog title={t("shortcuts")} onClose={onClose}>
      {(close) => (
        <>
          {here.length === 0 ? null : <Group title={t("shortcutsHere")} shortcuts={here} />}
          <Group title={t("shortcutsEverywhere")} shortcuts={everywhere} />
          <label className="shortcut-help-choice">
            <input
              type="checkbox"
              checked={areOn}
              onChange={({ target }) => turn(target.checked)}
            />
            {t("shortcutsLetters")}
          </label>
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("close")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

function Group({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  return (
    <section className="shortcut-help">
      <h3>{title}</h3>
      <dl className="shortcut-help-list">
        {shortcuts.map(({ keys, words }) => (
          <div key={`${keys} ${words}`}>
            <dt>{words}</dt>
            <dd>
              <KeyCaps keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The keys of a shortcut as they stand on a keyboard. */
export function KeyCaps({ keys }: { keys: string }) {
  return (
    <span className="shortcut-help-keys">
      {keyCaps(keys, isMac()).map((stroke, index) => (
        // The same key may come twice.
        <span key={`${String(index)} ${stroke.join()}`}>
          {stroke.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
